package io.tidemark.router.operation.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.catalog.CatalogConfig;
import io.tidemark.catalog.CatalogProgress;
import io.tidemark.catalog.CatalogReplica;
import io.tidemark.catalog.TableCatalog;
import io.tidemark.catalog.state.CatalogState;
import io.tidemark.log.MemoryLog;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.model.Shapes;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.ReadToken;
import io.tidemark.router.operation.TableAccess;
import io.tidemark.router.operation.table.TableSizes.TableSize;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogStatus;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.TableAdmin;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The operations on tables, on a real catalog over a log in memory. Tables become active and go at once, unless it is held. */
final class CatalogFixture implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-31T12:00:00.250Z");
    static final String REGION = "eu-central-1";

    /** Longer than any machine needs: a table that has not settled by then does not. */
    static final Duration SETTLE_LIMIT = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ClusterDescription CLUSTER = new ClusterDescription(
            List.of(new ClusterDescription.ZoneNodes(new Zone("a"), List.of(URI.create("http://127.0.0.1:7001")))),
            3,
            "test");

    /** Nothing in here runs bindings. */
    private static final CatalogProgress NO_PROGRESS = new CatalogProgress() {
        @Override
        public List<CatalogStatus.UnsettledTable> unsettled() {
            return List.of();
        }

        @Override
        public BindingStatus binding(BindingDescription binding) {
            throw new IllegalStateException("there are no bindings");
        }
    };

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource clock = now::get;
    private final MemoryLog log = new MemoryLog(1, clock);
    private final SecureRandom random = new SecureRandom();
    private final CatalogReplica catalog = CatalogReplica.start(log, CatalogConfig.DEFAULT, random);
    private final TableAdmin admin = new TableCatalog(catalog, CLUSTER, NO_PROGRESS);
    private final Map<OperationName, Operation> operations;
    private volatile boolean held;
    private volatile TableSize size = TableSize.NOTHING;

    CatalogFixture(Duration settleLimit) {
        this.operations = new EnumMap<>(TableOperations.all(
                new TableContext(admin, this::size, REGION, clock, random, () -> "localhost:8000", settleLimit)));
        catalog.addListener(this::settle);
    }

    TableAdmin admin() {
        return admin;
    }

    void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** What tables are said to have. */
    void sized(TableSize newSize) {
        size = newSize;
    }

    private TableSize size(TableDescription table) {
        return size;
    }

    /** From now on tables stay CREATING and DELETING. */
    void hold() {
        held = true;
    }

    void release() {
        held = false;
        settle(catalog.view().state());
    }

    private void settle(CatalogState state) {
        if (held) {
            return;
        }
        for (TableDescription table : state.unsettledTables()) {
            var unused = catalog.submit(
                    RequestId.random(random),
                    table.status() == TableStatus.CREATING
                            ? new CatalogCommand.TableOpened(table.id())
                            : new CatalogCommand.TableRemoved(table.id()));
        }
    }

    JsonNode call(OperationName operation, String parameters) {
        return call(operation, parameters, TableAccess.ALL, Optional.empty());
    }

    JsonNode call(OperationName operation, String parameters, TableAccess access, Optional<Bytes> retryToken) {
        try {
            Call call = new Call(
                    operation,
                    Shapes.check(operation, JSON.readTree(parameters.replace('\'', '"'))),
                    Optional.of("AKID"),
                    access,
                    retryToken,
                    ReadToken.NONE);
            return JSON.readTree(operations
                    .get(operation)
                    .call(call)
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join()
                    .json()
                    .array());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@code ValidationException: text}. */
    String failure(OperationName operation, String parameters) {
        Throwable failure = catchThrowable(() -> call(operation, parameters));
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        assertThat(cause).isInstanceOf(ApiException.class);
        ApiException known = (ApiException) cause;
        return known.type().shortName() + ": " + known.message();
    }

    /** With a partition key {@code pk} and no provisioned capacity. */
    JsonNode create(String name) {
        return call(OperationName.CreateTable, plainTable(name));
    }

    static String plainTable(String name) {
        return "{'TableName': '" + name + "', 'BillingMode': 'PAY_PER_REQUEST',"
                + " 'AttributeDefinitions': [{'AttributeName': 'pk', 'AttributeType': 'S'}],"
                + " 'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}]}";
    }

    JsonNode describe(String name) {
        return call(OperationName.DescribeTable, "{'TableName': '" + name + "'}")
                .get("Table");
    }

    @Override
    public void close() {
        catalog.close();
        log.close();
    }
}
