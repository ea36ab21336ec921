package io.tidemark.schema.key;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.TableId;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Store keys: {@code table id · key hash · partition key · sort key}. Each key value is encoded so that byte order is DynamoDB's
 * order and no encoding is a prefix of another (see {@link KeyValueEncoding}); hence all items of a partition key, and all whose
 * sort key meets a key condition, are one contiguous range.
 */
public final class KeyEncoding {
    private static final String SCHEMA_MISMATCH = "The provided key element does not match the schema";

    private KeyEncoding() {}

    /** @throws InvalidKeyException if the key does not fit the schema, or a value is empty or too long */
    public static ItemKey encode(TableId tableId, KeySchema keySchema, PrimaryKey key) {
        if (key.sort().isPresent() != keySchema.sortKey().isPresent()) {
            throw new InvalidKeyException(SCHEMA_MISMATCH);
        }
        byte[] partition = partition(keySchema, key.partition());
        byte[] sort = key.sort().isPresent() ? sort(keySchema, key.sort().get()) : new byte[0];
        return new ItemKey(Bytes.wrap(join(tableId, partition, sort)));
    }

    /**
     * The values of the item's key attributes.
     *
     * @throws InvalidKeyException if one is missing, of the wrong type, empty or too long; the message is DynamoDB's
     */
    public static PrimaryKey primaryKeyOf(KeySchema keySchema, Item item) {
        AttributeValue partition = keyAttribute(keySchema.partitionKey(), item);
        KeyLimits.requirePartitionKey(keySchema.partitionKey(), partition);
        if (keySchema.sortKey().isEmpty()) {
            return PrimaryKey.of(partition);
        }
        AttributeValue sort = keyAttribute(keySchema.sortKey().get(), item);
        KeyLimits.requireSortKey(keySchema.sortKey().get(), sort);
        return PrimaryKey.of(partition, sort);
    }

    /** @throws IllegalArgumentException if the bytes are no key that {@link #encode} gives for this schema */
    public static PrimaryKey decode(KeySchema keySchema, ItemKey key) {
        KeyValueEncoding.Cursor cursor = new KeyValueEncoding.Cursor(key.bytes().array(), ItemKey.PREFIX_BYTES);
        AttributeValue partition = cursor.read(keySchema.partitionKey().type());
        Optional<AttributeValue> sort = keySchema.sortKey().map(attribute -> cursor.read(attribute.type()));
        cursor.requireEnd();
        return new PrimaryKey(partition, sort);
    }

    /**
     * What the keys of all items of a partition key start with, and no others.
     *
     * @throws InvalidKeyException if the value does not fit the schema
     */
    public static Bytes partitionPrefix(TableId tableId, KeySchema keySchema, AttributeValue partitionKey) {
        return Bytes.wrap(join(tableId, partition(keySchema, partitionKey), new byte[0]));
    }

    /**
     * The store keys of all items of a partition key whose sort key meets the condition.
     *
     * @throws InvalidKeyException if a value does not fit the schema, or the condition is not admissible for it
     */
    public static KeyRange sortRange(
            TableId tableId, KeySchema keySchema, AttributeValue partitionKey, Optional<SortKeyCondition> condition) {
        Bytes prefix = partitionPrefix(tableId, keySchema, partitionKey);
        if (condition.isEmpty()) {
            return prefixRange(prefix);
        }
        KeyAttribute sortKey =
                keySchema.sortKey().orElseThrow(() -> new InvalidKeyException("Query key condition not supported"));
        return SortKeyRanges.of(prefix, sortKey, condition.get());
    }

    /** The store keys of all items of a table whose key hash is in the range. */
    public static KeyRange hashRange(TableId tableId, HashRange range) {
        Bytes end = range.end() == HashRange.HASH_COUNT
                ? intBytes(tableId.value() + 1)
                : tableAndHash(tableId, (int) range.end());
        return new KeyRange(tableAndHash(tableId, (int) range.start()), end);
    }

    /** The store keys of all items of a table. */
    public static KeyRange tableRange(TableId tableId) {
        return new KeyRange(intBytes(tableId.value()), intBytes(tableId.value() + 1));
    }

    /** All byte strings that start with {@code prefix}, which has a byte other than FF. */
    static KeyRange prefixRange(Bytes prefix) {
        return new KeyRange(prefix, successor(prefix));
    }

    /** The least byte string above all that start with {@code prefix}, which has a byte other than FF. */
    static Bytes successor(Bytes prefix) {
        byte[] bytes = prefix.array();
        int last = bytes.length - 1;
        while (bytes[last] == (byte) 0xFF) {
            last--;
        }
        byte[] successor = Arrays.copyOf(bytes, last + 1);
        successor[last]++;
        return Bytes.wrap(successor);
    }

    private static byte[] partition(KeySchema keySchema, AttributeValue value) {
        requireType(keySchema.partitionKey(), value);
        KeyLimits.requirePartitionKey(keySchema.partitionKey(), value);
        return KeyValueEncoding.encode(value);
    }

    private static byte[] sort(KeySchema keySchema, AttributeValue value) {
        KeyAttribute attribute = keySchema.sortKey().orElseThrow();
        requireType(attribute, value);
        KeyLimits.requireSortKey(attribute, value);
        return KeyValueEncoding.encode(value);
    }

    private static void requireType(KeyAttribute attribute, AttributeValue value) {
        if (!KeyLimits.hasType(attribute.type(), value)) {
            throw new InvalidKeyException(SCHEMA_MISMATCH);
        }
    }

    private static AttributeValue keyAttribute(KeyAttribute attribute, Item item) {
        AttributeValue value = item.get(attribute.name());
        if (value == null) {
            throw new InvalidKeyException(
                    "One or more parameter values were invalid: Missing the key " + attribute.name() + " in the item");
        }
        if (!KeyLimits.hasType(attribute.type(), value)) {
            throw new InvalidKeyException("One or more parameter values were invalid: Type mismatch for key "
                    + attribute.name() + " expected: " + attribute.type() + " actual: " + value.type());
        }
        return value;
    }

    private static byte[] join(TableId tableId, byte[] partition, byte[] sort) {
        return ByteBuffer.allocate(ItemKey.PREFIX_BYTES + partition.length + sort.length)
                .putInt(tableId.value())
                .putInt(KeyHash.of(partition))
                .put(partition)
                .put(sort)
                .array();
    }

    private static Bytes tableAndHash(TableId tableId, int keyHash) {
        return Bytes.wrap(ByteBuffer.allocate(ItemKey.PREFIX_BYTES)
                .putInt(tableId.value())
                .putInt(keyHash)
                .array());
    }

    private static Bytes intBytes(int value) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }
}
