package io.tidemark.router.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.expression.Expressions;
import io.tidemark.router.model.Shapes;
import io.tidemark.router.operation.AccessRule;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.ReadToken;
import io.tidemark.router.operation.TableAccess;
import io.tidemark.router.operation.item.ItemOperations;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The operations on items over a small cluster, without HTTP. Texts are JSON with back quotes for double ones. A table {@code
 * hash} has the key {@code pk} (S), a table {@code range} the key {@code pk} (S), {@code sk} (N).
 */
public final class ItemApi implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SmallCluster cluster;
    private final Map<OperationName, Operation> operations;

    public ItemApi() {
        this(new SmallCluster());
    }

    /** Closes the cluster with itself. */
    public ItemApi(SmallCluster cluster) {
        this.cluster = cluster;
        this.operations = ItemOperations.all(
                cluster.client(), cluster.routes(), new Expressions(1 << 20), new AccessRule("us-east-1"));
        cluster.createTable("hash", KeySchema.of(new KeyAttribute("pk", KeyType.S)));
        cluster.createTable(
                "range", KeySchema.of(new KeyAttribute("pk", KeyType.S), new KeyAttribute("sk", KeyType.N)));
    }

    public SmallCluster cluster() {
        return cluster;
    }

    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('`', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a client says beside the body. */
    public record Caller(TableAccess access, Optional<Bytes> retryToken, ReadToken readToken) {
        public static final Caller ANYBODY = new Caller(TableAccess.ALL, Optional.empty(), ReadToken.NONE);

        public Caller retrying(String token) {
            return new Caller(access, Optional.of(Bytes.wrap(token.getBytes(StandardCharsets.UTF_8))), readToken);
        }

        public Caller having(ReadToken token) {
            return new Caller(access, retryToken, token);
        }

        public Caller with(TableAccess newAccess) {
            return new Caller(newAccess, retryToken, readToken);
        }
    }

    public JsonNode call(OperationName operation, String body) {
        return parsed(answer(Caller.ANYBODY, operation, body));
    }

    public JsonNode call(Caller caller, OperationName operation, String body) {
        return parsed(answer(caller, operation, body));
    }

    /** @throws ApiException what the client would be told */
    public Answer answer(Caller caller, OperationName operation, String body) {
        Call call = new Call(
                operation,
                Shapes.check(operation, json(body)),
                Optional.empty(),
                caller.access(),
                caller.retryToken(),
                caller.readToken());
        try {
            return operations
                    .get(operation)
                    .call(call)
                    .toCompletableFuture()
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ApiException known) {
                throw known;
            }
            throw e;
        }
    }

    private static JsonNode parsed(Answer answer) {
        try {
            return MAPPER.readTree(answer.json().array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
