package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;

/** A Kafka record header, kept as it is. */
public record RecordHeader(String key, Bytes value) {
    /** 16 bytes: the request id, equal to the envelope's. */
    public static final String REQUEST_ID = "tidemark-request-id";
    /** 4 bytes, big-endian: CRC32C over record key, then record value. */
    public static final String CRC32C = "tidemark-crc32c";
    /** 4 bytes, big-endian: the semantics version, equal to the envelope's, readable without knowing its schema. */
    public static final String SEMANTICS = "tidemark-semantics";
}
