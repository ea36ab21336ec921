package io.tidemark.schema.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.RandomValues;
import io.tidemark.schema.Seeded;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class DecimalTest {
    private static final String NINES = "9".repeat(38);

    @Test
    void equalNumbersAreEqualHoweverTheyAreWritten() {
        assertThat(Decimal.parse("1.50")).isEqualTo(Decimal.parse("015E-1")).hasSameHashCodeAs(Decimal.parse("1.5"));
        assertThat(Decimal.parse("100")).isEqualTo(Decimal.of(100)).isEqualTo(Decimal.parse("+1e2"));
        assertThat(Decimal.parse("-0.000")).isEqualTo(Decimal.ZERO);
        assertThat(Decimal.parse("0E-500")).isEqualTo(Decimal.ZERO);
    }

    @Test
    void thirtyEightDigitsFitAndThirtyNineDoNot() {
        assertThat(Decimal.parse(NINES)).hasToString(NINES);
        assertThat(Decimal.parse(NINES + "000")).hasToString(NINES + "000");
        assertRefused(NINES + "1", "more than 38 significant digits");
        assertRefused("0." + NINES + "1", "more than 38 significant digits");
    }

    @Test
    void magnitudesAreLimited() {
        assertThat(Decimal.parse("9." + "9".repeat(37) + "E125").value().precision())
                .isEqualTo(38);
        assertThat(Decimal.parse("1E-130")).isEqualTo(Decimal.parse("0.1E-129"));
        assertThat(Decimal.parse("-1.234E-130").value().scale()).isEqualTo(133);
        assertRefused("1E126", "Number overflow");
        assertRefused("-1E126", "Number overflow");
        assertRefused("9.9E-131", "Number underflow");
    }

    @Test
    void absurdExponentsAreRefusedWithoutWork() {
        assertRefused("1E2147483647", "Number overflow");
        assertRefused("10E2147483647", "Number overflow");
        assertRefused("1E-2147483647", "Number underflow");
        assertRefused("1E99999999999", "cannot be converted");
        assertRefused("1".repeat(513), "cannot be converted");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        for (String text :
                new String[] {"", " ", "1 ", "abc", "1,5", "0x10", "NaN", "Infinity", "١٢", "1e", "--1", "1f"}) {
            assertRefused(text, "The parameter cannot be converted to a numeric value");
        }
    }

    @Test
    void sumsAreExactOrRefused() {
        assertThat(Decimal.parse("0.1").plus(Decimal.parse("0.2"))).isEqualTo(Decimal.parse("0.3"));
        assertThat(Decimal.of(5).minus(Decimal.of(5))).isEqualTo(Decimal.ZERO);
        assertThatThrownBy(() -> Decimal.parse("1E100").plus(Decimal.of(1))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Decimal.parse("9E125").plus(Decimal.parse("1E125")))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void textGivesTheNumberBack() {
        Seeded.times(2_000, random -> {
            Decimal number = new RandomValues(random).decimal();
            assertThat(Decimal.parse(number.toString())).isEqualTo(number);
            assertThat(number.toString()).doesNotContain("E");
        });
    }

    @Test
    void orderIsNumeric() {
        Seeded.times(2_000, random -> {
            RandomValues values = new RandomValues(random);
            BigDecimal left = values.decimal().value();
            BigDecimal right = values.decimal().value();
            assertThat(new Decimal(left).compareTo(new Decimal(right))).isEqualTo(left.compareTo(right));
        });
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> Decimal.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(message);
    }
}
