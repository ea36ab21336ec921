package io.tidemark.router.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections. Over their bound the one that has been idle longest is closed. Thread-safe.
 *
 * <p>Idle connections form a list, the one idle longest first, guarded by this object's lock.
 */
final class Connections {
    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connections.class, "connection");

    private static final long POLL_MS = 5;

    private final int maxConnections;
    private final Duration receiveTimeout;
    private @Nullable Connection firstIdle;
    private @Nullable Connection lastIdle;
    private int open;

    Connections(int maxConnections, Duration receiveTimeout) {
        this.maxConnections = maxConnections;
        this.receiveTimeout = receiveTimeout;
    }

    /** Of a connection that was just accepted. */
    @SuppressWarnings("FutureReturnValueIgnored") // a listener that cannot fail
    void accept(ChannelPipeline pipeline) {
        Channel channel = pipeline.channel();
        Connection connection = new Connection(this, channel, receiveTimeout);
        channel.attr(KEY).set(connection);
        pipeline.addFirst(connection);
        Connection surplus = add(connection);
        channel.closeFuture().addListener(closed -> remove(connection));
        if (surplus != null) {
            surplus.close();
        }
    }

    /** That a request came by. */
    static Connection of(ServiceRequestContext context) {
        Channel channel = context.log().partial().channel();
        Connection connection = channel == null ? null : channel.attr(KEY).get();
        if (connection == null) {
            throw new IllegalStateException("a request without an accepted connection");
        }
        return connection;
    }

    synchronized int open() {
        return open;
    }

    /** @return whether none is open, and the condition holds, in time */
    synchronized boolean awaitNone(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        for (long waitedMs = 0; open > 0 || !condition.getAsBoolean(); waitedMs += POLL_MS) {
            if (waitedMs >= timeout.toMillis()) {
                return false;
            }
            wait(POLL_MS);
        }
        return true;
    }

    private synchronized @Nullable Connection add(Connection connection) {
        open++;
        append(connection);
        if (open <= maxConnections) {
            return null;
        }
        Connection surplus = firstIdle;
        if (surplus != null) {
            unlink(surplus);
        }
        return surplus;
    }

    private synchronized void remove(Connection connection) {
        open--;
        unlink(connection);
    }

    synchronized void becameBusy(Connection connection) {
        unlink(connection);
    }

    synchronized void becameIdle(Connection connection) {
        if (!connection.listed) {
            append(connection);
        }
    }

    private void append(Connection connection) {
        connection.listed = true;
        connection.previous = lastIdle;
        connection.next = null;
        if (lastIdle == null) {
            firstIdle = connection;
        } else {
            lastIdle.next = connection;
        }
        lastIdle = connection;
    }

    private void unlink(Connection connection) {
        if (!connection.listed) {
            return;
        }
        connection.listed = false;
        Connection previous = connection.previous;
        Connection next = connection.next;
        if (previous == null) {
            firstIdle = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            lastIdle = previous;
        } else {
            next.previous = previous;
        }
        connection.previous = null;
        connection.next = null;
    }
}
