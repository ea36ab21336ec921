package io.tidemark.log;

import java.time.Duration;

/**
 * How a {@link KafkaLog} is opened.
 *
 * @param topic created if it is not there, checked if it is
 * @param startTimeout how long brokers have to answer when the log is opened
 * @param appendTimeout after it an append has failed, and every other operation too; until then it is retried. Longer than the
 *     failure of a broker or controller takes to be noticed, so that one does not fail writes
 * @param bufferBytes unsent and unacknowledged records that are held at most; an append that does not fit is OVERLOADED
 * @param compression of record batches. Few small records gain nothing by it and pay at every reader; large items do gain
 */
public record KafkaLogConfig(
        KafkaConnection connection,
        TopicSpec topic,
        Duration startTimeout,
        Duration appendTimeout,
        long bufferBytes,
        Compression compression) {

    /** Kafka's {@code compression.type}. */
    public enum Compression {
        NONE,
        LZ4,
        ZSTD
    }

    public static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(30);
    public static final Duration DEFAULT_APPEND_TIMEOUT = Duration.ofSeconds(15);
    public static final long DEFAULT_BUFFER_BYTES = 64 << 20;

    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    private static final long MIN_BUFFER_BYTES = 4L * Log.MAX_PAYLOAD_BYTES;

    public KafkaLogConfig {
        requireTimeout("start timeout", startTimeout);
        requireTimeout("append timeout", appendTimeout);
        if (bufferBytes < MIN_BUFFER_BYTES) {
            throw new IllegalArgumentException(
                    "buffer must have at least " + MIN_BUFFER_BYTES + " bytes: " + bufferBytes);
        }
    }

    public static KafkaLogConfig of(KafkaConnection connection, TopicSpec topic) {
        return new KafkaLogConfig(
                connection,
                topic,
                DEFAULT_START_TIMEOUT,
                DEFAULT_APPEND_TIMEOUT,
                DEFAULT_BUFFER_BYTES,
                Compression.NONE);
    }

    public KafkaLogConfig withTimeouts(Duration startTimeout, Duration appendTimeout) {
        return new KafkaLogConfig(connection, topic, startTimeout, appendTimeout, bufferBytes, compression);
    }

    private static void requireTimeout(String name, Duration timeout) {
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    name + " must be from " + MIN_TIMEOUT + " to " + MAX_TIMEOUT + ": " + timeout);
        }
    }
}
