package io.tidemark.client;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.command.Command.UpdateItem;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;

/** Changes attributes of an item, or creates it. */
public record UpdateRequest(String tableName, PrimaryKey key, UpdateExpression update, WriteOptions options)
        implements WriteRequest {
    public static UpdateRequest of(String tableName, PrimaryKey key, UpdateExpression update) {
        return new UpdateRequest(tableName, key, update, WriteOptions.DEFAULT);
    }

    /** Only if the condition holds for the item as it is. */
    public UpdateRequest when(Condition condition) {
        return with(options.when(condition));
    }

    public UpdateRequest returning(ReturnValues returnValues) {
        return with(options.returning(returnValues));
    }

    public UpdateRequest returningOldOnConditionFailure() {
        return with(options.returningOldOnConditionFailure());
    }

    /** With a request id of the caller's choice, so that the write can be repeated. */
    public UpdateRequest as(RequestId requestId) {
        return with(options.as(requestId));
    }

    @Override
    public UpdateRequest with(WriteOptions newOptions) {
        return new UpdateRequest(tableName, key, update, newOptions);
    }

    @Override
    public PrimaryKey key(KeySchema keySchema) {
        return key;
    }

    @Override
    public ItemCommand command(TableId tableId) {
        return new UpdateItem(
                tableId,
                key,
                update,
                options.condition(),
                options.returnValues(),
                options.returnOldOnConditionFailure());
    }
}
