package io.tidemark.router.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client: closes it if bytes came and no request within the time that a request has to arrive. Its methods
 * are called on its event loop, but for {@link #close}.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private final Connections connections;
    private final Channel channel;
    private final long receiveTimeoutNanos;

    /** Guarded by {@link Connections}. */
    @Nullable
    Connection previous;
    /** Guarded by {@link Connections}. */
    @Nullable
    Connection next;
    /** Whether it is among the idle ones; guarded by {@link Connections}. */
    boolean listed;

    private int inFlight;
    private long requests;
    /** What comes between requests of such a connection need not belong to one. */
    private boolean multiplexed;

    /** Whether it is waited for the rest of a request that was answered. */
    private boolean answeredEarly;

    private boolean receiving;
    private long receivingSinceNanos;

    Connection(Connections connections, Channel channel, Duration receiveTimeout) {
        this.connections = connections;
        this.channel = channel;
        this.receiveTimeoutNanos = receiveTimeout.toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        check(receiveTimeoutNanos);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!receiving) {
            receiving = true;
            receivingSinceNanos = System.nanoTime();
        }
        context.fireChannelRead(message);
    }

    /** The head of a request has arrived. */
    void begin(boolean isMultiplexed) {
        multiplexed = isMultiplexed;
        receiving = false;
        requests++;
        if (inFlight++ == 0) {
            connections.becameBusy(this);
        }
    }

    /** A request is over: answered, or given up. */
    void end() {
        receiving = false;
        if (--inFlight == 0 && channel.isActive()) {
            connections.becameIdle(this);
        }
    }

    /** The rest of a request that was answered before it had arrived is thrown away, and not for longer than a whole one. */
    void answeredEarly() {
        if (answeredEarly || multiplexed) {
            return;
        }
        answeredEarly = true;
        long count = requests;
        schedule(
                () -> {
                    answeredEarly = false;
                    if (requests == count) {
                        close();
                    }
                },
                receiveTimeoutNanos);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing always succeeds in the end
    void close() {
        channel.close();
    }

    private void check(long delayNanos) {
        schedule(
                () -> {
                    long receivingNanos = System.nanoTime() - receivingSinceNanos;
                    if (!channel.isActive() || multiplexed) {
                        return;
                    }
                    if (!receiving || inFlight > 0) {
                        check(receiveTimeoutNanos);
                    } else if (receivingNanos < receiveTimeoutNanos) {
                        check(receiveTimeoutNanos - receivingNanos);
                    } else {
                        close();
                    }
                },
                delayNanos);
    }

    /** What is scheduled finds a closed channel, and does nothing. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void schedule(Runnable task, long delayNanos) {
        channel.eventLoop().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }
}
