package io.tidemark.router.value;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ValueErrors;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.InvalidValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers, which requests give as text. */
final class Numbers {
    /** A number whose exponent may be larger than any that can be computed with. */
    private static final Pattern SCIENTIFIC =
            Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)[eE](?<sign>[+-]?)[0-9]+");

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
            Matcher scientific = SCIENTIFIC.matcher(text);
            if (message.startsWith(ValueErrors.NOT_A_NUMBER) && scientific.matches()) {
                throw scientific.group("sign").equals("-") ? ValueErrors.underflow() : ValueErrors.overflow();
            }
            boolean notANumber =
                    message.startsWith(ValueErrors.NOT_A_NUMBER) && text.length() <= Decimal.MAX_TEXT_LENGTH;
            throw notANumber ? ValueErrors.notANumber(text) : ApiException.validation(message);
        }
    }
}
