package io.tidemark.router.operation.table;

import io.tidemark.router.error.TableErrors;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.catalog.TableStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code CreateTable}. */
final class CreateTableOperation implements Operation {
    private final TableContext context;
    private final TableCalls calls;
    private final TableJson json;

    CreateTableOperation(TableContext context) {
        this.context = context;
        this.calls = new TableCalls(context);
        this.json = new TableJson(context);
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        String name = TableCalls.tableName(call);
        TableSpec spec = TableDefinition.read(name, call.parameters());
        CompletionStage<TableDescription> creation = context.tables()
                .createTable(spec, calls.requestId(call))
                .exceptionallyCompose(failure -> existing(name, failure));
        return TableFailures.translated(creation, name)
                .thenCompose(table -> settled(name)
                        .thenApply(active -> TableJson.answer(TableJson.object()
                                .set("TableDescription", json.describeNew(table.withStatus(TableStatus.CREATING))))));
    }

    /** A table of that name is there: what is said of it depends on how far it is. */
    private CompletionStage<TableDescription> existing(String name, Throwable failure) {
        Throwable cause = TableFailures.unwrapped(failure);
        if (!(cause instanceof CatalogException refused)
                || (refused.kind() != Kind.TABLE_EXISTS && refused.kind() != Kind.TABLE_IN_USE)) {
            return CompletableFuture.failedFuture(cause);
        }
        return context.tables()
                .describeTable(name)
                .thenApply(TableDescription::status)
                .exceptionally(gone -> TableStatus.DELETING)
                .thenCompose(status -> CompletableFuture.failedFuture(
                        status == TableStatus.CREATING ? TableErrors.beingCreated(name) : TableErrors.exists(name)));
    }

    private CompletionStage<Boolean> settled(String name) {
        return context.settleLimit().isZero()
                ? CompletableFuture.completedFuture(false)
                : context.tables()
                        .awaitActive(name, context.settleLimit())
                        .handle((active, failure) -> failure == null);
    }
}
