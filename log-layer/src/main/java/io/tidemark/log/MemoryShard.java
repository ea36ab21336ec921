package io.tidemark.log;

import io.tidemark.log.LogException.Kind;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One shard of a {@link MemoryLog}. Thread-safe. */
final class MemoryShard {
    private static final int MAX_POLL_RECORDS = 2_000;

    private final ShardId shard;
    private final InstantSource clock;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayList<WalRecord> records = new ArrayList<>();
    private long startOffset;
    private long heldBytes;
    private boolean closed;

    MemoryShard(ShardId shard, InstantSource clock, long maxBytes) {
        this.shard = shard;
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    Lsn append(WalPayload payload) {
        String action = "append to shard " + shard;
        long sizeBytes = payload.sizeBytes();
        lock.lock();
        try {
            requireOpen(action);
            if (sizeBytes > Log.MAX_PAYLOAD_BYTES) {
                throw Shards.tooLarge(action, payload);
            }
            if (heldBytes + sizeBytes > maxBytes) {
                throw new LogException(
                        Kind.OVERLOADED, action + ": it holds " + heldBytes + " of " + maxBytes + " bytes; trim it");
            }
            Lsn lsn = new Lsn(endOffset());
            records.add(new WalRecord(shard, lsn, clock.millis(), payload.key(), payload.value(), payload.headers()));
            heldBytes += sizeBytes;
            changed.signalAll();
            return lsn;
        } finally {
            lock.unlock();
        }
    }

    Lsn start() {
        lock.lock();
        try {
            requireOpen("find the start of shard " + shard);
            return new Lsn(startOffset);
        } finally {
            lock.unlock();
        }
    }

    Lsn end() {
        lock.lock();
        try {
            requireOpen("find the end of shard " + shard);
            return new Lsn(endOffset());
        } finally {
            lock.unlock();
        }
    }

    Lsn trim(Lsn before) {
        String action = "trim shard " + shard + " before " + before;
        lock.lock();
        try {
            requireOpen(action);
            if (before.offset() > endOffset()) {
                throw new LogException(Kind.BEYOND_END, action + ": its end is " + endOffset());
            }
            if (before.offset() > startOffset) {
                List<WalRecord> dropped = records.subList(0, (int) (before.offset() - startOffset));
                for (WalRecord record : dropped) {
                    heldBytes -= new WalPayload(record.key(), record.value(), record.headers()).sizeBytes();
                }
                dropped.clear();
                startOffset = before.offset();
            }
            return new Lsn(startOffset);
        } finally {
            lock.unlock();
        }
    }

    LogReader read(Lsn from) {
        lock.lock();
        try {
            requireOpen("read shard " + shard);
            return new Reader(from);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long endOffset() {
        return startOffset + records.size();
    }

    private void requireOpen(String action) {
        if (closed) {
            throw KafkaErrors.closed(action);
        }
    }

    private final class Reader implements LogReader {
        private long position;
        private boolean wakeup;

        Reader(Lsn from) {
            this.position = from.offset();
        }

        @Override
        public List<WalRecord> poll(Duration timeout) {
            String action = "read shard " + shard + " at " + position;
            lock.lock();
            try {
                awaitRecords(timeout);
                requireOpen(action);
                if (wakeup) {
                    wakeup = false;
                    return List.of();
                }
                if (position < startOffset) {
                    throw new LogException(
                            Kind.TRIMMED,
                            action + ": the log starts at " + startOffset + ": start from a snapshot or the archive");
                }
                if (position > endOffset()) {
                    throw new LogException(Kind.BEYOND_END, action + ": the log ends at " + endOffset());
                }
                int first = (int) (position - startOffset);
                List<WalRecord> polled =
                        List.copyOf(records.subList(first, Math.min(records.size(), first + MAX_POLL_RECORDS)));
                position += polled.size();
                return polled;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LogException(Kind.CLOSED, action + ": interrupted", e);
            } finally {
                lock.unlock();
            }
        }

        private void awaitRecords(Duration timeout) throws InterruptedException {
            long remainingNanos = timeout.toNanos();
            while (!closed && !wakeup && position == endOffset() && remainingNanos > 0) {
                remainingNanos = changed.awaitNanos(remainingNanos);
            }
        }

        @Override
        public Lsn position() {
            return new Lsn(position);
        }

        @Override
        public void wakeup() {
            lock.lock();
            try {
                wakeup = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
