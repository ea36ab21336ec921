package io.tidemark.materializer.streams;

import io.tidemark.log.KafkaConnection;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of a zone's Kafka Streams application, each for a reason that was measured. */
final class StreamsProperties {
    private static final String STATE_DIRECTORY = "replicas";

    /** Heartbeats in a session, so that one or two lost ones end nothing. */
    private static final int HEARTBEATS_PER_SESSION = 6;

    /**
     * Requests that a session has time for: when the group's coordinator is frozen and another broker takes its place, that one gives
     * every member a new session, and a member that still waits for the old one must find it within that time. Members that did not
     * were taken for dead, and whole zones divided their shards anew.
     */
    private static final int REQUEST_TIMEOUTS_PER_SESSION = 2;

    /** What restoring applies as one batch. */
    private static final int MAX_POLL_RECORDS = 1_000;

    /**
     * How many records a node may lack of a shard, counted to where the group has committed, and be given it. A copy that is
     * prepared for taking over follows the commits, so with writes going on it never lacks nothing. What is lacked is
     * applied in a fraction of a second.
     */
    static final int ACCEPTABLE_LAG_RECORDS = 10_000;

    /** How often a zone's nodes look whether a copy is ready to be taken over: as often as Kafka Streams admits. */
    private static final Duration PROBING_INTERVAL = Duration.ofMinutes(1);

    /** Copies that a zone's nodes prepare at once. */
    private static final int MAX_WARMUPS = 8;

    private StreamsProperties() {}

    static Properties of(ZoneSettings settings) {
        Properties properties = new Properties();
        properties.putAll(settings.connection().clientProperties());
        properties.put(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.connection().bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        settings.endpoint().ifPresent(endpoint -> properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, endpoint));
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.dataDirectory().resolve(STATE_DIRECTORY).toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        // The newer protocol gives shards to nodes that have nothing of them yet.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // A zone holds one replica of each shard; another node takes over from the log.
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 0);
        // A node that lacks more of a shard first prepares a copy, while the node that has it goes on serving.
        properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, ACCEPTABLE_LAG_RECORDS);
        properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_INTERVAL.toMillis());
        properties.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, MAX_WARMUPS);
        // Records are counted by LSN in the store: Kafka's transactions would add nothing.
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        // A task has one partition: there is no other whose records could be older. Asking costs more than applying
        // does.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        properties.put(
                StreamsConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(KafkaConnection.REQUEST_TIMEOUT.toMillis()));
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(StreamsConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        putConsumer(properties, settings);
        return properties;
    }

    private static void putConsumer(Properties properties, ZoneSettings settings) {
        long sessionTimeoutMs = settings.sessionTimeout().toMillis();
        put(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionTimeoutMs);
        put(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sessionTimeoutMs / HEARTBEATS_PER_SESSION);
        put(properties, ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, sessionTimeoutMs / REQUEST_TIMEOUTS_PER_SESSION);
        put(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        // Whether what is there is what is needed is the store's to decide: it counts.
        put(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // An answer waits for nothing but the record.
        put(properties, ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        put(properties, ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        put(properties, ConsumerConfig.CLIENT_RACK_CONFIG, settings.zone().name());
    }

    private static void put(Properties properties, String name, Object value) {
        properties.put(StreamsConfig.consumerPrefix(name), value.toString());
    }
}
