package io.tidemark.schema.value;

import io.tidemark.schema.Bytes;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;

/**
 * The size of items by DynamoDB's accounting, which limits and capacity units go by. Source: "DynamoDB item sizes and formats" of
 * the DynamoDB developer guide; where it says "approximately" this class says exactly what it counts.
 */
public final class ItemSize {
    /** 400 KB. */
    public static final int MAX_ITEM_BYTES = 409_600;

    private static final int CONTAINER_BYTES = 3;
    private static final int ELEMENT_BYTES = 1;

    private ItemSize() {}

    /** Bytes of all names and values; {@link Integer#MAX_VALUE} stands for more than fits. */
    public static int of(Item item) {
        return (int) Math.min(Integer.MAX_VALUE, attributes(item.attributes()));
    }

    /** Bytes that the value adds to an item, its name not counted; {@link Integer#MAX_VALUE} stands for more than fits. */
    public static int of(AttributeValue value) {
        return (int) Math.min(Integer.MAX_VALUE, value(value));
    }

    private static long attributes(Map<String, AttributeValue> attributes) {
        long bytes = 0;
        for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
            bytes += Utf8.length(attribute.getKey()) + value(attribute.getValue());
        }
        return bytes;
    }

    private static long value(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S text -> Utf8.length(text.value());
            case AttributeValue.N number -> number(number.value());
            case AttributeValue.B binary -> binary.value().length();
            case AttributeValue.Bool ignored -> 1;
            case AttributeValue.Null ignored -> 1;
            case AttributeValue.L list -> list(list.values());
            case AttributeValue.M map ->
                CONTAINER_BYTES + (long) ELEMENT_BYTES * map.values().size() + attributes(map.values());
            case AttributeValue.SS set ->
                set.values().stream().mapToLong(Utf8::length).sum();
            case AttributeValue.NS set ->
                set.values().stream().mapToLong(ItemSize::number).sum();
            case AttributeValue.BS set ->
                set.values().stream().mapToLong(Bytes::length).sum();
        };
    }

    private static long list(Collection<AttributeValue> values) {
        long bytes = CONTAINER_BYTES;
        for (AttributeValue value : values) {
            bytes += ELEMENT_BYTES + value(value);
        }
        return bytes;
    }

    /**
     * A byte, and one for every pair of digits with a significant one, and one for a minus sign. Pairs are counted from the
     * decimal point, so that 1.5 takes two of them and 15 one. Source: measurements at the size limit, and of capacity units;
     * the guide leaves the pairs out.
     */
    private static int number(Decimal number) {
        BigDecimal value = number.value();
        if (value.signum() == 0) {
            return 1;
        }
        int digits = value.precision();
        int leadingExponent = digits - value.scale() - 1;
        boolean leadsWithHalfAPair = leadingExponent % 2 == 0;
        int pairs = leadsWithHalfAPair ? 1 + digits / 2 : (digits + 1) / 2;
        return 1 + pairs + (value.signum() < 0 ? 1 : 0);
    }
}
