package io.tidemark.schema.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RandomCommands;
import io.tidemark.schema.Seeded;
import io.tidemark.schema.TableId;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.value.AttributeValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SortRangeTest {
    private static final TableId TABLE = new TableId(3);
    private static final AttributeValue PARTITION = new AttributeValue.S("partition");

    @Test
    void aRangeHoldsExactlyTheSortKeysThatMeetTheCondition() {
        for (KeyType type : KeyType.values()) {
            List<AttributeValue> values = KeyEncodingTest.edgeValues(type);
            Seeded.times(30, random -> values.add(new RandomCommands(random).keyValue(type)));
            for (AttributeValue operand : values) {
                for (Comparator comparator : Comparator.values()) {
                    if (comparator != Comparator.NE) {
                        assertSelects(type, new SortKeyCondition.Compare(comparator, operand), values);
                    }
                }
                if (type != KeyType.N) {
                    assertSelects(type, new SortKeyCondition.BeginsWith(operand), values);
                }
            }
        }
    }

    @Test
    void aRangeBetweenTwoKeysHoldsBoth() {
        for (KeyType type : KeyType.values()) {
            List<AttributeValue> values = KeyEncodingTest.edgeValues(type);
            for (AttributeValue low : values) {
                for (AttributeValue high : values) {
                    if (KeyEncodingTest.compare(low, high) <= 0) {
                        assertSelects(type, new SortKeyCondition.Between(low, high), values);
                    } else {
                        assertRefused(type, new SortKeyCondition.Between(low, high), "upper bound");
                    }
                }
            }
        }
    }

    @Test
    void withoutAConditionTheRangeHoldsTheWholePartitionAndNoOther() {
        for (KeyType type : KeyType.values()) {
            KeyRange range = KeyEncoding.sortRange(TABLE, schema(type), PARTITION, Optional.empty());
            for (AttributeValue sort : KeyEncodingTest.edgeValues(type)) {
                assertThat(range.contains(key(type, PARTITION, sort))).isTrue();
                for (String other : List.of("partitio", "partition\0", "partition\1", "partitioo")) {
                    assertThat(range.contains(key(type, new AttributeValue.S(other), sort)))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aTableWithoutSortKeyHasARangeOfOneItem() {
        KeySchema simple = KeySchema.of(new KeyAttribute("p", KeyType.S));
        KeyRange range = KeyEncoding.sortRange(TABLE, simple, PARTITION, Optional.empty());
        ItemKey key = KeyEncoding.encode(TABLE, simple, PrimaryKey.of(PARTITION));
        assertThat(range.contains(key.bytes())).isTrue();
        assertThat(range.start()).isEqualTo(key.bytes());
        SortKeyCondition condition = new SortKeyCondition.Compare(Comparator.EQ, new AttributeValue.S("a"));
        assertThatThrownBy(() -> KeyEncoding.sortRange(TABLE, simple, PARTITION, Optional.of(condition)))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("Query key condition not supported");
    }

    @Test
    void conditionsThatDoNotFitTheSortKeyAreRefused() {
        AttributeValue number = AttributeValue.N.of(1);
        assertRefused(KeyType.S, new SortKeyCondition.Compare(Comparator.EQ, number), "does not match schema type");
        assertRefused(KeyType.N, new SortKeyCondition.BeginsWith(number), "begins_with, operand type: N");
        assertRefused(
                KeyType.S, new SortKeyCondition.BeginsWith(new AttributeValue.S("")), "empty string value. Key: s");
        assertRefused(
                KeyType.B,
                new SortKeyCondition.Compare(Comparator.LT, new AttributeValue.B(Bytes.wrap(new byte[1_025]))),
                "size limit of 1024 bytes");
    }

    private static void assertSelects(KeyType type, SortKeyCondition condition, List<AttributeValue> values) {
        KeyRange range = KeyEncoding.sortRange(TABLE, schema(type), PARTITION, Optional.of(condition));
        for (AttributeValue value : values) {
            if (range.contains(key(type, PARTITION, value)) != meets(value, condition)) {
                throw new AssertionError(value + " and " + condition + ": " + range);
            }
        }
        for (String other : List.of("partitio", "partition\0", "partitioo")) {
            if (range.contains(key(type, new AttributeValue.S(other), values.getFirst()))) {
                throw new AssertionError(condition + " reaches partition " + other);
            }
        }
    }

    private static boolean meets(AttributeValue value, SortKeyCondition condition) {
        return switch (condition) {
            case SortKeyCondition.Compare compare -> {
                int order = KeyEncodingTest.compare(value, compare.value());
                yield switch (compare.comparator()) {
                    case EQ -> order == 0;
                    case NE -> order != 0;
                    case LT -> order < 0;
                    case LE -> order <= 0;
                    case GT -> order > 0;
                    case GE -> order >= 0;
                };
            }
            case SortKeyCondition.Between between ->
                KeyEncodingTest.compare(between.low(), value) <= 0
                        && KeyEncodingTest.compare(value, between.high()) <= 0;
            case SortKeyCondition.BeginsWith beginsWith -> bytes(value).startsWith(bytes(beginsWith.prefix()));
        };
    }

    private static Bytes bytes(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S text -> Bytes.wrap(text.value().getBytes(StandardCharsets.UTF_8));
            case AttributeValue.B binary -> binary.value();
            default -> throw new IllegalArgumentException("neither text nor binary: " + value);
        };
    }

    private static void assertRefused(KeyType type, SortKeyCondition condition, String message) {
        assertThatThrownBy(() -> KeyEncoding.sortRange(TABLE, schema(type), PARTITION, Optional.of(condition)))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining(message);
    }

    private static Bytes key(KeyType type, AttributeValue partition, AttributeValue sort) {
        return KeyEncoding.encode(TABLE, schema(type), PrimaryKey.of(partition, sort))
                .bytes();
    }

    private static KeySchema schema(KeyType sort) {
        return KeySchema.of(new KeyAttribute("p", KeyType.S), new KeyAttribute("s", sort));
    }
}
