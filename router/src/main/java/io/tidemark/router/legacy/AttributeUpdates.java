package io.tidemark.router.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.LegacyErrors;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads AttributeUpdates. The JSON has the types and the actions that the operation's shape gives it; a member that is null
 * counts as absent.
 *
 * <p>Where the state machine finds that an attribute has another type than the update takes, these requests are told
 * {@link LegacyErrors#updatedTypeMismatch()}.
 */
public final class AttributeUpdates {
    private enum Action {
        PUT,
        ADD,
        DELETE
    }

    private static final String VALUE = "Value";
    private static final AttributeValue EMPTY_LIST = new AttributeValue.L(List.of());

    private AttributeUpdates() {}

    /**
     * @param updates null or missing where the request has none, which changes nothing
     * @param reader reads one attribute value
     * @throws ApiException if an action lacks its value, or has one that it does not take, or the reader throws it
     */
    public static UpdateExpression read(JsonNode updates, Function<JsonNode, AttributeValue> reader) {
        List<UpdateAction> actions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : updates.properties()) {
            actions.add(action(entry.getKey(), entry.getValue(), reader));
        }
        return new UpdateExpression(actions);
    }

    private static UpdateAction action(String attribute, JsonNode update, Function<JsonNode, AttributeValue> reader) {
        Action action = update.hasNonNull("Action")
                ? Action.valueOf(update.get("Action").asText())
                : Action.PUT;
        if (update.hasNonNull(VALUE)) {
            AttributeValue value = reader.apply(update.get(VALUE));
            DocumentPath path = AttributeNames.path(attribute);
            return switch (action) {
                case PUT -> new UpdateAction.Set(path, new UpdateValue.Literal(value));
                case ADD -> add(path, value);
                case DELETE -> delete(path, value);
            };
        }
        if (action != Action.DELETE) {
            throw LegacyErrors.updateWithoutValue();
        }
        return new UpdateAction.Remove(AttributeNames.path(attribute));
    }

    /** Unlike the ADD of expressions it takes lists, too, and appends them. */
    private static UpdateAction add(DocumentPath path, AttributeValue value) {
        return switch (value.type()) {
            case N, SS, NS, BS -> new UpdateAction.Add(path, value);
            case L ->
                new UpdateAction.Set(
                        path,
                        new UpdateValue.ListAppend(
                                new UpdateValue.IfNotExists(path, new UpdateValue.Literal(EMPTY_LIST)),
                                new UpdateValue.Literal(value)));
            case S, B, BOOL, NULL, M ->
                throw LegacyErrors.updateType("ADD", value.type().name());
        };
    }

    private static UpdateAction delete(DocumentPath path, AttributeValue value) {
        return switch (value.type()) {
            case SS, NS, BS -> new UpdateAction.Delete(path, value);
            case S, N, B, BOOL, NULL, L, M ->
                throw LegacyErrors.updateType("DELETE", value.type().name());
        };
    }
}
