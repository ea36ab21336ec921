package io.tidemark.materializer.store;

import io.tidemark.schema.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The states of a replica right after its latest VERIFY barriers, for the verifier to ask about. Few and for a bounded time,
 * since each keeps RocksDB from dropping what was overwritten since. Thread-safe.
 */
public final class BarrierCaptures implements AutoCloseable {
    public static final int MAX_CAPTURES = 2;
    public static final Duration MAX_AGE = Duration.ofMinutes(10);

    private final InstantSource clock;
    /** Oldest first. */
    private final Deque<Capture> captures = new ArrayDeque<>();

    private boolean closed;

    private record Capture(Lsn barrier, Instant takenAt, ReplicaSnapshot snapshot) {}

    public BarrierCaptures(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes over the snapshot. */
    public synchronized void add(Lsn barrier, ReplicaSnapshot snapshot) {
        if (closed) {
            snapshot.close();
            return;
        }
        captures.add(new Capture(barrier, clock.instant(), snapshot));
        if (captures.size() > MAX_CAPTURES) {
            captures.removeFirst().snapshot().close();
        }
        dropExpired();
    }

    /** A handle of the caller's own, to be closed by it; absent where the capture is gone. */
    public synchronized Optional<ReplicaSnapshot> find(Lsn barrier) {
        dropExpired();
        return captures.stream()
                .filter(capture -> capture.barrier().equals(barrier))
                .findFirst()
                .map(capture -> capture.snapshot().snapshot());
    }

    /** To be called now and then, so that what nobody asks for is let go too. */
    public synchronized void dropExpired() {
        Instant oldest = clock.instant().minus(MAX_AGE);
        while (!captures.isEmpty() && captures.getFirst().takenAt().isBefore(oldest)) {
            captures.removeFirst().snapshot().close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        captures.forEach(capture -> capture.snapshot().close());
        captures.clear();
    }
}
