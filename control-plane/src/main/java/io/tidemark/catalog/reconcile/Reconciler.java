package io.tidemark.catalog.reconcile;

import io.tidemark.catalog.Backoff;
import io.tidemark.catalog.CatalogReplica;
import io.tidemark.catalog.ShardCaller;
import io.tidemark.catalog.state.CatalogState;
import io.tidemark.log.Log;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.catalog.CatalogStatus.UnsettledTable;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives every table that is being created or deleted to its end. Thread-safe.
 *
 * <p>It is woken by changes of the catalog and works on the tables concerned, each on a virtual thread for as long as that
 * takes: tables that are settled cost nothing. It keeps nothing of its own. Killed at any point and started again, or run by
 * two processes at once, it ends in the same state.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reconciler.class);
    /** Tables worked on at once; those that pause after a failure do not count. */
    private static final int MAX_CONCURRENT = 64;
    /** For one step: telling a table's shards one thing, or reading or changing the catalog. */
    private static final Duration STEP_LIMIT = Duration.ofMinutes(2);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    private record Job(int attempts, Optional<String> lastError) {
        static final Job NEW = new Job(0, Optional.empty());

        Job failed(String error) {
            return new Job(attempts + 1, Optional.of(error));
        }
    }

    private final CatalogReplica catalog;
    private final TableShards shards;
    private final RandomGenerator random;
    private final ConcurrentHashMap<TableId, Job> jobs = new ConcurrentHashMap<>();
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean caughtUp;
    private volatile boolean closed;

    private Reconciler(CatalogReplica catalog, TableShards shards, RandomGenerator random) {
        this.catalog = catalog;
        this.shards = shards;
        this.random = random;
    }

    /**
     * Begins as soon as the catalog has read what is in its log.
     *
     * @param wal the write-ahead log of the shards; like the others, it belongs to the caller
     * @param random makes request ids; must be thread-safe
     */
    public static Reconciler start(CatalogReplica catalog, Log wal, ShardCaller nodes, RandomGenerator random) {
        Reconciler reconciler = new Reconciler(catalog, new TableShards(wal, nodes, random), random);
        catalog.addListener(reconciler::onChange);
        reconciler.workers.execute(reconciler::catchUp);
        return reconciler;
    }

    /** Tables that are neither active nor gone, and what holds them up. */
    public List<UnsettledTable> unsettled() {
        return catalog.view().state().unsettledTables().stream()
                .map(table -> {
                    Job job = jobs.getOrDefault(table.id(), Job.NEW);
                    return new UnsettledTable(table.name(), table.status(), job.attempts(), job.lastError());
                })
                .toList();
    }

    /** What an old record began may have been finished by a later one: nothing is done before all are read. */
    private void catchUp() {
        int failures = 0;
        while (!closed && !caughtUp) {
            try {
                get(catalog.read());
                caughtUp = true;
                onChange(catalog.view().state());
            } catch (StepException failure) {
                LOGGER.atWarn().log("The catalog is not up to date yet: {}", failure.getMessage());
                pause(BACKOFF.after(++failures));
            }
        }
    }

    private void onChange(CatalogState state) {
        if (caughtUp && !closed) {
            state.unsettledTables().forEach(table -> begin(table.id()));
        }
    }

    private void begin(TableId id) {
        if (jobs.putIfAbsent(id, Job.NEW) != null) {
            return;
        }
        try {
            workers.execute(() -> work(id));
        } catch (RejectedExecutionException closing) {
            jobs.remove(id);
        }
    }

    private void work(TableId id) {
        try {
            settle(id);
        } finally {
            jobs.remove(id);
        }
        // A change that came between the last look and the end of the job found the job still there.
        if (!closed && isUnsettled(id)) {
            begin(id);
        }
    }

    private boolean isUnsettled(TableId id) {
        return catalog.view()
                .state()
                .table(id)
                .filter(table -> table.status() != TableStatus.ACTIVE)
                .isPresent();
    }

    private void settle(TableId id) {
        int failures = 0;
        while (!closed && isUnsettled(id)) {
            try {
                permits.acquire();
                try {
                    step(id);
                    failures = 0;
                } finally {
                    permits.release();
                }
            } catch (StepException failure) {
                if (closed) {
                    return;
                }
                failures++;
                jobs.computeIfPresent(id, (same, job) -> job.failed(String.valueOf(failure.getMessage())));
                LOGGER.atWarn()
                        .addKeyValue("table", id)
                        .addKeyValue("failures", failures)
                        .log("Settling a table failed; trying again: {}", failure.getMessage());
                pause(BACKOFF.after(failures));
            } catch (RuntimeException bug) {
                failures++;
                jobs.computeIfPresent(id, (same, job) -> job.failed(String.valueOf(bug)));
                LOGGER.atError()
                        .addKeyValue("table", id)
                        .setCause(bug)
                        .log("Settling a table failed in a way it must not; trying again");
                pause(BACKOFF.after(failures));
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Reads the end of the catalog's log first, so that a process that lags behind does not act on what has been overtaken. */
    private void step(TableId id) {
        Optional<TableDescription> table = get(catalog.read()).state().table(id);
        if (table.isPresent()) {
            switch (table.get().status()) {
                case CREATING -> open(table.get());
                case ACTIVE -> {}
                case DELETING -> remove(table.get());
            }
        }
    }

    private void open(TableDescription table) {
        get(shards.open(table.route()));
        CatalogOutcome outcome = submit(new CatalogCommand.TableOpened(table.id()));
        if (outcome instanceof CatalogOutcome.Refused refused) {
            // Deleted meanwhile, and perhaps gone from the shards before it was opened there.
            LOGGER.atInfo().addKeyValue("table", table.id()).log("Closing a table again: {}", refused.message());
            remove(table);
        }
    }

    private void remove(TableDescription table) {
        get(shards.close(table.route()));
        List<ShardId> left = table.route().shards();
        while (!left.isEmpty()) {
            left = get(shards.purge(table.id(), left));
        }
        CatalogOutcome outcome = submit(new CatalogCommand.TableRemoved(table.id()));
        if (outcome instanceof CatalogOutcome.Refused refused) {
            throw new StepException(
                    "the catalog refused the removal of table " + table.id() + ": " + refused.message());
        }
    }

    private CatalogOutcome submit(CatalogCommand command) {
        return get(catalog.submit(RequestId.random(random), command));
    }

    /** On a virtual thread. */
    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(STEP_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CompletionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new StepException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException late) {
            throw new StepException("nothing came of it within " + STEP_LIMIT, late);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new StepException("interrupted", closing);
        }
    }

    private void pause(Duration pause) {
        try {
            if (!closed) {
                Thread.sleep(pause);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves what is under way as it is: the next process goes on with it. */
    @Override
    public void close() {
        closed = true;
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
                LOGGER.atWarn().log("Work on tables has not ended in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
