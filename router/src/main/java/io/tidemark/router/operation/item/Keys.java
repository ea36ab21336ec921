package io.tidemark.router.operation.item;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Primary keys as requests and answers have them: the key attributes by name. */
final class Keys {
    private Keys() {}

    /**
     * The key that the attributes are, whole and admissible.
     *
     * @throws ApiException VALIDATION if there are other attributes than the key's, one of another type, or one empty or too long
     */
    static PrimaryKey of(TableRoute route, Map<String, AttributeValue> attributes) {
        if (attributes.size() != size(route.keySchema())) {
            throw ItemErrors.keyMismatch();
        }
        PrimaryKey key = among(route.keySchema(), attributes);
        var unused = encoded(route, key);
        return key;
    }

    /** How many attributes a key has. */
    static int size(KeySchema keySchema) {
        return keySchema.sortKey().isPresent() ? 2 : 1;
    }

    /** @throws ApiException VALIDATION if one is missing; whether they are admissible is not checked */
    static PrimaryKey among(KeySchema keySchema, Map<String, AttributeValue> attributes) {
        AttributeValue partition = attributes.get(keySchema.partitionKey().name());
        Optional<AttributeValue> sort =
                keySchema.sortKey().flatMap(attribute -> Optional.ofNullable(attributes.get(attribute.name())));
        if (partition == null || sort.isPresent() != keySchema.sortKey().isPresent()) {
            throw ItemErrors.keyMismatch();
        }
        return new PrimaryKey(partition, sort);
    }

    /** @throws ApiException VALIDATION if the key does not fit the table */
    static ItemKey encoded(TableRoute route, PrimaryKey key) {
        try {
            return KeyEncoding.encode(route.tableId(), route.keySchema(), key);
        } catch (InvalidKeyException e) {
            throw ApiException.validation(String.valueOf(e.getMessage()));
        }
    }

    /** @throws ApiException VALIDATION if a key attribute is missing, of another type, empty or too long: says which */
    static void requireIn(KeySchema keySchema, Item item) {
        try {
            var unused = KeyEncoding.primaryKeyOf(keySchema, item);
        } catch (InvalidKeyException e) {
            throw ApiException.validation(String.valueOf(e.getMessage()));
        }
    }

    /** One object with the key attributes. */
    static void write(JsonGenerator out, KeySchema keySchema, PrimaryKey key) throws IOException {
        out.writeStartObject();
        out.writeFieldName(keySchema.partitionKey().name());
        AttributeValues.write(out, key.partition());
        if (keySchema.sortKey().isPresent() && key.sort().isPresent()) {
            out.writeFieldName(keySchema.sortKey().get().name());
            AttributeValues.write(out, key.sort().get());
        }
        out.writeEndObject();
    }
}
