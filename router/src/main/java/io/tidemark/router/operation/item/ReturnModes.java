package io.tidemark.router.operation.item;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.schema.command.ReturnValues;

/** The parameters that say which attributes a write gives back. */
final class ReturnModes {
    private ReturnModes() {}

    /** {@code ReturnValues} of an update. */
    static ReturnValues any(Parameters input) {
        return input.text("ReturnValues").map(ReturnValues::valueOf).orElse(ReturnValues.NONE);
    }

    /**
     * {@code ReturnValues} of a put or delete.
     *
     * @throws ApiException VALIDATION for what only updates have
     */
    static ReturnValues oldOnly(Parameters input) {
        return switch (any(input)) {
            case NONE -> ReturnValues.NONE;
            case ALL_OLD -> ReturnValues.ALL_OLD;
            case UPDATED_OLD, ALL_NEW, UPDATED_NEW -> throw ItemErrors.returnValues();
        };
    }

    /** Whether a failed condition tells what it was evaluated against. */
    static boolean oldOnConditionFailure(Parameters input) {
        return input.text("ReturnValuesOnConditionCheckFailure")
                .filter(ReturnValues.ALL_OLD.name()::equals)
                .isPresent();
    }
}
