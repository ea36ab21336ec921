package io.tidemark.archiver.archive;

import java.time.Duration;

/**
 * When segments are cut, and how patiently a failing store or log is waited for.
 *
 * @param segmentSizeBytes a segment is cut when its object would have this size
 * @param segmentAge a segment is cut when its first record was read this long ago
 * @param leastBackoff before the first retry; doubles with each further one
 * @param greatestBackoff between retries, however many there were
 */
public record ArchiverSettings(
        long segmentSizeBytes, Duration segmentAge, Duration leastBackoff, Duration greatestBackoff) {
    public static final long DEFAULT_SEGMENT_SIZE_BYTES = 8L << 20;
    public static final Duration DEFAULT_SEGMENT_AGE = Duration.ofSeconds(60);
    public static final Duration DEFAULT_LEAST_BACKOFF = Duration.ofMillis(200);
    public static final Duration DEFAULT_GREATEST_BACKOFF = Duration.ofSeconds(15);

    private static final long MAX_SEGMENT_SIZE_BYTES = 64L << 20;

    public ArchiverSettings {
        if (segmentSizeBytes < 1 || segmentSizeBytes > MAX_SEGMENT_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "a segment is cut at 1 to " + MAX_SEGMENT_SIZE_BYTES + " bytes: " + segmentSizeBytes);
        }
        if (segmentAge.isNegative() || segmentAge.isZero()) {
            throw new IllegalArgumentException("the age at which a segment is cut must be positive: " + segmentAge);
        }
        if (leastBackoff.toMillis() < 1 || greatestBackoff.compareTo(leastBackoff) < 0) {
            throw new IllegalArgumentException("back-off must be at least 1 ms, and the greatest not below the least: "
                    + leastBackoff + " to " + greatestBackoff);
        }
    }

    public static ArchiverSettings defaults() {
        return new ArchiverSettings(
                DEFAULT_SEGMENT_SIZE_BYTES, DEFAULT_SEGMENT_AGE, DEFAULT_LEAST_BACKOFF, DEFAULT_GREATEST_BACKOFF);
    }
}
