package io.tidemark.router.operation.table;

import io.tidemark.router.error.TableErrors;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code DeleteTable}. */
final class DeleteTableOperation implements Operation {
    private final TableContext context;
    private final TableCalls calls;
    private final TableJson json;

    DeleteTableOperation(TableContext context) {
        this.context = context;
        this.calls = new TableCalls(context);
        this.json = new TableJson(context);
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        String name = TableCalls.tableName(call);
        CompletionStage<TableDescription> deletion = isBeingCreated(name)
                .thenCompose(creating -> creating
                        ? CompletableFuture.failedFuture(TableErrors.beingCreated(name))
                        : context.tables().deleteTable(name, calls.requestId(call)));
        return TableFailures.translated(deletion, name)
                .thenCompose(table -> settled(name)
                        .thenApply(gone -> TableJson.answer(TableJson.object()
                                .set(
                                        "TableDescription",
                                        json.describeWithoutSchema(table, TableStatus.DELETING.name())))));
    }

    /** The catalog itself deletes a table that is being created; DynamoDB does not. */
    private CompletionStage<Boolean> isBeingCreated(String name) {
        // A table that is not there, or not to be read, is for the deletion to find: it may be the repetition of one.
        return context.tables()
                .describeTable(name)
                .thenApply(table -> table.status() == TableStatus.CREATING)
                .exceptionally(failure -> false);
    }

    private CompletionStage<Boolean> settled(String name) {
        return context.settleLimit().isZero()
                ? CompletableFuture.completedFuture(false)
                : context.tables().awaitGone(name, context.settleLimit()).handle((gone, failure) -> failure == null);
    }
}
