package io.tidemark.materializer.streams;

import io.tidemark.log.KafkaConnection;
import io.tidemark.materializer.store.StoreSettings;
import io.tidemark.schema.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How one node of a zone runs its replicas.
 *
 * @param walTopic the write-ahead log; must exist
 * @param dataDirectory of this node alone
 * @param endpoint host:port at which this node serves, told to the zone's other nodes
 * @param threads that apply records; a shard belongs to one of them
 * @param sessionTimeout after which the zone gives the shards of a node that died to others; brokers must admit it
 *     ({@code group.min.session.timeout.ms})
 * @param commitInterval how often the group's position is committed; a restarted replica catches up with what came after that in
 *     single steps instead of batches
 * @param flushInterval how long a write may stay in memory alone; the log has it meanwhile
 */
public record ZoneSettings(
        Zone zone,
        KafkaConnection connection,
        String walTopic,
        Path dataDirectory,
        Optional<String> endpoint,
        int threads,
        Duration sessionTimeout,
        Duration commitInterval,
        Duration flushInterval,
        StoreSettings stores) {

    public static final int DEFAULT_THREADS = 1;
    public static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofSeconds(3);
    public static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofSeconds(2);
    public static final Duration DEFAULT_FLUSH_INTERVAL = Duration.ofMinutes(1);

    private static final int MAX_THREADS = 256;
    /** Half of it is how long a consumer waits for an answer; brokers hold a fetch for up to 500 ms. */
    private static final Duration MIN_SESSION_TIMEOUT = Duration.ofMillis(1_500);

    public ZoneSettings {
        if (walTopic.isBlank()) {
            throw new IllegalArgumentException("the write-ahead log's topic must be named");
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads must be 1 to " + MAX_THREADS + ": " + threads);
        }
        if (sessionTimeout.compareTo(MIN_SESSION_TIMEOUT) < 0) {
            throw new IllegalArgumentException(
                    "session timeout must be at least " + MIN_SESSION_TIMEOUT + ": " + sessionTimeout);
        }
        requirePositive("commit interval", commitInterval);
        requirePositive("flush interval", flushInterval);
    }

    public static ZoneSettings of(Zone zone, KafkaConnection connection, String walTopic, Path dataDirectory) {
        return new ZoneSettings(
                zone,
                connection,
                walTopic,
                dataDirectory,
                Optional.empty(),
                DEFAULT_THREADS,
                DEFAULT_SESSION_TIMEOUT,
                DEFAULT_COMMIT_INTERVAL,
                DEFAULT_FLUSH_INTERVAL,
                StoreSettings.DEFAULT);
    }

    /** The consumer group of the zone. */
    public String applicationId() {
        return "tidemark-" + zone;
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + duration);
        }
    }
}
