package io.tidemark.archiver.object;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a bucket is and how patiently it is spoken to.
 *
 * @param endpoint of an S3-compatible store; AWS's own endpoint of the region if absent
 * @param prefix what every key in the bucket starts with; empty, or ends with a slash
 * @param credentials the SDK's default provider chain (environment, profile, instance role) if absent
 * @param pathStyle bucket in the path and not in the host name: what most stores but AWS need
 * @param requestChecksums whether requests carry the SDK's CRC trailers; older Ceph and others refuse them
 * @param attemptTimeout for one request
 * @param callTimeout for one operation with all its attempts
 * @param maxAttempts of one operation; the caller's own retries come on top
 */
public record S3Settings(
        Optional<URI> endpoint,
        String region,
        String bucket,
        String prefix,
        Optional<S3Credentials> credentials,
        boolean pathStyle,
        boolean requestChecksums,
        Duration connectTimeout,
        Duration attemptTimeout,
        Duration callTimeout,
        int maxAttempts) {
    public static final String DEFAULT_REGION = "us-east-1";
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
    public static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofSeconds(20);
    public static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofSeconds(45);
    public static final int DEFAULT_MAX_ATTEMPTS = 3;

    private static final int MAX_ATTEMPTS_LIMIT = 10;

    public S3Settings {
        if (bucket.isBlank() || bucket.contains("/")) {
            throw new IllegalArgumentException("not the name of a bucket: \"" + bucket + "\"");
        }
        if (!prefix.isEmpty() && (!prefix.endsWith("/") || prefix.startsWith("/") || prefix.contains("//"))) {
            throw new IllegalArgumentException("a prefix ends with a slash and has no empty part: \"" + prefix + "\"");
        }
        endpoint.ifPresent(S3Settings::requireHttp);
        requirePositive("connect timeout", connectTimeout);
        requirePositive("attempt timeout", attemptTimeout);
        requirePositive("call timeout", callTimeout);
        if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS_LIMIT) {
            throw new IllegalArgumentException("1 to " + MAX_ATTEMPTS_LIMIT + " attempts: " + maxAttempts);
        }
    }

    /** A store at an endpoint, with all defaults. */
    public static S3Settings of(URI endpoint, String bucket, S3Credentials credentials) {
        return new S3Settings(
                Optional.of(endpoint),
                DEFAULT_REGION,
                bucket,
                "",
                Optional.of(credentials),
                true,
                false,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_ATTEMPT_TIMEOUT,
                DEFAULT_CALL_TIMEOUT,
                DEFAULT_MAX_ATTEMPTS);
    }

    /** For messages: which bucket, where. */
    String location() {
        String place = endpoint.map(URI::toString).orElse("AWS region " + region);
        return "bucket " + bucket + " at " + place;
    }

    private static void requireHttp(URI endpoint) {
        boolean http = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
        if (!http || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "an S3 endpoint is a URL like http://host:9000, this is none: " + endpoint);
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + duration);
        }
    }
}
