package io.tidemark.schema.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemSizeTest {
    @Test
    void namesAndTextCountAsUtf8() {
        assertThat(size(new AttributeValue.S(""))).isZero();
        assertThat(size(new AttributeValue.S("aé€😀"))).isEqualTo(1 + 2 + 3 + 4);
        assertThat(ItemSize.of(Item.of(Map.of("é", new AttributeValue.S("a"))))).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "-0, 1",
        "1, 2",
        "12, 2",
        "15, 2",
        "100, 2",
        "1E125, 2",
        "1E-100, 2",
        "0.0000001, 2",
        "0.15, 2",
        "123, 3",
        "1234, 3",
        "1010, 3",
        "120, 3",
        "1.5, 3",
        "1.20, 3",
        "0.012, 3",
        "-42, 3",
        "123456, 4",
        "1.234, 4",
        "100.5, 4",
        "-123, 4",
        "3.14159, 5",
        "12345678901234567890123456789012345678, 20",
        "-12345678901234567890123456789012345678, 21",
        "1.2345678901234567890123456789012345678, 21"
    })
    void numbersCountTheirPairsOfDigitsFromTheDecimalPoint(String number, int sizeBytes) {
        assertThat(size(AttributeValue.N.of(number))).isEqualTo(sizeBytes);
    }

    @Test
    void otherValuesCountAsDynamoDbSays() {
        assertThat(size(new AttributeValue.Null())).isEqualTo(1);
        assertThat(size(new AttributeValue.Bool(false))).isEqualTo(1);
        assertThat(size(new AttributeValue.B(Bytes.wrap(new byte[7])))).isEqualTo(7);
        assertThat(size(new AttributeValue.L(List.of()))).isEqualTo(3);
        assertThat(size(new AttributeValue.L(List.of(new AttributeValue.Null(), new AttributeValue.S("abc")))))
                .isEqualTo(3 + 1 + 1 + 1 + 3);
        assertThat(size(AttributeValue.M.of(Map.of()))).isEqualTo(3);
        assertThat(size(AttributeValue.M.of(Map.of("key", new AttributeValue.S("abc")))))
                .isEqualTo(3 + 1 + 3 + 3);
    }

    @Test
    void setsCountTheirElements() {
        assertThat(size(new AttributeValue.SS(new TreeSet<>(List.of("a", "bc")))))
                .isEqualTo(3);
        assertThat(size(new AttributeValue.NS(new TreeSet<>(List.of(Decimal.of(1), Decimal.of(-1))))))
                .isEqualTo(2 + 3);
        assertThat(size(new AttributeValue.BS(new TreeSet<>(List.of(Bytes.EMPTY, Bytes.wrap(new byte[4]))))))
                .isEqualTo(4);
    }

    @Test
    void anItemTooLargeToCountIsAsLargeAsCanBe() {
        AttributeValue value = new AttributeValue.B(Bytes.wrap(new byte[1 << 20]));
        for (int i = 0; i < 16; i++) {
            value = new AttributeValue.L(List.of(value, value));
        }
        assertThat(size(value)).isEqualTo(Integer.MAX_VALUE - 1);
    }

    private static int size(AttributeValue value) {
        return ItemSize.of(Item.of(Map.of("a", value))) - 1;
    }
}
