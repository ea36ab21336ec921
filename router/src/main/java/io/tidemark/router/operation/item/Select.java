package io.tidemark.router.operation.item;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ItemErrors;

/** What a Query or Scan gives of the items that it finds. */
enum Select {
    ALL_ATTRIBUTES("ALL_ATTRIBUTES"),
    ALL_PROJECTED_ATTRIBUTES("ALL_PROJECTED_ATTRIBUTES"),
    SPECIFIC_ATTRIBUTES("SPECIFIC_ATTRIBUTES"),
    COUNT("only the Count");

    private final String description;

    Select(String description) {
        this.description = description;
    }

    /** @throws ApiException VALIDATION if it does not go with the projection, or lack of one, or of an index */
    static Select of(Parameters input) {
        boolean expression = input.has("ProjectionExpression");
        boolean projected = expression || input.has("AttributesToGet");
        Select select = input.text("Select")
                .map(Select::valueOf)
                .orElse(
                        projected
                                ? SPECIFIC_ATTRIBUTES
                                : input.has("IndexName") ? ALL_PROJECTED_ATTRIBUTES : ALL_ATTRIBUTES);
        if (select == SPECIFIC_ATTRIBUTES && !projected) {
            throw ItemErrors.selectWithoutProjection();
        }
        if (select != SPECIFIC_ATTRIBUTES && projected) {
            throw ItemErrors.selectAndProjection(
                    expression ? "ProjectionExpression" : "AttributesToGet", select.description);
        }
        if (select == ALL_PROJECTED_ATTRIBUTES && !input.has("IndexName")) {
            throw ItemErrors.selectWithoutIndex();
        }
        return select;
    }
}
