package io.tidemark.catalog;

import io.tidemark.catalog.state.CatalogState;
import io.tidemark.catalog.state.CatalogStateMachine;
import io.tidemark.catalog.state.CatalogStep;
import io.tidemark.log.Log;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole catalog in memory, kept up to date by one thread that follows its log. Thread-safe.
 *
 * <p>There is no leader: any number of processes may append, and each learns from its own copy of the log what became of a
 * command. Every stage fails with a {@link CatalogException} and nothing else.
 */
public final class CatalogReplica implements AutoCloseable {
    /** The only shard of the catalog's log. */
    public static final ShardId SHARD = new ShardId(0);

    private static final Logger LOGGER = LoggerFactory.getLogger(CatalogReplica.class);

    private record Completion(Submission submission, CatalogOutcome outcome) {}

    private final Log log;
    private final CatalogConfig config;
    private final RandomGenerator random;
    private final ConcurrentHashMap<RequestId, Submission> pending = new ConcurrentHashMap<>();
    private final List<CatalogListener> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Waiters waiters;
    private final LogFollower follower;
    private volatile boolean closed;
    private volatile CatalogView view = CatalogView.EMPTY;

    private CatalogReplica(Log log, CatalogConfig config, RandomGenerator random) {
        this.log = log;
        this.config = config;
        this.random = random;
        this.waiters = new Waiters(config.maxPending(), this::execute);
        this.follower = new LogFollower(log, SHARD, config.backoff(), this::apply, this::failAll);
    }

    /**
     * Starts to follow the log, and returns at once: {@link #read} waits until what is there has been read.
     *
     * @param log belongs to the caller, who closes it after the replica
     * @param random makes the request ids of barriers; must be thread-safe
     */
    public static CatalogReplica start(Log log, CatalogConfig config, RandomGenerator random) {
        CatalogReplica replica = new CatalogReplica(log, config, random);
        replica.follower.start();
        return replica;
    }

    /** What has been applied so far, without waiting. */
    public CatalogView view() {
        return view;
    }

    /** Why the log is not followed any more; empty if it is. */
    public Optional<String> fault() {
        return follower.fault();
    }

    /** Completes with the fault that ends the following of the log; never if there is none. */
    public CompletionStage<String> faulted() {
        return follower.faulted();
    }

    /** {@code listener} hears of every later change; for what was before it looks at {@link #view}. */
    public void addListener(CatalogListener listener) {
        listeners.add(listener);
    }

    /** A view that holds everything that was acknowledged before the call, by whichever process. */
    public CompletionStage<CatalogView> read() {
        return log.confirmedEnd(SHARD)
                .handle((end, failure) -> failure == null
                        ? await(reached -> !reached.nextLsn().isBefore(end), config.requestTimeout())
                        : submit(RequestId.random(random), new CatalogCommand.Barrier())
                                .thenApply(reached -> view))
                .thenCompose(stage -> stage);
    }

    /**
     * Completes with the first view that fulfils {@code condition}; fails with TIMEOUT after {@code timeout}.
     *
     * @param condition is called on the thread that follows the log: it must be quick
     */
    public CompletionStage<CatalogView> await(Predicate<CatalogView> condition, Duration timeout) {
        Optional<String> ended = ended();
        if (ended.isPresent()) {
            return CompletableFuture.failedFuture(new CatalogException(Kind.UNAVAILABLE, ended.get()));
        }
        CompletableFuture<CatalogView> reached = waiters.await(condition, timeout, this::view);
        // The end may have come after the first look and before the waiter was listed.
        ended().ifPresent(this::failAll);
        return reached.exceptionallyCompose(failure ->
                CompletableFuture.failedFuture(timeoutAs(failure, "the catalog did not get there within " + timeout)));
    }

