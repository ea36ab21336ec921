package io.tidemark.catalog.binding;

import io.tidemark.catalog.CatalogReplica;
import io.tidemark.catalog.ShardCaller;
import io.tidemark.catalog.state.CatalogState;
import io.tidemark.log.source.SourceBinding;
import io.tidemark.log.source.SourceException;
import io.tidemark.log.source.SourceTarget;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.key.TableRoute;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every binding of the catalog whose table is active, and ends it when it is unbound. Thread-safe.
 *
 * <p>Several processes may run the same bindings: the marks that each command carries let every record take effect once.
 */
public final class BindingRunner implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(BindingRunner.class);
    /** Before the catalog is asked again whether it is up to date. */
    private static final Duration CATCH_UP_PAUSE = Duration.ofSeconds(1);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private final CatalogReplica catalog;
    private final BindingSources sources;
    private final ShardCaller nodes;
    private final Map<Integer, BindingWorker> workers = new ConcurrentHashMap<>();
    /** At most one permit: several changes at once are one occasion to look. */
    private final Semaphore changes = new Semaphore(1);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closed;

    private BindingRunner(CatalogReplica catalog, BindingSources sources, ShardCaller nodes) {
        this.catalog = catalog;
        this.sources = sources;
        this.nodes = nodes;
    }

    /** Begins as soon as the catalog has read what is in its log. */
    public static BindingRunner start(CatalogReplica catalog, BindingSources sources, ShardCaller nodes) {
        BindingRunner runner = new BindingRunner(catalog, sources, nodes);
        catalog.addListener(state -> runner.wake());
        runner.executor.execute(runner::run);
        return runner;
    }

    public BindingStatus status(BindingDescription binding) {
        BindingWorker worker = workers.get(binding.id());
        return worker == null
                ? new BindingStatus(binding, BindingStatus.State.WAITING, Optional.empty(), 0, 0, 0, Optional.empty())
                : worker.status();
    }

    private void wake() {
        if (changes.availablePermits() == 0) {
            changes.release();
        }
    }

    private void run() {
        try {
            catchUp();
            while (!closed) {
                changes.acquire();
                changes.drainPermits();
                tryAdjust();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** A binding that an old record made may have been ended by a later one. */
    private void catchUp() throws InterruptedException {
        while (!closed) {
            try {
                catalog.read().toCompletableFuture().join();
                return;
            } catch (CompletionException failure) {
                LOGGER.atWarn().log("The catalog is not up to date yet: {}", String.valueOf(failure.getCause()));
                Thread.sleep(CATCH_UP_PAUSE);
            }
        }
    }

    /** What fails is tried again with the next change: the other bindings go on. */
    private void tryAdjust() {
        try {
            adjust(catalog.view().state());
        } catch (RuntimeException bug) {
            if (!closed) {
                LOGGER.atError().setCause(bug).log("Beginning and ending source bindings failed in a way it must not");
            }
        }
    }

    private void adjust(CatalogState state) {
        for (Map.Entry<Integer, BindingWorker> running : List.copyOf(workers.entrySet())) {
            if (state.binding(running.getKey()).isEmpty()) {
                workers.remove(running.getKey());
                executor.execute(running.getValue()::close);
            }
        }
        for (BindingDescription binding : state.bindings()) {
            if (!workers.containsKey(binding.id()) && isActive(state, binding.tableId())) {
                BindingWorker worker = new BindingWorker(binding, () -> open(binding));
                workers.put(binding.id(), worker);
                worker.start();
            }
        }
    }

    private static boolean isActive(CatalogState state, TableId table) {
        return state.table(table)
                .filter(found -> found.status() == TableStatus.ACTIVE)
                .isPresent();
    }

    private SourceBinding open(BindingDescription binding) {
        SourceTarget target =
                new SourceTarget(sources.wal(), () -> route(binding), new ShardPositions(nodes, binding.id()));
        return new SourceBinding(sources.connection(), binding, target, sources.deadLetters());
    }

    private TableRoute route(BindingDescription binding) {
        return catalog.view()
                .state()
                .table(binding.tableId())
                .map(TableDescription::route)
                .orElseThrow(() -> new SourceException(
                        SourceException.Kind.FIX, "table " + binding.spec().tableName() + " has been deleted"));
    }

    /** Ends every binding; another process, or the next one, goes on where the shards are. */
    @Override
    public void close() {
        closed = true;
        executor.shutdownNow();
        try {
            // From then on nobody starts a worker.
            if (!executor.awaitTermination(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
                LOGGER.atWarn().log("Changes of source bindings have not ended in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        try (ExecutorService closers = Executors.newVirtualThreadPerTaskExecutor()) {
            workers.values().forEach(worker -> closers.execute(worker::close));
        }
    }
}
