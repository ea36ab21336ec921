package io.tidemark.materializer.core;

import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies update expressions as DynamoDB does. Every action reads the item, and counts list elements, as they were before the
 * update: first all actions are evaluated, then what they give is put in place in one walk over the item.
 */
final class Updates {
    /** What an action leaves at its path; null to leave nothing. */
    private record Change(@Nullable AttributeValue value) {
        static final Change REMOVED = new Change(null);
    }

    private Updates() {}

    /**
     * Whether the update, where there is no item, makes none and is applied without effect: all that it does is take away.
     * DynamoDB then does not even look at the paths.
     */
    static boolean onlyTakesAway(UpdateExpression update) {
        if (update.actions().isEmpty()) {
            return false;
        }
        for (UpdateAction action : update.actions()) {
            boolean takesAway = switch (action) {
                case UpdateAction.Set set -> false;
                case UpdateAction.Add add -> false;
                case UpdateAction.Remove remove -> true;
                case UpdateAction.Delete delete -> true;
            };
            if (!takesAway) {
                return false;
            }
        }
        return true;
    }

    /** The key of an item is what it is found by: no action may touch it, not even to set it to what it is. */
    static void requireNoKeyAttribute(UpdateExpression update, KeySchema keySchema) throws InvalidUpdateException {
        for (UpdateAction action : update.actions()) {
            String name = action.path().attribute();
            boolean isSortKey = keySchema.sortKey().isPresent()
                    && name.equals(keySchema.sortKey().get().name());
            if (isSortKey || name.equals(keySchema.partitionKey().name())) {
                throw new InvalidUpdateException(
                        InvalidReason.KEY_UPDATE,
                        "One or more parameter values were invalid: Cannot update attribute " + name
                                + ". This attribute is part of the key");
            }
        }
    }

    /** @param before the item; only its key attributes if there is none yet */
    static Item apply(UpdateExpression update, Item before) throws InvalidUpdateException {
        UpdateOperands operands = new UpdateOperands(before);
        PathTree<Change> changes = new PathTree<>();
        for (UpdateAction action : update.actions()) {
            place(changes, action.path(), change(action, operands));
        }
        return Item.of(changed(before.attributes(), changes));
    }

    private static Change change(UpdateAction action, UpdateOperands operands) throws InvalidUpdateException {
        return switch (action) {
            case UpdateAction.Set set -> put(set.path(), operands.assigned(set.value()));
            case UpdateAction.Add add -> put(add.path(), operands.added(add.path(), add.value()));
            case UpdateAction.Remove remove -> Change.REMOVED;
            case UpdateAction.Delete delete -> {
                AttributeValue rest = operands.remaining(delete.path(), delete.value());
                yield rest == null ? Change.REMOVED : new Change(rest);
            }
        };
    }

    private static Change put(DocumentPath path, AttributeValue value) throws InvalidUpdateException {
        if (Documents.isNestedTooDeep(value, path.elements().size() - 1)) {
            throw InvalidUpdateException.nesting();
        }
        return new Change(value);
    }

    private static void place(PathTree<Change> changes, DocumentPath path, Change change)
            throws InvalidUpdateException {
        PathTree<Change> node = changes;
        for (DocumentPath.Element element : path.elements()) {
            requireNoOverlap(node.leaf() != null);
            requireNoConflict(node, element);
            node = node.child(element);
        }
        requireNoOverlap(node.leaf() != null || node.hasAttributes() || node.hasIndexes());
        node.become(change);
    }

    private static void requireNoOverlap(boolean overlap) throws InvalidUpdateException {
        if (overlap) {
            throw new InvalidUpdateException(
                    InvalidReason.DOCUMENT_PATH,
                    "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of"
                            + " these paths");
        }
    }

    private static void requireNoConflict(PathTree<Change> node, DocumentPath.Element element)
            throws InvalidUpdateException {
        boolean conflict = switch (element) {
            case DocumentPath.Attribute attribute -> node.hasIndexes();
            case DocumentPath.Index index -> node.hasAttributes();
        };
        if (conflict) {
            throw new InvalidUpdateException(
                    InvalidReason.DOCUMENT_PATH,
                    "Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of"
                            + " these paths");
        }
    }

    private static AttributeValue changed(@Nullable AttributeValue container, PathTree<Change> changes)
            throws InvalidUpdateException {
        if (container instanceof AttributeValue.M map && !changes.hasIndexes()) {
            return AttributeValue.M.of(changed(map.values(), changes));
        }
        if (container instanceof AttributeValue.L list && !changes.hasAttributes()) {
            return new AttributeValue.L(changed(list.values(), changes.indexes()));
        }
        throw InvalidUpdateException.documentPath();
    }

    private static SortedMap<String, AttributeValue> changed(
            SortedMap<String, AttributeValue> map, PathTree<Change> changes) throws InvalidUpdateException {
        TreeMap<String, AttributeValue> result = new TreeMap<>(Utf8Order.INSTANCE);
        result.putAll(map);
        for (Map.Entry<String, PathTree<Change>> entry : changes.attributes().entrySet()) {
            AttributeValue value = changedChild(map.get(entry.getKey()), entry.getValue());
            if (value == null) {
                result.remove(entry.getKey());
            } else {
                result.put(entry.getKey(), value);
            }
        }
        return result;
    }

    /** Elements set beyond the end are appended in the order of their indexes; taking away what is not there does nothing. */
    private static List<AttributeValue> changed(List<AttributeValue> list, SortedMap<Integer, PathTree<Change>> changes)
            throws InvalidUpdateException {
        List<AttributeValue> result = new ArrayList<>(list.size() + changes.size());
        int copied = 0;
        for (Map.Entry<Integer, PathTree<Change>> entry : changes.entrySet()) {
            int index = Math.min(entry.getKey(), list.size());
            result.addAll(list.subList(copied, index));
            boolean exists = index < list.size();
            AttributeValue value = changedChild(exists ? list.get(index) : null, entry.getValue());
            if (value != null) {
                result.add(value);
            }
            copied = exists ? index + 1 : index;
        }
        result.addAll(list.subList(copied, list.size()));
        return result;
    }

    private static @Nullable AttributeValue changedChild(@Nullable AttributeValue child, PathTree<Change> changes)
            throws InvalidUpdateException {
        Change change = changes.leaf();
        return change == null ? changed(child, changes) : change.value();
    }
}
