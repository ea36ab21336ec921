package io.tidemark.embedded;

import io.tidemark.embedded.StartException.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker and controller in this process. It owns its data directory until it is closed. Thread-safe.
 *
 * <p>A broker that cannot go on never ends the process: see {@link #fault()}.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** How long the controllers get to move leadership away from a broker that stops. */
    private static final Duration HAND_OVER_LIMIT = Duration.ofSeconds(2);

    /** How long a controller that leads the quorum waits for its successor's election. */
    private static final Duration ELECTION_LIMIT = Duration.ofSeconds(2);

    /** After this a stop is given up: the broker's threads are daemons or blocked on a dead disk. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private static final Duration IN_SYNC_CHECK_INTERVAL = Duration.ofMillis(10);

    private final BrokerConfig config;
    private final HostAndPort address;
    private final DirectoryLock lock;
    private final BrokerSockets sockets;
    private final BrokerThreads threads;
    private final CompletableFuture<BrokerFault> fault = new CompletableFuture<>();
    private volatile @Nullable KafkaNode node;
    private volatile boolean closed;

    private EmbeddedBroker(BrokerConfig config, DirectoryLock lock, BrokerSockets sockets) {
        this.config = config;
        this.lock = lock;
        this.sockets = sockets;
        HostAndPort advertised = config.listeners().advertised();
        this.address = advertised.port() == 0 ? advertised.withPort(sockets.clientPort()) : advertised;
        this.threads = new BrokerThreads("kafka-" + config.nodeId(), reason -> faulted(reason, null));
    }

    /**
     * Starts a broker and waits until it serves, which takes a majority of its cluster's controllers.
     *
     * @param limit how long that may take
     * @throws StartException if it cannot be started; the message says what to do
     */
    public static EmbeddedBroker start(BrokerConfig config, Duration limit) {
        return start(config, BrokerSockets.bind(config.listeners()), limit);
    }

    /** As {@link #start(BrokerConfig, Duration)}, on sockets that this method closes if it fails. */
    static EmbeddedBroker start(BrokerConfig config, BrokerSockets sockets, Duration limit) {
        DirectoryLock lock;
        try {
            lock = DirectoryLock.take(config.dataDirectory());
        } catch (StartException cannotLock) {
            sockets.close();
            throw cannotLock;
        }
        EmbeddedBroker broker = new EmbeddedBroker(config, lock, sockets);
        boolean started = false;
        try {
            broker.startNode(limit);
            started = true;
        } finally {
            if (!started) {
                broker.release();
            }
        }
        return broker;
    }

    private void startNode(Duration limit) {
        KafkaNode.format(config.dataDirectory(), config.quorum().clusterId(), config.nodeId());
        Map<String, String> settings = KafkaSettings.of(config, sockets.clientPort(), limit);
        CompletableFuture<KafkaNode> starting =
                threads.run("kafka-start-" + config.nodeId(), () -> KafkaNode.start(settings, sockets, this::faulted));
        try {
            // Kafka ends a start by itself when the limit has passed; the rest is for giving back what it took.
            node = starting.get(limit.plus(STOP_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw cause instanceof TimeoutException ? notReady(limit, cause) : failed(cause.toString(), cause);
        } catch (TimeoutException tooLate) {
            throw notReady(limit, tooLate);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("the start was interrupted", interrupted);
        }
        LOG.atInfo()
                .addKeyValue("node", config.nodeId())
                .addKeyValue("zone", config.zone())
                .addKeyValue("address", address)
                .log("Broker started");
    }

    /**
     * Waits until the broker has caught up with every partition that it has a replica of, so that other brokers can be
     * stopped without holding up writes; or until the time is over, after which it goes on catching up.
     */
    void awaitInSync(Duration limit) {
        long endNanos = System.nanoTime() + limit.toNanos();
        KafkaNode running = node;
        try {
            while (running != null && !fault.isDone() && !running.isInSync() && System.nanoTime() < endNanos) {
                Thread.sleep(IN_SYNC_CHECK_INTERVAL);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private StartException notReady(Duration limit, Throwable cause) {
        return failed(
                "it was not ready after " + limit.toSeconds() + " s. Check that a majority of its controllers, "
                        + config.quorum().toKafkaSetting() + ", is running and can be reached",
                cause);
    }

    private StartException failed(String why, Throwable cause) {
        return new StartException(
                Reason.FAILED,
                "Broker " + config.nodeId() + " of zone " + config.zone() + " in "
                        + config.dataDirectory().toAbsolutePath() + " did not start: " + why,
                cause);
    }

    public BrokerConfig config() {
        return config;
    }

    /** The address that clients connect to. */
    public HostAndPort address() {
        return address;
    }

    /** Completes when the broker cannot go on; never, if all goes well. The broker must then be closed. */
    public CompletionStage<BrokerFault> fault() {
        return fault.minimalCompletionStage();
    }

    private void faulted(String reason, @Nullable Throwable cause) {
        if (closed) {
            return;
        }
        BrokerFault found = new BrokerFault(config.nodeId(), config.zone(), reason, Optional.ofNullable(cause));
        boolean first = fault.complete(found);
        // While the broker starts, whoever starts it is told.
        if (first && node != null) {
            LOG.atError()
                    .addKeyValue("node", config.nodeId())
                    .addKeyValue("zone", config.zone())
                    .addKeyValue("reason", reason)
                    .setCause(cause)
                    .log("Broker cannot go on");
        }
    }

    /**
     * Hands over what the broker leads, stops it and lets go of its directory. What it has acknowledged stays. Does nothing
     * when the broker is closed already. Takes a second or two, and never more than {@code 20 s}.
     */
    @Override
    public synchronized void close() {
        closed = true;
        CompletableFuture<Void> stopped =
                stopBroker(HAND_OVER_LIMIT).thenCompose(done -> stopController(ELECTION_LIMIT));
        awaitStop(stopped);
        release();
    }

    /** The first step of a stop: the broker. */
    CompletableFuture<Void> stopBroker(Duration handOver) {
        closed = true;
        KafkaNode running = node;
        return running == null
                ? CompletableFuture.completedFuture(null)
                : threads.run("kafka-stop-" + config.nodeId(), () -> {
                    running.stopBroker(handOver);
                    return null;
                });
    }

    /** The second step of a stop: the controller, which gets {@code election} to wait for a successor. */
    CompletableFuture<Void> stopController(Duration election) {
        KafkaNode running = node;
        if (running == null) {
            return CompletableFuture.completedFuture(null);
        }
        return threads.run("kafka-stop-" + config.nodeId(), () -> {
            running.stopController(election);
            return null;
        });
    }

    /** Waits for a stop, but not for ever. */
    void awaitStop(CompletableFuture<Void> stopped) {
        try {
            stopped.get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            LOG.atWarn()
                    .addKeyValue("node", config.nodeId())
                    .addKeyValue("zone", config.zone())
                    .setCause(failure)
                    .log("Broker did not stop cleanly; its log is recovered at the next start");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives back what is held outside of Kafka. */
    void release() {
        node = null;
        sockets.close();
        lock.close();
    }
}
