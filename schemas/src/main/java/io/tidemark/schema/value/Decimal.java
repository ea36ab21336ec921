package io.tidemark.schema.value;

import java.math.BigDecimal;

/**
 * A number as DynamoDB holds it: at most {@value #MAX_PRECISION} significant digits and a magnitude from 1E-130 to
 * 9.9999999999999999999999999999999999999E+125, or zero. Kept without trailing zeros, so that equal numbers are equal
 * objects. No operation rounds: a result that does not fit is an error.
 */
public record Decimal(BigDecimal value) implements Comparable<Decimal> {
    public static final int MAX_PRECISION = 38;
    /** Greatest decimal exponent of the leading digit. */
    public static final int MAX_EXPONENT = 125;
    /** Least decimal exponent of the leading digit. */
    public static final int MIN_EXPONENT = -130;

    /** Longer texts are refused before they are parsed: leading zeros and exponents need no more. */
    public static final int MAX_TEXT_LENGTH = 512;

    public static final Decimal ZERO = new Decimal(BigDecimal.ZERO);

    /** @throws InvalidValueException if out of range; the message is DynamoDB's */
    public Decimal {
        value = value.signum() == 0 ? BigDecimal.ZERO : normalized(value);
    }

    private static BigDecimal normalized(BigDecimal value) {
        // Checked before zeros are stripped, which could take the scale out of its own range. Zeros do not change the
        // exponent.
        long exponent = (long) value.precision() - value.scale() - 1;
        if (exponent > MAX_EXPONENT) {
            throw new InvalidValueException(
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
        if (exponent < MIN_EXPONENT) {
            throw new InvalidValueException(
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.precision() > MAX_PRECISION) {
            throw new InvalidValueException("Attempting to store more than 38 significant digits in a Number");
        }
        return stripped;
    }

    public static Decimal of(long value) {
        return new Decimal(BigDecimal.valueOf(value));
    }

    /** @throws InvalidValueException if {@code text} is no number, or out of range */
    public static Decimal parse(String text) {
        // Java would also take the digits of other scripts.
        if (text.length() > MAX_TEXT_LENGTH || text.chars().anyMatch(c -> c > 'e')) {
            throw notANumber(text);
        }
        try {
            return new Decimal(new BigDecimal(text));
        } catch (NumberFormatException | ArithmeticException e) {
            throw notANumber(text);
        }
    }

    private static InvalidValueException notANumber(String text) {
        String shown = text.length() > 64 ? text.substring(0, 64) + "…" : text;
        return new InvalidValueException("The parameter cannot be converted to a numeric value: " + shown);
    }

    /** @throws InvalidValueException if the exact sum is out of range */
    public Decimal plus(Decimal other) {
        return new Decimal(value.add(other.value));
    }

    /** @throws InvalidValueException if the exact difference is out of range */
    public Decimal minus(Decimal other) {
        return new Decimal(value.subtract(other.value));
    }

    /** Numeric order. */
    @Override
    public int compareTo(Decimal other) {
        return value.compareTo(other.value);
    }

    /** Plain notation, as DynamoDB prints numbers. */
    @Override
    public String toString() {
        return value.toPlainString();
    }
}
