package io.tidemark.client;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.command.Command.PutItem;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.Item;

/** Replaces a whole item, or creates it. Return values: NONE or ALL_OLD. */
public record PutRequest(String tableName, Item item, WriteOptions options) implements WriteRequest {
    public static PutRequest of(String tableName, Item item) {
        return new PutRequest(tableName, item, WriteOptions.DEFAULT);
    }

    /** Only if the condition holds for the item as it is. */
    public PutRequest when(Condition condition) {
        return with(options.when(condition));
    }

    public PutRequest returning(ReturnValues returnValues) {
        return with(options.returning(returnValues));
    }

    public PutRequest returningOldOnConditionFailure() {
        return with(options.returningOldOnConditionFailure());
    }

    /** With a request id of the caller's choice, so that the write can be repeated. */
    public PutRequest as(RequestId requestId) {
        return with(options.as(requestId));
    }

    @Override
    public PutRequest with(WriteOptions newOptions) {
        return new PutRequest(tableName, item, newOptions);
    }

    @Override
    public PrimaryKey key(KeySchema keySchema) {
        return KeyEncoding.primaryKeyOf(keySchema, item);
    }

    @Override
    public ItemCommand command(TableId tableId) {
        return new PutItem(
                tableId, item, options.condition(), options.returnValues(), options.returnOldOnConditionFailure());
    }
}
