package io.tidemark.simulation.load;

import io.tidemark.client.TidemarkClient;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Some writers that go on until they are told to stop. */
public final class Load implements AutoCloseable {
    public static final KeySchema KEY_SCHEMA = KeySchema.of(new KeyAttribute(Ledger.KEY, KeyType.S));

    private final Ledger ledger = new Ledger();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<Thread> threads;

    private Load(TidemarkClient client, String table, int writers, SplittableRandom random) {
        this.threads = IntStream.range(0, writers)
                .mapToObj(number -> new Writer(number, client, table, random.split(), ledger, stopping))
                .map(writer ->
                        Thread.ofPlatform().name("writer-" + writer.number()).unstarted(writer))
                .toList();
    }

    /**
     * @param client stays the caller's to close
     * @param table with {@link #KEY_SCHEMA}, empty
     */
    public static Load start(TidemarkClient client, String table, int writers, SplittableRandom random) {
        Load load = new Load(client, table, writers, random);
        load.threads.forEach(Thread::start);
        return load;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Waits until every writer has an answer to its last write. */
    public Ledger stop() {
        stopping.set(true);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the writers stop", e);
            }
        }
        return ledger;
    }

    @Override
    public void close() {
        stop();
    }
}
