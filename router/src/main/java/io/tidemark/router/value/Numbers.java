package io.tidemark.router.value;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ValueErrors;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.InvalidValueException;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers, which requests give as text. */
final class Numbers {
    /** A number whose exponent may be larger than any that can be computed with. */
    private static final Pattern SCIENTIFIC =
            Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)[eE](?<exponent>[+-]?[0-9]+)");

    private Numbers() {}

    /** @throws ApiException VALIDATION if the text is no number, or out of range */
    static Decimal parse(String text) {
        if (text.isEmpty()) {
            throw ValueErrors.notANumber("");
        }
        try {
            Decimal number = Decimal.parse(text);
            if (number.equals(Decimal.ZERO)) {
                requireExponentInRange(text);
            }
            return number;
        } catch (InvalidValueException e) {
            String message = String.valueOf(e.getMessage());
            Matcher scientific = SCIENTIFIC.matcher(text);
            if (message.startsWith(ValueErrors.NOT_A_NUMBER) && scientific.matches()) {
                throw outOfRange(text, scientific.group("exponent"));
            }
            boolean notANumber =
                    message.startsWith(ValueErrors.NOT_A_NUMBER) && text.length() <= Decimal.MAX_TEXT_LENGTH;
            throw notANumber ? ValueErrors.notANumber(text) : ApiException.validation(message);
        }
    }

    private static ApiException outOfRange(String text, String exponent) {
        try {
            return Long.parseLong(exponent) < 0 ? ValueErrors.underflow() : ValueErrors.overflow();
        } catch (NumberFormatException e) {
            return ValueErrors.notANumber(text);
        }
    }

    /** The service looks at the exponent that a zero is written with as at that of any other digit. */
    private static void requireExponentInRange(String zero) {
        if (!SCIENTIFIC.matcher(zero).matches()) {
            return;
        }
        long exponent = -(long) new BigDecimal(zero).scale();
        if (exponent > Decimal.MAX_EXPONENT) {
            throw ValueErrors.overflow();
        }
        if (exponent < Decimal.MIN_EXPONENT) {
            throw ValueErrors.underflow();
        }
    }
}
