package io.tidemark.schema.expression;

import java.util.List;

/** What an UpdateItem does to the item; may be empty (then it creates the item if it is absent). */
public record UpdateExpression(List<UpdateAction> actions) {
    public static final UpdateExpression NOTHING = new UpdateExpression(List.of());

    public UpdateExpression {
        actions = List.copyOf(actions);
    }

    public static UpdateExpression of(UpdateAction... actions) {
        return new UpdateExpression(List.of(actions));
    }
}
