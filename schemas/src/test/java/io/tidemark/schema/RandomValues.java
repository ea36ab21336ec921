package io.tidemark.schema;

import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Random attribute values, weighted towards what tends to go wrong: edge bytes, edge numbers, empty and nested values. */
public final class RandomValues {
    private static final int[] CODE_POINTS = {
        0, 1, 'a', 'b', 'z', 0x7F, 0x80, 0xFF, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF
    };
    private static final byte[] EDGE_BYTES = {0, 1, 2, 0x7F, (byte) 0x80, (byte) 0xFE, (byte) 0xFF};
    private static final int MAX_DEPTH = 4;

    private final RandomGenerator random;

    public RandomValues(RandomGenerator random) {
        this.random = random;
    }

    public RandomGenerator random() {
        return random;
    }

    public Item item() {
        return Item.of(attributes(MAX_DEPTH));
    }

    public AttributeValue value() {
        return value(MAX_DEPTH);
    }

    public AttributeValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> new AttributeValue.S(string());
            case 1 -> new AttributeValue.N(decimal());
            case 2 -> new AttributeValue.B(bytes());
            case 3 -> new AttributeValue.Bool(random.nextBoolean());
            case 4 -> new AttributeValue.Null();
            case 5 -> stringSet();
            case 6 -> numberSet();
            case 7 -> binarySet();
            case 8 -> new AttributeValue.L(list(depth - 1));
            default -> AttributeValue.M.of(attributes(depth - 1));
        };
    }

    public String string() {
        int length = random.nextInt(8);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return text.toString();
    }

    /** One that DynamoDB admits as a name or key value. */
    public String nonEmptyString() {
        return string() + (char) ('a' + random.nextInt(26));
    }

    public Bytes bytes() {
        byte[] bytes = new byte[random.nextInt(8)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = EDGE_BYTES[random.nextInt(EDGE_BYTES.length)];
        }
        return Bytes.wrap(bytes);
    }

    public Decimal decimal() {
        if (random.nextInt(4) == 0) {
            return Decimal.of(random.nextInt(-200, 200));
        }
        int digits = random.nextInt(1, Decimal.MAX_PRECISION + 1);
        BigInteger unscaled =
                new BigInteger(126, new java.util.Random(random.nextLong())).mod(BigInteger.TEN.pow(digits));
        if (unscaled.signum() == 0) {
            return Decimal.ZERO;
        }
        int precision = unscaled.toString().length();
        int exponent = random.nextInt(3) == 0
                ? (random.nextBoolean() ? Decimal.MAX_EXPONENT : Decimal.MIN_EXPONENT)
                : random.nextInt(Decimal.MIN_EXPONENT, Decimal.MAX_EXPONENT + 1);
        BigDecimal value = new BigDecimal(unscaled, precision - 1 - exponent);
        return new Decimal(random.nextBoolean() ? value : value.negate());
    }

    private List<AttributeValue> list(int depth) {
        List<AttributeValue> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(depth));
        }
        return values;
    }

    private Map<String, AttributeValue> attributes(int depth) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            attributes.put(nonEmptyString(), value(depth));
        }
        return attributes;
    }

    private AttributeValue stringSet() {
        TreeSet<String> values = new TreeSet<>(Utf8Order.INSTANCE);
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            values.add(string());
        }
        return new AttributeValue.SS(values);
    }

    private AttributeValue numberSet() {
        TreeSet<Decimal> values = new TreeSet<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            values.add(decimal());
        }
        return new AttributeValue.NS(values);
    }

    private AttributeValue binarySet() {
        TreeSet<Bytes> values = new TreeSet<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            values.add(bytes());
        }
        return new AttributeValue.BS(values);
    }
}
