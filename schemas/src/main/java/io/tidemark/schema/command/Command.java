package io.tidemark.schema.command;

import io.tidemark.schema.TableId;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.Item;
import java.util.Optional;

/** What a client or the control plane asks a shard to do. It carries everything that evaluating it needs. */
public sealed interface Command {

    /** A command that concerns one item. */
    sealed interface ItemCommand extends Command {
        TableId tableId();

        Optional<Condition> condition();

        ReturnValues returnValues();

        /** Whether a failed condition returns the item that it was evaluated against. */
        boolean returnOldOnConditionFailure();
    }

    /** Replaces the whole item. {@code returnValues} is NONE or ALL_OLD. */
    record PutItem(
            TableId tableId,
            Item item,
            Optional<Condition> condition,
            ReturnValues returnValues,
            boolean returnOldOnConditionFailure)
            implements ItemCommand {
        public PutItem {
            requireNoneOrAllOld(returnValues);
        }

        public static PutItem of(TableId tableId, Item item) {
            return new PutItem(tableId, item, Optional.empty(), ReturnValues.NONE, false);
        }
    }

    /** Removes the item; applied without effect where there is none. {@code returnValues} is NONE or ALL_OLD. */
    record DeleteItem(
            TableId tableId,
            PrimaryKey key,
            Optional<Condition> condition,
            ReturnValues returnValues,
            boolean returnOldOnConditionFailure)
            implements ItemCommand {
        public DeleteItem {
            requireNoneOrAllOld(returnValues);
        }

        public static DeleteItem of(TableId tableId, PrimaryKey key) {
            return new DeleteItem(tableId, key, Optional.empty(), ReturnValues.NONE, false);
        }
    }

    /** Changes attributes of the item, or creates it. */
    record UpdateItem(
            TableId tableId,
            PrimaryKey key,
            UpdateExpression update,
            Optional<Condition> condition,
            ReturnValues returnValues,
            boolean returnOldOnConditionFailure)
            implements ItemCommand {
        public static UpdateItem of(TableId tableId, PrimaryKey key, UpdateExpression update) {
            return new UpdateItem(tableId, key, update, Optional.empty(), ReturnValues.NONE, false);
        }
    }

    /** From this LSN on the shard owns {@code range} of the table. Repeating it changes nothing. */
    record OpenPartition(TableId tableId, KeySchema keySchema, HashRange range) implements Command {}

    /** From this LSN on commands for the table are rejected; its items stay until purged. Repeating it changes nothing. */
    record CloseTable(TableId tableId) implements Command {}

    /** Deletes the first items, at most {@code maxItems}, of a closed table; the outcome says whether to go on. */
    record PurgeTable(TableId tableId, int maxItems) implements Command {
        /** Bounds the work of one record. */
        public static final int MAX_ITEMS = 1_000;

        public PurgeTable {
            if (maxItems < 1 || maxItems > MAX_ITEMS) {
                throw new IllegalArgumentException("purge takes 1 to " + MAX_ITEMS + " items: " + maxItems);
            }
        }
    }

    /** Changes no item and marks an exact LSN. */
    record Barrier(BarrierKind kind) implements Command {}

    private static void requireNoneOrAllOld(ReturnValues returnValues) {
        if (returnValues != ReturnValues.NONE && returnValues != ReturnValues.ALL_OLD) {
            throw new IllegalArgumentException("ReturnValues can only be ALL_OLD or NONE: " + returnValues);
        }
    }
}
