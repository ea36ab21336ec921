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
 * update: the actions are joined by their paths, the paths are checked, and then one walk over the item copies what stays and
 * evaluates what changes.
 */
final class Updates {
    private final UpdateOperands operands;

    private Updates(Item before) {
        this.operands = new UpdateOperands(before);
    }

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
        PathTree<UpdateAction> actions = new PathTree<>();
        for (UpdateAction action : update.actions()) {
            place(actions, action);
        }
        for (Map.Entry<String, PathTree<UpdateAction>> entry :
                actions.attributes().entrySet()) {
            requireParents(before.get(entry.getKey()), entry.getValue());
        }
        return new Item(new Updates(before).changed(before.attributes(), actions.attributes()));
    }

    private static void place(PathTree<UpdateAction> actions, UpdateAction action) throws InvalidUpdateException {
        PathTree<UpdateAction> node = actions;
        for (DocumentPath.Element element : action.path().elements()) {
            requireNoOverlap(node.leaf() != null);
            requireNoConflict(node, element);
            node = node.child(element);
        }
        requireNoOverlap(node.leaf() != null || node.hasAttributes() || node.hasIndexes());
        node.become(action);
    }

    private static void requireNoOverlap(boolean overlap) throws InvalidUpdateException {
        if (overlap) {
            throw new InvalidUpdateException(
                    InvalidReason.DOCUMENT_PATH,
                    "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of"
                            + " these paths");
        }
    }

    private static void requireNoConflict(PathTree<UpdateAction> node, DocumentPath.Element element)
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

    /** Where paths go on, there must be a map or list, as they say. */
    private static void requireParents(@Nullable AttributeValue value, PathTree<UpdateAction> actions)
            throws InvalidUpdateException {
        if (actions.leaf() != null) {
            return;
        }
        if (value instanceof AttributeValue.M map && !actions.hasIndexes()) {
            for (Map.Entry<String, PathTree<UpdateAction>> entry :
                    actions.attributes().entrySet()) {
                requireParents(map.values().get(entry.getKey()), entry.getValue());
            }
        } else if (value instanceof AttributeValue.L list && !actions.hasAttributes()) {
            for (Map.Entry<Integer, PathTree<UpdateAction>> entry :
                    actions.indexes().entrySet()) {
                int index = entry.getKey();
                requireParents(index < list.values().size() ? list.values().get(index) : null, entry.getValue());
            }
        } else {
            throw InvalidUpdateException.documentPath();
        }
    }

    private SortedMap<String, AttributeValue> changed(
            SortedMap<String, AttributeValue> map, SortedMap<String, PathTree<UpdateAction>> actions)
            throws InvalidUpdateException {
        TreeMap<String, AttributeValue> result = new TreeMap<>(Utf8Order.INSTANCE);
        result.putAll(map);
        for (Map.Entry<String, PathTree<UpdateAction>> entry : actions.entrySet()) {
            AttributeValue value = changed(map.get(entry.getKey()), entry.getValue());
            if (value == null) {
                result.remove(entry.getKey());
            } else {
                result.put(entry.getKey(), value);
            }
        }
        return result;
    }

    /** Elements set beyond the end are appended in the order of their indexes; taking away what is not there does nothing. */
    private List<AttributeValue> changed(List<AttributeValue> list, SortedMap<Integer, PathTree<UpdateAction>> actions)
            throws InvalidUpdateException {
        List<AttributeValue> result = new ArrayList<>(list.size() + actions.size());
        int copied = 0;
        for (Map.Entry<Integer, PathTree<UpdateAction>> entry : actions.entrySet()) {
            int index = Math.min(entry.getKey(), list.size());
            result.addAll(list.subList(copied, index));
            boolean exists = index < list.size();
            AttributeValue value = changed(exists ? list.get(index) : null, entry.getValue());
            if (value != null) {
                result.add(value);
            }
            copied = exists ? index + 1 : index;
        }
        result.addAll(list.subList(copied, list.size()));
        return result;
    }

    /** Null to leave nothing. */
    private @Nullable AttributeValue changed(@Nullable AttributeValue value, PathTree<UpdateAction> actions)
            throws InvalidUpdateException {
        UpdateAction action = actions.leaf();
        if (action != null) {
            return result(action);
        }
        if (value instanceof AttributeValue.M map) {
            return new AttributeValue.M(changed(map.values(), actions.attributes()));
        }
        if (value instanceof AttributeValue.L list) {
            return new AttributeValue.L(changed(list.values(), actions.indexes()));
        }
        throw InvalidUpdateException.documentPath();
    }

    private @Nullable AttributeValue result(UpdateAction action) throws InvalidUpdateException {
        return switch (action) {
            case UpdateAction.Set set -> requireNesting(set.path(), operands.assigned(set.value()));
            case UpdateAction.Add add -> operands.added(add.path(), add.value());
            case UpdateAction.Remove remove -> null;
            case UpdateAction.Delete delete -> operands.remaining(delete.path(), delete.value());
        };
    }

    private static AttributeValue requireNesting(DocumentPath path, AttributeValue value)
            throws InvalidUpdateException {
        if (Documents.isNestedTooDeep(value, path.elements().size() - 1)) {
            throw InvalidUpdateException.nesting();
        }
        return value;
    }
}
