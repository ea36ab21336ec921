package io.tidemark.router.operation.table;

import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import java.util.concurrent.CompletionStage;

/** {@code DescribeTable}. */
final class DescribeTableOperation implements Operation {
    private final TableContext context;
    private final TableJson json;

    DescribeTableOperation(TableContext context) {
        this.context = context;
        this.json = new TableJson(context);
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        String name = TableCalls.tableName(call);
        return TableFailures.translated(context.tables().describeTable(name), name)
                .thenApply(table -> TableJson.answer(TableJson.object().set("Table", json.describe(table))));
    }
}
