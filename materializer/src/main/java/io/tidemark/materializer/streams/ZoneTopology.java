package io.tidemark.materializer.streams;

import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The whole topology of a zone: the write-ahead log is source and changelog at once, so that there are no internal topics, and
 * what is restored goes through the same step as what is processed.
 */
final class ZoneTopology {
    private static final String SOURCE = "wal";
    private static final String PROCESSOR = "apply";

    private ZoneTopology() {}

    static Topology of(String walTopic, ReplicaRegistry registry, PolledOffsets polled) {
        return new Topology()
                .addReadOnlyStateStore(
                        new ReplicaStoreBuilder(registry, walTopic, polled),
                        SOURCE,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        walTopic,
                        PROCESSOR,
                        ReplicaProcessor::new);
    }

    /** Makes one store per task. Logging and caching have no meaning here: the log is there already. */
    private record ReplicaStoreBuilder(ReplicaRegistry registry, String walTopic, PolledOffsets polled)
            implements StoreBuilder<ReplicaStateStore> {
        @Override
        public ReplicaStateStore build() {
            return new ReplicaStateStore(registry, walTopic, polled);
        }

        @Override
        public StoreBuilder<ReplicaStateStore> withCachingEnabled() {
            throw new UnsupportedOperationException("a replica has no cache of Kafka Streams");
        }

        @Override
        public StoreBuilder<ReplicaStateStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<ReplicaStateStore> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("a replica has no changelog but the write-ahead log");
        }

        @Override
        public StoreBuilder<ReplicaStateStore> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return ReplicaStateStore.NAME;
        }
    }
}
