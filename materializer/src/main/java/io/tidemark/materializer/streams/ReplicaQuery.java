package io.tidemark.materializer.streams;

import io.tidemark.materializer.store.ReplicaReader;
import org.apache.kafka.streams.query.Query;

/** Asks Kafka Streams' interactive queries for the reader of a replica. */
record ReplicaQuery() implements Query<ReplicaReader> {
    static final ReplicaQuery INSTANCE = new ReplicaQuery();
}
