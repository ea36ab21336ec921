package io.tidemark.router.value;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ValueErrors;
import io.tidemark.router.error.ValueWording;
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

    /** Of one that fits in 32 bits, with its sign. */
    private static final int MAX_OLDER_EXPONENT_LENGTH = 11;

    private Numbers() {}

    /** @throws ApiException VALIDATION if the text is no number, or out of range */
    static Decimal parse(String text, ValueWording wording) {
        if (text.isEmpty()) {
            throw ValueErrors.notANumber("", wording);
        }
        try {
            Decimal number = Decimal.parse(text);
            if (number.equals(Decimal.ZERO)) {
                requireExponentInRange(text);
            }
            return number;
        } catch (InvalidValueException e) {
            throw fault(text, String.valueOf(e.getMessage()), wording);
        }
    }

    private static ApiException fault(String text, String message, ValueWording wording) {
        boolean noNumber = message.startsWith(ValueErrors.NOT_A_NUMBER);
        Matcher scientific = SCIENTIFIC.matcher(text);
        if (scientific.matches()) {
            String exponent = scientific.group("exponent");
            if (wording == ValueWording.OLDER && isTakenForSmall(text, exponent)) {
                return ValueErrors.underflow();
            }
            if (noNumber) {
                return outOfRange(text, exponent, wording);
            }
        }
        return noNumber && text.length() <= Decimal.MAX_TEXT_LENGTH
                ? ValueErrors.notANumber(text, wording)
                : ApiException.validation(message);
    }

    private static ApiException outOfRange(String text, String exponent, ValueWording wording) {
        try {
            return Long.parseLong(exponent) < 0 ? ValueErrors.underflow() : ValueErrors.overflow();
        } catch (NumberFormatException e) {
            return ValueErrors.notANumber(text, wording);
        }
    }

    /** The older check counts digits and exponent in an integer of 32 bits, which may overflow. */
    private static boolean isTakenForSmall(String text, String exponent) {
        long digits = text.chars()
                .takeWhile(c -> c != '.' && c != 'e' && c != 'E')
                .filter(Character::isDigit)
                .count();
        long power = exponent.length() <= MAX_OLDER_EXPONENT_LENGTH ? Long.parseLong(exponent) : Long.MAX_VALUE;
        return power <= Integer.MAX_VALUE && power + digits > Integer.MAX_VALUE;
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
