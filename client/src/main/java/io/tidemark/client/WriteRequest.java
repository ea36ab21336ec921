package io.tidemark.client;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import java.util.Optional;

/** A change of one item. Immutable: each method that adds something returns a new request. */
public sealed interface WriteRequest permits PutRequest, DeleteRequest, UpdateRequest {
    String tableName();

    WriteOptions options();

    /** This request with other options. */
    WriteRequest with(WriteOptions options);

    /** @throws InvalidKeyException if a key attribute is missing */
    PrimaryKey key(KeySchema keySchema);

    /** @throws IllegalArgumentException if the return values do not go with the kind of write */
    ItemCommand command(TableId tableId);

    /**
     * What all writes have in common.
     *
     * @param returnOldOnConditionFailure whether a failed condition gives the item back
     * @param requestId chosen by the caller so that it can repeat the write, even after a restart; else the client makes one
     */
    record WriteOptions(
            Optional<Condition> condition,
            ReturnValues returnValues,
            boolean returnOldOnConditionFailure,
            Optional<RequestId> requestId) {
        public static final WriteOptions DEFAULT =
                new WriteOptions(Optional.empty(), ReturnValues.NONE, false, Optional.empty());

        WriteOptions when(Condition newCondition) {
            return new WriteOptions(Optional.of(newCondition), returnValues, returnOldOnConditionFailure, requestId);
        }

        WriteOptions returning(ReturnValues newReturnValues) {
            return new WriteOptions(condition, newReturnValues, returnOldOnConditionFailure, requestId);
        }

        WriteOptions returningOldOnConditionFailure() {
            return new WriteOptions(condition, returnValues, true, requestId);
        }

        WriteOptions as(RequestId newRequestId) {
            return new WriteOptions(condition, returnValues, returnOldOnConditionFailure, Optional.of(newRequestId));
        }
    }
}
