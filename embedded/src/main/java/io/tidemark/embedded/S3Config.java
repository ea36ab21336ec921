package io.tidemark.embedded;

import java.nio.file.Path;

/**
 * An S3 server in this process.
 *
 * @param dataDirectory holds the buckets and their objects; created when it is not there
 * @param address where it listens; port 0 takes any free port
 */
public record S3Config(Path dataDirectory, HostAndPort address, S3Credentials credentials) {

    /** On the loopback address and any free port. */
    public static S3Config inDirectory(Path dataDirectory, S3Credentials credentials) {
        return new S3Config(dataDirectory, HostAndPort.loopback(0), credentials);
    }
}
