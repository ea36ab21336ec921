package io.tidemark.launcher.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import io.tidemark.launcher.output.Output;
import io.tidemark.log.Log;
import io.tidemark.log.LogException;
import io.tidemark.log.LogReader;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the log and the archive over HTTP: {@code GET /v1/log}, {@code /v1/log/{shard}?from=&to=} and {@code /v1/archive}.
 */
public final class OperationsService implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(OperationsService.class);

    /** Records that one answer has at most. */
    public static final int MAX_RECORDS = 1_000;

    private static final int MAX_ANSWER_BYTES = 4 << 20;
    private static final int MAX_READERS = 4;
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

    private final Log wal;
    private final Supplier<ObjectNode> archive;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore readers = new Semaphore(MAX_READERS);

    /**
     * @param wal stays the caller's to close
     * @param archive tells how far the archive is
     */
    public OperationsService(Log wal, Supplier<ObjectNode> archive) {
        this.wal = wal;
        this.archive = archive;
    }

    public void addTo(ServerBuilder server) {
        server.route().get("/v1/log").build(service((request, shard) -> positions()));
        server.route().get("/v1/log/{shard}").build(service(this::records));
        server.route().get("/v1/archive").build(service((request, shard) -> archive.get()));
    }

    /** What is asked for; may block. */
    @FunctionalInterface
    private interface Answer {
        ObjectNode of(QueryParams parameters, String shard);
    }

    private HttpService service(Answer answer) {
        return (context, request) -> {
            QueryParams parameters = context.queryParams();
            String shard = context.pathParams().getOrDefault("shard", "");
            return HttpResponse.of(CompletableFuture.supplyAsync(() -> respond(answer, parameters, shard), threads));
        };
    }

    private static HttpResponse respond(Answer answer, QueryParams parameters, String shard) {
        try {
            return json(HttpStatus.OK, answer.of(parameters, shard));
        } catch (IllegalArgumentException e) {
            return error(HttpStatus.BAD_REQUEST, Kind.INVALID_REQUEST, e);
        } catch (LogException e) {
            return error(HttpStatus.SERVICE_UNAVAILABLE, Kind.UNAVAILABLE, e);
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("a question about log or archive failed unexpectedly");
            return error(HttpStatus.INTERNAL_SERVER_ERROR, Kind.INTERNAL, e);
        }
    }

    private static HttpResponse error(HttpStatus status, Kind kind, RuntimeException failure) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind.name())
                .put("message", String.valueOf(failure.getMessage()));
        return json(status, body);
    }

    private static HttpResponse json(HttpStatus status, ObjectNode body) {
        return HttpResponse.of(status, MediaType.JSON_UTF_8, Output.compact(body));
    }

    private ObjectNode positions() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode shards = result.putArray("shards");
        for (int number = 0; number < wal.shardCount(); number++) {
            ShardId shard = new ShardId(number);
            shards.addObject()
                    .put("shard", number)
                    .put("startLsn", await(wal.start(shard)).offset())
                    .put("nextLsn", await(wal.end(shard)).offset());
        }
        return result;
    }

    private ObjectNode records(QueryParams parameters, String shardText) {
        long asked = number("shard", shardText);
        if (asked < 0 || asked >= wal.shardCount()) {
            throw new IllegalArgumentException("no shard " + asked + ": the log has " + wal.shardCount() + " shards");
        }
        ShardId shard = new ShardId((int) asked);
        Lsn start = await(wal.start(shard));
        Lsn end = await(wal.end(shard));
        Lsn from = new Lsn(Math.max(start.offset(), number("from", parameters.get("from", "0"))));
        Lsn to = new Lsn(Math.min(end.offset(), number("to", parameters.get("to", Long.toString(end.offset())))));
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("shard", shard.value())
                .put("startLsn", start.offset())
                .put("nextLsn", end.offset());
        ArrayNode records = result.putArray("records");
        if (from.isBefore(to)) {
            read(shard, from, to, records);
        }
        return result;
    }

    /** Leaves off where the answer is full: the reader goes on from its last record. */
    private void read(ShardId shard, Lsn from, Lsn to, ArrayNode into) {
        enter();
        try (LogReader reader = wal.read(shard, from)) {
            long bytes = 0;
            while (into.size() < MAX_RECORDS
                    && bytes < MAX_ANSWER_BYTES
                    && reader.position().isBefore(to)) {
                List<WalRecord> records = reader.poll(POLL_TIMEOUT);
                if (records.isEmpty()) {
                    throw new LogException(
                            LogException.Kind.UNAVAILABLE, "the brokers sent nothing within " + POLL_TIMEOUT);
                }
                for (WalRecord record : records) {
                    if (record.lsn().isBefore(to) && into.size() < MAX_RECORDS && bytes < MAX_ANSWER_BYTES) {
                        into.add(RecordJson.write(record));
                        bytes += record.value().length();
                    }
                }
            }
        } finally {
            readers.release();
        }
    }

    private void enter() {
        try {
            if (readers.tryAcquire(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new LogException(
                LogException.Kind.OVERLOADED,
                MAX_READERS + " others read the log through this process; ask again later");
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a whole number, not '" + text + "'", e);
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LogException log
                    ? log
                    : new LogException(LogException.Kind.UNAVAILABLE, "the brokers did not answer: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
