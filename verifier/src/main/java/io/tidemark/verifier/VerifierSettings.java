package io.tidemark.verifier;

import io.tidemark.materializer.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a cluster is verified.
 *
 * @param dataDirectory holds the reference replicas; for one process at a time
 * @param parallelShards shards that are verified at once
 * @param appendTimeout for the barrier
 * @param archiveTimeout how long the archive may take to reach the barrier
 * @param digestTimeout how long a replica may take to reach the barrier and to read everything at rest
 * @param zonePatience how long a zone that has no serving replica is asked again, as during a node's restart
 * @param healTimeout how long a replica may take to be rebuilt
 * @param stores of the reference replicas
 */
public record VerifierSettings(
        Path dataDirectory,
        int parallelShards,
        Duration appendTimeout,
        Duration archiveTimeout,
        Duration digestTimeout,
        Duration zonePatience,
        Duration healTimeout,
        StoreSettings stores) {
    public static final int DEFAULT_PARALLEL_SHARDS = 2;
    public static final Duration DEFAULT_APPEND_TIMEOUT = Duration.ofSeconds(20);
    public static final Duration DEFAULT_ARCHIVE_TIMEOUT = Duration.ofMinutes(2);
    public static final Duration DEFAULT_DIGEST_TIMEOUT = Duration.ofMinutes(10);
    public static final Duration DEFAULT_ZONE_PATIENCE = Duration.ofSeconds(10);
    public static final Duration DEFAULT_HEAL_TIMEOUT = Duration.ofMinutes(30);

    private static final int MAX_PARALLEL_SHARDS = 64;
    private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

    public VerifierSettings {
        if (parallelShards < 1 || parallelShards > MAX_PARALLEL_SHARDS) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_PARALLEL_SHARDS + " shards are verified at once: " + parallelShards);
        }
        requireTimeout("append timeout", appendTimeout);
        requireTimeout("archive timeout", archiveTimeout);
        requireTimeout("digest timeout", digestTimeout);
        requireTimeout("zone patience", zonePatience);
        requireTimeout("heal timeout", healTimeout);
    }

    public static VerifierSettings of(Path dataDirectory) {
        return new VerifierSettings(
                dataDirectory,
                DEFAULT_PARALLEL_SHARDS,
                DEFAULT_APPEND_TIMEOUT,
                DEFAULT_ARCHIVE_TIMEOUT,
                DEFAULT_DIGEST_TIMEOUT,
                DEFAULT_ZONE_PATIENCE,
                DEFAULT_HEAL_TIMEOUT,
                StoreSettings.DEFAULT);
    }

    /** For clusters that are small or near: how long the archive, a replica and a zone without one are waited for. */
    public VerifierSettings withPatience(Duration archive, Duration digest, Duration zone) {
        return new VerifierSettings(
                dataDirectory, parallelShards, appendTimeout, archive, digest, zone, healTimeout, stores);
    }

    private static void requireTimeout(String name, Duration timeout) {
        if (!timeout.isPositive() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(name + " must be positive and at most " + MAX_TIMEOUT + ": " + timeout);
        }
    }
}
