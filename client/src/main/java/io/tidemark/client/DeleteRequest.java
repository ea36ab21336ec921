package io.tidemark.client;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command.DeleteItem;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;

/** Removes an item if it is there. Return values: NONE or ALL_OLD. */
public record DeleteRequest(String tableName, PrimaryKey key, WriteOptions options) implements WriteRequest {
    public static DeleteRequest of(String tableName, PrimaryKey key) {
        return new DeleteRequest(tableName, key, WriteOptions.DEFAULT);
    }

    /** Only if the condition holds for the item as it is. */
    public DeleteRequest when(Condition condition) {
        return with(options.when(condition));
    }

    public DeleteRequest returning(ReturnValues returnValues) {
        return with(options.returning(returnValues));
    }

    public DeleteRequest returningOldOnConditionFailure() {
        return with(options.returningOldOnConditionFailure());
    }

    /** With a request id of the caller's choice, so that the write can be repeated. */
    public DeleteRequest as(RequestId requestId) {
        return with(options.as(requestId));
    }

    @Override
    public DeleteRequest with(WriteOptions newOptions) {
        return new DeleteRequest(tableName, key, newOptions);
    }

    @Override
    public PrimaryKey key(KeySchema keySchema) {
        return key;
    }

    @Override
    public ItemCommand command(TableId tableId) {
        return new DeleteItem(
                tableId, key, options.condition(), options.returnValues(), options.returnOldOnConditionFailure());
    }
}
