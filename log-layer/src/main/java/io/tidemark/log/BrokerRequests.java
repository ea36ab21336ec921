package io.tidemark.log;

import io.tidemark.log.LogException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests of Kafka's protocol to brokers that the caller names: Kafka's own clients choose the broker themselves, and try
 * again. A request here is sent once, and fails if the broker does not answer in time.
 *
 * <p>One thread owns the connections. Thread-safe.
 */
class BrokerRequests implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(BrokerRequests.class);

    /** Far more than shards ask for at a time. */
    private static final int MAX_IN_FLIGHT_PER_BROKER = 1_000;

    private static final Duration IDLE_POLL = Duration.ofSeconds(10);
    /** How soon a broker that could not be connected to is looked at again, at least. */
    private static final Duration CONNECTING_POLL = Duration.ofMillis(20);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** One request, known by itself. */
    private static final class Pending {
        private final Node broker;
        private final AbstractRequest.Builder<?> request;
        private final CompletableFuture<AbstractResponse> answer = new CompletableFuture<>();
        private final long deadlineMillis;

        Pending(Node broker, AbstractRequest.Builder<?> request, long deadlineMillis) {
            this.broker = broker;
            this.request = request;
            this.deadlineMillis = deadlineMillis;
        }

        void fail(String reason, @Nullable Exception cause) {
            String message =
                    "broker " + broker.idString() + " at " + broker.host() + ":" + broker.port() + " " + reason;
            answer.completeExceptionally(
                    cause == null
                            ? new LogException(Kind.UNAVAILABLE, message)
                            : new LogException(Kind.UNAVAILABLE, message, cause));
        }

        void failClosed() {
            answer.completeExceptionally(KafkaErrors.closed("ask a broker"));
        }
    }

    private final Time time = Time.SYSTEM;
    private final Duration timeout;
    private final Metrics metrics = new Metrics();
    private final NetworkClient client;
    private final Thread thread;
    private final Queue<Pending> submitted = new ConcurrentLinkedQueue<>();
    /** Whether the thread has been woken, and not looked since: waking it once is enough. */
    private final AtomicBoolean woken = new AtomicBoolean();

    private volatile boolean closed;
    private volatile boolean ended;

    /** Owned by the thread: their broker is not connected yet. */
    private final List<Pending> waiting = new ArrayList<>();
    /** Owned by the thread: sent, and not answered. */
    private final Set<Pending> inFlight = new HashSet<>();

    /**
     * @param name of the thread and of the client at the brokers
     * @param timeout of each request, with the time to connect
     */
    BrokerRequests(KafkaConnection connection, String name, Duration timeout) {
        this.timeout = timeout;
        this.client = ClientUtils.createNetworkClient(
                new AdminClientConfig(connection.properties()),
                name,
                metrics,
                "tidemark-log",
                new LogContext("[" + name + "] "),
                new ApiVersions(),
                time,
                MAX_IN_FLIGHT_PER_BROKER,
                Math.toIntExact(timeout.toMillis()),
                null,
                new ManualMetadataUpdater(),
                new DefaultHostResolver(),
                null,
                null);
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Fails with a {@link LogException}. */
    CompletableFuture<AbstractResponse> send(Node broker, AbstractRequest.Builder<?> request) {
        Pending pending = new Pending(broker, request, time.milliseconds() + timeout.toMillis());
        submitted.add(pending);
        if (!woken.getAndSet(true)) {
            client.wakeup();
        }
        if (ended) {
            failSubmitted();
        }
        return pending.answer;
    }

    private void run() {
        try {
            while (!closed) {
                long nowMillis = time.milliseconds();
                woken.set(false);
                sendWaiting(nowMillis);
                var unused = client.poll((waiting.isEmpty() ? IDLE_POLL : CONNECTING_POLL).toMillis(), nowMillis);
            }
        } catch (RuntimeException e) {
            logger.atError().setCause(e).log("requests to brokers end");
        } finally {
            ended = true;
            inFlight.forEach(this::failEnded);
            waiting.forEach(this::failEnded);
            failSubmitted();
            client.close();
            metrics.close();
        }
    }

    private void sendWaiting(long nowMillis) {
        for (Pending next = submitted.poll(); next != null; next = submitted.poll()) {
            waiting.add(next);
        }
        waiting.removeIf(pending -> {
            if (pending.deadlineMillis <= nowMillis) {
                pending.fail("could not be connected to in time", null);
                return true;
            }
            return trySend(pending, nowMillis);
        });
    }

    /** Whether it needs to be looked at no more: it has been sent, or has failed. */
    private boolean trySend(Pending pending, long nowMillis) {
        try {
            if (client.ready(pending.broker, nowMillis)) {
                send(pending, nowMillis);
                return true;
            }
            if (client.connectionFailed(pending.broker)) {
                pending.fail("cannot be connected to", null);
                return true;
            }
            return false;
        } catch (RuntimeException e) {
            // Of an address that is none, or a request that cannot be written: of this one alone.
            inFlight.remove(pending);
            pending.fail("cannot be asked", e);
            return true;
        }
    }

    private void send(Pending pending, long nowMillis) {
        inFlight.add(pending);
        int remainingMillis = Math.toIntExact(pending.deadlineMillis - nowMillis);
        client.send(
                client.newClientRequest(
                        pending.broker.idString(),
                        pending.request,
                        nowMillis,
                        true,
                        remainingMillis,
                        response -> answered(pending, response)),
                nowMillis);
    }

    private void answered(Pending pending, ClientResponse response) {
        inFlight.remove(pending);
        if (response.authenticationException() != null) {
            pending.fail("refused the credentials", response.authenticationException());
        } else if (response.versionMismatch() != null) {
            pending.fail("is too old", response.versionMismatch());
        } else if (response.wasDisconnected() || !response.hasResponse()) {
            pending.fail("did not answer", null);
        } else {
            pending.answer.complete(response.responseBody());
        }
    }

    private void failSubmitted() {
        for (Pending next = submitted.poll(); next != null; next = submitted.poll()) {
            failEnded(next);
        }
    }

    /** Callers that can do without an answer go on without one, unless all is being closed. */
    private void failEnded(Pending pending) {
        if (closed) {
            pending.failClosed();
        } else {
            pending.fail("is not asked any more: an unexpected failure, which the log has, ended these requests", null);
        }
    }

    /** Fails what is under way. */
    @Override
    public void close() {
        closed = true;
        client.wakeup();
        try {
            var unused = thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
