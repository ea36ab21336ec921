package io.tidemark.simulation.api;

import io.tidemark.simulation.linearizability.Input;
import io.tidemark.simulation.linearizability.Operation;
import io.tidemark.simulation.linearizability.Output;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Clients that read and write a few items together and note everything. Every now and then they go on to new items, so that an
 * item's history stays short enough to be decided.
 */
public final class RegisterLoad implements AutoCloseable {
    private static final int ITEMS = 3;
    /** Of all clients, until new items are taken. */
    private static final int OPERATIONS_PER_GENERATION = 150;

    private static final int MAX_OPERATIONS = 200_000;
    private static final int MAX_VALUE = 1_000_000;

    private final String table;
    private final ApiClient api;
    private final List<URI> routers;
    private final RandomGenerator last;
    private final Queue<Operation> history = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    private RegisterLoad(String table, ApiClient api, List<URI> routers, RandomGenerator last) {
        this.table = table;
        this.api = api;
        this.routers = routers;
        this.last = last;
    }

    /**
     * @param table with the key {@code id}, a string; empty
     * @param api stays the caller's to close
     */
    public static RegisterLoad start(
            String table, ApiClient api, List<URI> routers, int clients, SplittableRandom random) {
        RegisterLoad load = new RegisterLoad(table, api, routers, random.split());
        for (int number = 0; number < clients; number++) {
            SplittableRandom own = random.split();
            RegisterClient client = new RegisterClient("c" + number, table, api, routers, own);
            load.threads.add(Thread.ofPlatform().name("client-" + number).start(() -> load.run(client, own)));
        }
        return load;
    }

    private void run(RegisterClient client, SplittableRandom random) {
        try {
            while (!stopping.get() && begun.get() < MAX_OPERATIONS) {
                long generation = begun.getAndIncrement() / OPERATIONS_PER_GENERATION;
                note(client.run("item-" + generation + "-" + random.nextInt(ITEMS), input(random)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failures.add(e.toString());
        }
    }

    private void note(Operation operation) {
        if (operation.answered().isPresent()) {
            answered.incrementAndGet();
        }
        // A read without an answer says nothing and does nothing.
        if (!(operation.input() instanceof Input.Get && operation.output() instanceof Output.Unknown)) {
            history.add(operation);
        }
    }

    /** Small expectations come true now and then; written numbers rarely meet. */
    private static Input input(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Input.Put(random.nextInt(MAX_VALUE));
            case 2 -> new Input.Delete();
            case 3 -> new Input.CompareAndSet(Optional.empty(), random.nextInt(MAX_VALUE));
            case 4 -> new Input.CompareAndSet(Optional.of((long) random.nextInt(1, 4)), random.nextInt(MAX_VALUE));
            case 5, 6, 7 -> new Input.Add(1);
            default -> new Input.Get();
        };
    }

    /** Operations that have been answered so far. */
    public long answered() {
        return answered.get();
    }

    /** What went wrong with the clients themselves: answers that must not be. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Waits for every client, then reads every item once more, so that what was acknowledged last is looked at, too. */
    public List<Operation> stop() throws InterruptedException {
        stopping.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        RegisterClient reader = new RegisterClient("last", table, api, routers, last);
        for (String key : history.stream().map(Operation::key).distinct().toList()) {
            note(reader.run(key, new Input.Get()));
        }
        return List.copyOf(history);
    }

    @Override
    public void close() {
        stopping.set(true);
        threads.forEach(Thread::interrupt);
    }
}
