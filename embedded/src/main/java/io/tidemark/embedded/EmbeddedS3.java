package io.tidemark.embedded;

import io.tidemark.embedded.StartException.Reason;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An S3 server in this process whose objects are files. It owns its data directory until it is closed; what was stored is
 * there after a restart, on whatever port. Thread-safe.
 *
 * <p>It speaks plain HTTP, wants path-style addresses, and holds to {@code If-None-Match: *} atomically, but not to {@code
 * If-Match}. It leaves it to the operating system when files reach the disk: an object outlives the process, but not
 * necessarily the machine's power. A process that dies while it stores an object may leave a file of the object's name, a
 * dash and a UUID, which is listed like an object.
 */
public final class EmbeddedS3 implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedS3.class);

    private static final String BUCKETS_DIRECTORY = "buckets";

    private static final int MAX_THREADS = 32;

    /** How long a stop waits for requests under way. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final DirectoryLock lock;
    private final BlobStore store;
    private final S3Proxy server;
    private final URI endpoint;
    private final S3Credentials credentials;

    private EmbeddedS3(DirectoryLock lock, BlobStore store, S3Proxy server, URI endpoint, S3Credentials credentials) {
        this.lock = lock;
        this.store = store;
        this.server = server;
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    /**
     * Starts the server. A new directory has no buckets.
     *
     * @throws StartException if it cannot be started; the message says what to do
     */
    public static EmbeddedS3 start(S3Config config) {
        DirectoryLock lock = DirectoryLock.take(config.dataDirectory());
        boolean started = false;
        try {
            BlobStore store = openStore(config.dataDirectory().resolve(BUCKETS_DIRECTORY));
            S3Proxy server = S3Proxy.builder()
                    .blobStore(store)
                    .endpoint(URI.create("http://" + config.address()))
                    .awsAuthentication(
                            AuthenticationType.AWS_V2_OR_V4,
                            config.credentials().accessKey(),
                            config.credentials().secretKey())
                    .ignoreUnknownHeaders(true)
                    .jettyMaxThreads(MAX_THREADS)
                    .stopTimeout(STOP_LIMIT.toMillis())
                    .build();
            startServer(server, config.address());
            started = true;
            URI endpoint = URI.create("http://" + reachable(config.address()).withPort(server.getPort()));
            LOG.atInfo().addKeyValue("address", endpoint).log("S3 server started");
            return new EmbeddedS3(lock, store, server, endpoint, config.credentials());
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    private static BlobStore openStore(Path buckets) {
        try {
            Files.createDirectories(buckets);
        } catch (IOException cannotWrite) {
            throw new StartException(
                    Reason.DIRECTORY_UNUSABLE,
                    "The directory " + buckets.toAbsolutePath() + " cannot be created: " + cannotWrite,
                    cannotWrite);
        }
        return new FilesystemNio2BlobStore(buckets.toAbsolutePath().toString());
    }

    private static void startServer(S3Proxy server, HostAndPort address) {
        try {
            server.start();
        } catch (Exception failure) {
            stopQuietly(server);
            throw explain(address, failure);
        }
    }

    private static StartException explain(HostAndPort address, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException cannotBind) {
                return BrokerSockets.explain(address, cannotBind);
            }
        }
        return new StartException(Reason.FAILED, "The S3 server on " + address + " did not start: " + failure, failure);
    }

    /** An address that listens on every interface is reached, from this machine, on the loopback one. */
    private static HostAndPort reachable(HostAndPort address) {
        try {
            boolean everywhere = InetAddress.getByName(address.host()).isAnyLocalAddress();
            return everywhere ? HostAndPort.loopback(address.port()) : address;
        } catch (UnknownHostException cannotResolve) {
            return address;
        }
    }

    /** Where clients on this machine reach the server. */
    public URI endpoint() {
        return endpoint;
    }

    public S3Credentials credentials() {
        return credentials;
    }

    /** Creates a bucket unless it is there. */
    public void createBucket(String name) {
        if (!store.containerExists(name)) {
            store.createContainer(name);
        }
    }

    /** Waits for the requests under way, but no longer than two seconds, and stops. */
    @Override
    public void close() {
        stopQuietly(server);
        lock.close();
    }

    private static void stopQuietly(S3Proxy server) {
        try {
            server.stop();
        } catch (Exception failure) {
            LOG.atWarn().setCause(failure).log("S3 server did not stop cleanly");
        }
    }
}
