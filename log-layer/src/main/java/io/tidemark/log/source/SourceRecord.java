package io.tidemark.log.source;

import io.tidemark.schema.Bytes;
import java.util.Optional;

/** A record of a source topic, as it was read. */
public record SourceRecord(String topic, int partition, long offset, Optional<Bytes> key, Optional<Bytes> value) {}
