package io.tidemark.router.operation.item;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.router.error.ValueWording;
import io.tidemark.router.expression.KeyCondition;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.value.AttributeValue;
import java.util.Map;
import java.util.Optional;

/** {@code ExclusiveStartKey}: where the page before ended. Whether there is such an item does not matter. */
final class StartKeys {
    private StartKeys() {}

    /**
     * Before the table is looked at.
     *
     * @throws ApiException VALIDATION if a value is no value
     */
    static Optional<Map<String, AttributeValue>> read(Parameters input, ValueWording wording) {
        JsonNode node = input.node("ExclusiveStartKey");
        if (node == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(AttributeValues.readMap(node, wording));
        } catch (ApiException e) {
            throw e.type() == ErrorType.VALIDATION ? ItemErrors.startKeyValue(e.message()) : e;
        }
    }

    /**
     * What the service looks at before a query's conditions.
     *
     * @throws ApiException VALIDATION unless there are as many attributes as the key has, the partition key with its type among them
     */
    static void requirePartition(KeySchema keySchema, Map<String, AttributeValue> attributes) {
        AttributeValue partition = attributes.get(keySchema.partitionKey().name());
        if (partition == null || attributes.size() != Keys.size(keySchema)) {
            throw ItemErrors.startKey();
        }
        if (!keySchema.partitionKey().type().name().equals(partition.type().name())) {
            throw ItemErrors.keyMismatch();
        }
    }

    /** @throws ApiException VALIDATION unless the attributes are the key's, of whatever types */
    static void requireComplete(KeySchema keySchema, Map<String, AttributeValue> attributes) {
        boolean complete = attributes.size() == Keys.size(keySchema)
                && attributes.containsKey(keySchema.partitionKey().name())
                && keySchema.sortKey().stream().allMatch(sort -> attributes.containsKey(sort.name()));
        if (!complete) {
            throw ItemErrors.startKey();
        }
    }

    /**
     * @param attributes complete
     * @throws ApiException VALIDATION if it is no key of the table, or not one that the query could have evaluated
     */
    static PrimaryKey ofQuery(TableRoute route, Map<String, AttributeValue> attributes, KeyCondition condition) {
        PrimaryKey key = keyOfQuery(route, attributes);
        boolean samePartition = key.partition().equals(condition.partition());
        if (condition.sort().isEmpty()) {
            if (!samePartition) {
                throw ItemErrors.startKeyOutsideQuery();
            }
            return key;
        }
        if (!isInSortRange(route, new PrimaryKey(condition.partition(), key.sort()), condition)) {
            throw ItemErrors.startKeyOutsideSortRange();
        }
        if (!samePartition) {
            throw ItemErrors.startKeyOfOtherPartition();
        }
        return key;
    }

    private static PrimaryKey keyOfQuery(TableRoute route, Map<String, AttributeValue> attributes) {
        try {
            return Keys.of(route, attributes);
        } catch (ApiException e) {
            throw e.type() == ErrorType.VALIDATION ? ItemErrors.startKeyValue(e.message()) : e;
        }
    }

    private static boolean isInSortRange(TableRoute route, PrimaryKey key, KeyCondition condition) {
        Bytes encoded = Keys.encoded(route, key).bytes();
        try {
            return KeyEncoding.sortRange(route.tableId(), route.keySchema(), condition.partition(), condition.sort())
                    .contains(encoded);
        } catch (InvalidKeyException e) {
            throw ApiException.validation(String.valueOf(e.getMessage()));
        }
    }

    /** @throws ApiException VALIDATION if it is no key of the table, or not one of the segment */
    static PrimaryKey ofScan(TableRoute route, Map<String, AttributeValue> attributes, int segment, int totalSegments) {
        PrimaryKey key;
        ItemKey encoded;
        try {
            key = Keys.of(route, attributes);
            encoded = Keys.encoded(route, key);
        } catch (ApiException e) {
            throw ItemErrors.startKey();
        }
        if (!HashRange.ALL.part(segment, totalSegments).contains(encoded.keyHash())) {
            throw ItemErrors.startKeyOutsideSegment(segment, totalSegments);
        }
        return key;
    }
}
