package io.tidemark.schema.key;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.value.AttributeValue;
import java.util.Arrays;

/** The contiguous range of store keys that a sort-key condition selects. */
final class SortKeyRanges {
    private SortKeyRanges() {}

    /** @param prefix what the keys of all items of the partition key start with */
    static KeyRange of(Bytes prefix, KeyAttribute sortKey, SortKeyCondition condition) {
        return switch (condition) {
            case SortKeyCondition.Compare compare -> compare(prefix, sortKey, compare);
            case SortKeyCondition.Between between -> between(prefix, sortKey, between);
            case SortKeyCondition.BeginsWith beginsWith -> beginsWith(prefix, sortKey, beginsWith.prefix());
        };
    }

    private static KeyRange compare(Bytes prefix, KeyAttribute sortKey, SortKeyCondition.Compare compare) {
        Bytes key = append(prefix, encode(sortKey, compare.value()));
        KeyRange all = KeyEncoding.prefixRange(prefix);
        return switch (compare.comparator()) {
            case EQ -> KeyEncoding.prefixRange(key);
            case LT -> new KeyRange(all.start(), key);
            case LE -> new KeyRange(all.start(), KeyEncoding.successor(key));
            case GT -> new KeyRange(KeyEncoding.successor(key), all.end());
            case GE -> new KeyRange(key, all.end());
            case NE -> throw new InvalidKeyException("Unsupported operator on KeyCondition: operator: <>");
        };
    }

    private static KeyRange between(Bytes prefix, KeyAttribute sortKey, SortKeyCondition.Between between) {
        Bytes low = append(prefix, encode(sortKey, between.low()));
        Bytes high = append(prefix, encode(sortKey, between.high()));
        if (low.compareTo(high) > 0) {
            throw new InvalidKeyException(
                    "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be "
                            + "greater than or equal to lower bound");
        }
        return new KeyRange(low, KeyEncoding.successor(high));
    }

    private static KeyRange beginsWith(Bytes prefix, KeyAttribute sortKey, AttributeValue value) {
        if (value instanceof AttributeValue.N) {
            throw new InvalidKeyException(
                    "Invalid KeyConditionExpression: Incorrect operand type for operator or function; "
                            + "operator or function: begins_with, operand type: N");
        }
        byte[] encoded = encode(sortKey, value);
        byte[] open = Arrays.copyOf(encoded, encoded.length - KeyValueEncoding.TERMINATOR_BYTES);
        return KeyEncoding.prefixRange(append(prefix, open));
    }

    private static byte[] encode(KeyAttribute sortKey, AttributeValue value) {
        if (!KeyLimits.hasType(sortKey.type(), value)) {
            throw new InvalidKeyException("One or more parameter values were invalid: "
                    + "Condition parameter type does not match schema type");
        }
        KeyLimits.requireSortKey(sortKey, value);
        return KeyValueEncoding.encode(value);
    }

    private static Bytes append(Bytes prefix, byte[] suffix) {
        byte[] joined = Arrays.copyOf(prefix.array(), prefix.length() + suffix.length);
        System.arraycopy(suffix, 0, joined, prefix.length(), suffix.length);
        return Bytes.wrap(joined);
    }
}
