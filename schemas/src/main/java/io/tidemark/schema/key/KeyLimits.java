package io.tidemark.schema.key;

import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Utf8;

/** DynamoDB's limits on key values, with its messages. */
final class KeyLimits {
    static final int MAX_PARTITION_KEY_BYTES = 2_048;
    static final int MAX_SORT_KEY_BYTES = 1_024;

    private KeyLimits() {}

    static boolean hasType(KeyType type, AttributeValue value) {
        return switch (type) {
            case S -> value instanceof AttributeValue.S;
            case N -> value instanceof AttributeValue.N;
            case B -> value instanceof AttributeValue.B;
        };
    }

    static void requirePartitionKey(KeyAttribute attribute, AttributeValue value) {
        if (size(attribute, value) > MAX_PARTITION_KEY_BYTES) {
            throw new InvalidKeyException("One or more parameter values were invalid: "
                    + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        }
    }

    static void requireSortKey(KeyAttribute attribute, AttributeValue value) {
        if (size(attribute, value) > MAX_SORT_KEY_BYTES) {
            throw new InvalidKeyException("One or more parameter values were invalid: "
                    + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
        }
    }

    /** Bytes of text or binary, 0 of a number, which has a fixed limit. */
    private static int size(KeyAttribute attribute, AttributeValue value) {
        return switch (value) {
            case AttributeValue.S text -> requireNotEmpty(attribute, "string", Utf8.length(text.value()));
            case AttributeValue.B binary ->
                requireNotEmpty(attribute, "binary", binary.value().length());
            default -> 0;
        };
    }

    private static int requireNotEmpty(KeyAttribute attribute, String type, int bytes) {
        if (bytes == 0) {
            throw new InvalidKeyException("One or more parameter values are not valid. "
                    + "The AttributeValue for a key attribute cannot contain an empty " + type + " value. Key: "
                    + attribute.name());
        }
        return bytes;
    }
}
