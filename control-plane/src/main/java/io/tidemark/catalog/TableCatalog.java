package io.tidemark.catalog;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.catalog.CatalogStatus;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.TableAdmin;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableList;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.catalog.TableStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The administration of tables on a catalog in this process. It owns nothing: closing it changes nothing. */
public final class TableCatalog implements TableAdmin {
    private final CatalogReplica catalog;
    private final ClusterDescription cluster;
    private final CatalogProgress progress;

    public TableCatalog(CatalogReplica catalog, ClusterDescription cluster, CatalogProgress progress) {
        this.catalog = catalog;
        this.cluster = cluster;
        this.progress = progress;
    }

    @Override
    public CompletionStage<TableDescription> createTable(TableSpec spec, RequestId requestId) {
        int partitions = spec.partitions().orElse(cluster.shardCount());
        return submit(
                        requestId,
                        new CatalogCommand.CreateTable(
                                spec.name(),
                                spec.keySchema(),
                                partitions,
                                cluster.shardCount(),
                                spec.capacity(),
                                spec.deletionProtected(),
                                spec.tags(),
                                spec.tableClass(),
                                spec.onDemandLimits()))
                .thenApply(TableCatalog::table);
    }

    @Override
    public CompletionStage<TableDescription> describeTable(String name) {
        return catalog.read().thenApply(view -> require(view, name));
    }

    @Override
    public CompletionStage<TableDescription> awaitActive(String name, Duration timeout) {
        return waitAllowed(timeout).thenCompose(allowed -> catalog.read()).thenCompose(view -> {
            TableId id = require(view, name).id();
            return catalog.await(later -> !isCreating(later, id), timeout)
                    .thenApply(settled -> requireActive(settled, name, id));
        });
    }

    @Override
    public CompletionStage<TableList> listTables(Optional<String> exclusiveStartName, int limit) {
        if (limit < 1 || limit > TableList.MAX_LIMIT) {
            return invalid("a page has 1 to " + TableList.MAX_LIMIT + " tables, not " + limit);
        }
        return catalog.read().thenApply(view -> {
            List<TableDescription> found = view.state().tables(exclusiveStartName, limit + 1);
            boolean more = found.size() > limit;
            List<TableDescription> page = found.subList(0, Math.min(limit, found.size()));
            return new TableList(page, more ? Optional.of(page.getLast().name()) : Optional.empty());
        });
    }

    @Override
    public CompletionStage<TableDescription> changeTable(String name, TableChange change, RequestId requestId) {
        return submit(requestId, new CatalogCommand.ChangeTable(name, change)).thenApply(TableCatalog::table);
    }

    @Override
    public CompletionStage<TableDescription> deleteTable(String name, RequestId requestId) {
        return submit(requestId, new CatalogCommand.DeleteTable(name)).thenApply(TableCatalog::table);
    }

    @Override
    public CompletionStage<Void> awaitGone(String name, Duration timeout) {
        return waitAllowed(timeout).thenCompose(allowed -> catalog.read()).thenCompose(view -> {
            Optional<TableId> id = view.state().table(name).map(TableDescription::id);
            return id.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : catalog.await(later -> later.state().table(id.get()).isEmpty(), timeout)
                            .thenAccept(gone -> {});
        });
    }

    @Override
    public CompletionStage<BindingDescription> bindSource(BindingSpec spec, RequestId requestId) {
        Optional<String> problem = spec.format() instanceof SourceFormat.Avro avro ? problem(avro) : Optional.empty();
        if (problem.isPresent()) {
            return invalid(problem.get());
        }
        return submit(requestId, new CatalogCommand.BindSource(spec)).thenApply(outcome -> {
            if (outcome instanceof CatalogOutcome.Bound bound) {
                return bound.binding();
            }
            throw unexpected(outcome);
        });
    }

    @Override
    public CompletionStage<BindingDescription> unbindSource(int bindingId, RequestId requestId) {
        return submit(requestId, new CatalogCommand.UnbindSource(bindingId)).thenApply(outcome -> {
            if (outcome instanceof CatalogOutcome.Unbound unbound) {
                return unbound.binding();
            }
            throw unexpected(outcome);
        });
    }

    @Override
    public CompletionStage<List<BindingStatus>> listBindings() {
        return catalog.read().thenApply(view -> bindings(view));
    }

    @Override
    public CompletionStage<ClusterDescription> describeCluster() {
        return CompletableFuture.completedStage(cluster);
    }

    /** Answers even where the catalog's log cannot be reached. */
    @Override
    public CompletionStage<CatalogStatus> status() {
        CatalogView view = catalog.view();
        return CompletableFuture.completedStage(new CatalogStatus(
                cluster.version(),
                view.nextLsn(),
                view.state().tableCount(),
                view.state().partitionCount(),
                view.state().skippedRecords(),
                progress.unsettled(),
                bindings(view),
                catalog.fault()));
    }

    private List<BindingStatus> bindings(CatalogView view) {
        return view.state().bindings().stream().map(progress::binding).toList();
    }

    private CompletionStage<CatalogOutcome> submit(RequestId requestId, CatalogCommand command) {
        return catalog.submit(requestId, command).thenApply(outcome -> {
            if (outcome instanceof CatalogOutcome.Refused refused) {
                throw new CatalogException(refused.kind(), refused.message());
            }
            return outcome;
        });
    }

    private static Optional<String> problem(SourceFormat.Avro avro) {
        try {
            Schema schema = new Schema.Parser().parse(avro.schema());
            return schema.getType() == Schema.Type.RECORD
                    ? Optional.empty()
                    : Optional.of("the Avro schema must be a record, not " + schema.getType());
        } catch (AvroRuntimeException invalid) {
            return Optional.of("the Avro schema cannot be parsed: " + invalid.getMessage());
        }
    }

    private static TableDescription table(CatalogOutcome outcome) {
        if (outcome instanceof CatalogOutcome.TableIs is) {
            return is.table();
        }
        throw unexpected(outcome);
    }

    private static boolean isCreating(CatalogView view, TableId id) {
        return view.state()
                .table(id)
                .filter(table -> table.status() == TableStatus.CREATING)
                .isPresent();
    }

    private static TableDescription require(CatalogView view, String name) {
        return view.state().table(name).orElseThrow(() -> notFound(name));
    }

    private static TableDescription requireActive(CatalogView view, String name, TableId id) {
        TableDescription table = view.state().table(id).orElseThrow(() -> notFound(name));
        if (table.status() != TableStatus.ACTIVE) {
            throw new CatalogException(Kind.TABLE_IN_USE, "table " + name + " is " + table.status());
        }
        return table;
    }

    private static CompletionStage<Duration> waitAllowed(Duration timeout) {
        return timeout.isPositive() && timeout.compareTo(MAX_WAIT) <= 0
                ? CompletableFuture.completedFuture(timeout)
                : invalid("a wait lasts up to " + MAX_WAIT + ", not " + timeout);
    }

    private static <T> CompletionStage<T> invalid(String message) {
        return CompletableFuture.failedFuture(new CatalogException(Kind.INVALID_REQUEST, message));
    }

    private static CatalogException notFound(String name) {
        return new CatalogException(Kind.TABLE_NOT_FOUND, "there is no table " + name);
    }

    private static CatalogException unexpected(CatalogOutcome outcome) {
        return new CatalogException(Kind.INTERNAL, "the catalog answered " + outcome);
    }

    @Override
    public void close() {}
}
