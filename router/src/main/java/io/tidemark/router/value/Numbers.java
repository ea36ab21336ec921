package io.tidemark.router.value;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ValueErrors;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.InvalidValueException;

/** Numbers, which requests give as text. */
final class Numbers {
    private Numbers() {}

    /** @throws ApiException VALIDATION if the text is no number, or out of range */
    static Decimal parse(String text) {
        if (text.isEmpty()) {
            throw ValueErrors.notANumber("");
        }
        try {
            return Decimal.parse(text);
        } catch (InvalidValueException e) {
            String message = String.valueOf(e.getMessage());
            boolean notANumber =
                    message.startsWith(ValueErrors.NOT_A_NUMBER) && text.length() <= Decimal.MAX_TEXT_LENGTH;
            throw notANumber ? ValueErrors.notANumber(text) : ApiException.validation(message);
        }
    }
}