    /**
     * Appends the command and completes with its outcome when it has been applied here. Repeated with the same id, it takes
     * effect once and has the same outcome.
     */
    public CompletionStage<CatalogOutcome> submit(RequestId id, CatalogCommand command) {
        Optional<String> ended = ended();
        if (ended.isPresent()) {
            return CompletableFuture.failedFuture(new CatalogException(Kind.UNAVAILABLE, ended.get()));
        }
        if (pending.size() >= config.maxPending()) {
            return CompletableFuture.failedFuture(
                    new CatalogException(Kind.OVERLOADED, config.maxPending() + " changes are under way already"));
        }
        Submission submission;
        try {
            submission = new Submission(CatalogEnvelope.of(id, command), log, SHARD, config.backoff());
        } catch (IllegalArgumentException invalid) {
            return CompletableFuture.failedFuture(
                    new CatalogException(Kind.INVALID_REQUEST, String.valueOf(invalid.getMessage()), invalid));
        }
        Submission earlier = pending.putIfAbsent(id, submission);
        if (earlier == null) {
            begin(id, submission);
            return answer(id, submission);
        }
        return earlier.envelope().command().equals(command)
                ? answer(id, earlier)
                : CompletableFuture.failedFuture(new CatalogException(
                        Kind.REQUEST_ID_REUSED, "request id " + id + " is in use for another request"));
    }

    private void begin(RequestId id, Submission submission) {
        var unused = submission
                .outcome()
                .orTimeout(config.requestTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((outcome, failure) -> pending.remove(id, submission));
        submission.start();
        // The end may have come after the first look and before this submission was listed.
        ended().ifPresent(this::failAll);
    }

    private CompletionStage<CatalogOutcome> answer(RequestId id, Submission submission) {
        return submission
                .outcome()
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(timeoutAs(
                        failure,
                        "no outcome within " + config.requestTimeout() + ": repeat it with request id " + id)));
    }

    /** On the follower's thread. */
    private void apply(List<WalRecord> records) {
        CatalogState state = view.state();
        List<Completion> completions = new ArrayList<>();
        Lsn next = view.nextLsn();
        Optional<String> stop = Optional.empty();
        for (WalRecord record : records) {
            if (!record.lsn().equals(next)) {
                stop = Optional.of("the catalog's log has a hole: record " + record.lsn() + " follows where " + next
                        + " was expected; restore its topic");
                break;
            }
            CatalogStep step = CatalogStateMachine.apply(state, record);
            if (step instanceof CatalogStep.TooNew tooNew) {
                stop = Optional.of("record " + next + " of the catalog's log needs semantics version "
                        + tooNew.semanticsVersion() + ", this build knows up to " + CatalogEnvelope.CURRENT_VERSION
                        + ": install a newer build");
                break;
            }
            state = after(step, record, completions);
            next = next.next();
        }
        publish(new CatalogView(state, next), completions);
        if (stop.isPresent()) {
            throw new StopFollowingException(stop.get());
        }
    }

    private CatalogState after(CatalogStep step, WalRecord record, List<Completion> completions) {
        return switch (step) {
            case CatalogStep.Applied applied -> {
                Submission submission = pending.get(applied.requestId());
                if (submission != null) {
                    completions.add(new Completion(submission, applied.outcome()));
                }
                yield applied.state();
            }
            case CatalogStep.Skipped skipped -> {
                LOGGER.atWarn()
                        .addKeyValue("lsn", record.lsn())
                        .addKeyValue("reason", skipped.reason())
                        .log("Skipped a record of the catalog's log that is no catalog command");
                yield skipped.state();
            }
            case CatalogStep.TooNew tooNew -> throw new IllegalStateException("not applicable: " + tooNew);
        };
    }

    /** Callers that are told of an outcome find it in {@link #view}. */
    private void publish(CatalogView published, List<Completion> completions) {
        view = published;
        for (Completion completion : completions) {
            execute(() -> completion.submission().outcome().complete(completion.outcome()));
        }
        waiters.wake(published);
        for (CatalogListener listener : listeners) {
            listener.onChange(published.state());
        }
    }

    private void failAll(String reason) {
        CatalogException failure = new CatalogException(Kind.UNAVAILABLE, reason);
        for (Submission submission : pending.values()) {
            execute(() -> submission.outcome().completeExceptionally(failure));
        }
        waiters.failAll(failure);
    }

    private static Throwable timeoutAs(Throwable failure, String message) {
        Throwable cause = unwrap(failure);
        return cause instanceof TimeoutException ? new CatalogException(Kind.TIMEOUT, message) : cause;
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private Optional<String> ended() {
        return closed ? Optional.of("the catalog has been closed") : fault();
    }

    /** Callers' work never runs on the thread that follows the log. */
    private void execute(Runnable completion) {
        try {
            callers.execute(completion);
        } catch (RejectedExecutionException closing) {
            completion.run();
        }
    }

    /** Fails what is under way. */
    @Override
    public void close() {
        closed = true;
        follower.close();
        ended().ifPresent(this::failAll);
        callers.shutdown();
    }
}
