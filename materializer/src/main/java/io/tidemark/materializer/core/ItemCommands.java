package io.tidemark.materializer.core;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.ItemSize;
import io.tidemark.schema.value.Utf8Order;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates put, delete and update. What a request could be refused for without looking at the item comes first, then the
 * condition, then what only the item shows; as at DynamoDB's front door.
 */
final class ItemCommands {
    private final StateView view;
    private final Lsn lsn;
    private final List<Mutation> mutations;

    private ItemCommands(StateView view, Lsn lsn, List<Mutation> mutations) {
        this.view = view;
        this.lsn = lsn;
        this.mutations = mutations;
    }

    static Outcome execute(StateView view, WalRecord record, Command.ItemCommand command, List<Mutation> mutations) {
        Optional<TableState> table = view.table(command.tableId());
        if (table.isEmpty()) {
            return Rejections.unknownTable(command.tableId());
        }
        if (!table.get().open()) {
            return Rejections.closedTable(command.tableId());
        }
        KeySchema keySchema = table.get().keySchema();
        ItemKey key;
        try {
            key = KeyEncoding.encode(command.tableId(), keySchema, primaryKey(keySchema, command));
        } catch (InvalidKeyException e) {
            String message = e.getMessage();
            return new Outcome.Invalid(InvalidReason.KEY, message == null ? "invalid key" : message);
        }
        if (!key.bytes().equals(record.key())) {
            return Rejections.recordKeyMismatch();
        }
        if (!table.get().owns(key.keyHash())) {
            return Rejections.wrongRange(command.tableId(), key.keyHash());
        }
        if (!ExpressionLimits.admit(command)) {
            return Rejections.expressionTooLarge();
        }
        return new ItemCommands(view, record.lsn(), mutations).execute(keySchema, key, command);
    }

    private static PrimaryKey primaryKey(KeySchema keySchema, Command.ItemCommand command) {
        return switch (command) {
            case Command.PutItem put -> KeyEncoding.primaryKeyOf(keySchema, put.item());
            case Command.DeleteItem delete -> delete.key();
            case Command.UpdateItem update -> update.key();
        };
    }

    private Outcome execute(KeySchema keySchema, ItemKey key, Command.ItemCommand command) {
        return switch (command) {
            case Command.PutItem put -> put(key, put);
            case Command.DeleteItem delete -> delete(key, delete);
            case Command.UpdateItem update -> update(keySchema, key, update);
        };
    }

    private Outcome put(ItemKey key, Command.PutItem put) {
        int sizeBytes = ItemSize.of(put.item());
        if (sizeBytes > ItemSize.MAX_ITEM_BYTES) {
            return new Outcome.Invalid(InvalidReason.ITEM_TOO_LARGE, "Item size has exceeded the maximum allowed size");
        }
        if (Documents.isNestedTooDeep(put.item())) {
            return new Outcome.Invalid(
                    InvalidReason.NESTING,
                    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond"
                            + " supported limit");
        }
        StoredItem before = view.item(key);
        if (!holds(put, before)) {
            return conditionFailed(put, before);
        }
        mutations.add(new Mutation.PutItem(key, before, StoredItem.of(lsn, put.item(), sizeBytes)));
        return new Outcome.Applied(allOld(put, before), sizeBytes(before), sizeBytes);
    }

    private Outcome delete(ItemKey key, Command.DeleteItem delete) {
        StoredItem before = view.item(key);
        if (!holds(delete, before)) {
            return conditionFailed(delete, before);
        }
        if (before != null) {
            mutations.add(new Mutation.DeleteItem(key, before));
        }
        return new Outcome.Applied(allOld(delete, before), sizeBytes(before), 0);
    }

    private Outcome update(KeySchema keySchema, ItemKey key, Command.UpdateItem update) {
        try {
            Updates.requireNoKeyAttribute(update.update(), keySchema);
            StoredItem before = view.item(key);
            if (!holds(update, before)) {
                return conditionFailed(update, before);
            }
            if (before == null && Updates.onlyTakesAway(update.update())) {
                return new Outcome.Applied(Optional.empty(), 0, 0);
            }
            Item old = before == null ? keyAttributes(keySchema, update.key()) : before.item();
            Item updated = Updates.apply(update.update(), old);
            int sizeBytes = ItemSize.of(updated);
            if (sizeBytes > ItemSize.MAX_ITEM_BYTES) {
                throw InvalidUpdateException.tooLarge();
            }
            mutations.add(new Mutation.PutItem(key, before, StoredItem.of(lsn, updated, sizeBytes)));
            return new Outcome.Applied(returned(update, before, updated), sizeBytes(before), sizeBytes);
        } catch (InvalidUpdateException e) {
            return e.outcome();
        }
    }

    private static Item keyAttributes(KeySchema keySchema, PrimaryKey key) {
        TreeMap<String, AttributeValue> attributes = new TreeMap<>(Utf8Order.INSTANCE);
        attributes.put(keySchema.partitionKey().name(), key.partition());
        if (keySchema.sortKey().isPresent() && key.sort().isPresent()) {
            attributes.put(keySchema.sortKey().get().name(), key.sort().get());
        }
        return new Item(attributes);
    }

    private static boolean holds(Command.ItemCommand command, @Nullable StoredItem before) {
        return command.condition().isEmpty()
                || Conditions.test(command.condition().get(), before == null ? null : before.item());
    }

    private static Outcome conditionFailed(Command.ItemCommand command, @Nullable StoredItem before) {
        Optional<Item> old =
                command.returnOldOnConditionFailure() && before != null ? Optional.of(before.item()) : Optional.empty();
        return new Outcome.ConditionFailed(old, sizeBytes(before));
    }

    private static int sizeBytes(@Nullable StoredItem item) {
        return item == null ? 0 : item.sizeBytes();
    }

    private static Optional<Item> allOld(Command.ItemCommand command, @Nullable StoredItem before) {
        return command.returnValues() == ReturnValues.ALL_OLD && before != null
                ? Optional.of(before.item())
                : Optional.empty();
    }

    private static Optional<Item> returned(Command.UpdateItem update, @Nullable StoredItem before, Item updated) {
        return switch (update.returnValues()) {
            case NONE -> Optional.empty();
            case ALL_OLD -> allOld(update, before);
            case ALL_NEW -> Optional.of(updated);
            case UPDATED_OLD -> before == null ? Optional.empty() : touched(update.update(), before.item());
            case UPDATED_NEW -> touched(update.update(), updated);
        };
    }

    /**
     * The paths that the update names, looked up as they are written. So, as in DynamoDB, an element appended by an index beyond
     * the end is not found, and at the index of a removed element is the one that moved there.
     */
    private static Optional<Item> touched(UpdateExpression update, Item item) {
        List<DocumentPath> paths = new ArrayList<>(update.actions().size());
        for (UpdateAction action : update.actions()) {
            paths.add(action.path());
        }
        Item touched = Projections.project(item, paths);
        return touched.attributes().isEmpty() ? Optional.empty() : Optional.of(touched);
    }
}
