package io.tidemark.launcher.item;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.InvalidValueException;
import java.util.Base64;
import java.util.Optional;

/** Keys as they are written on a command line: the bare value, whose type the table's schema knows. */
public final class KeyText {
    private KeyText() {}

    /**
     * @param key the partition key's value, or a JSON object with all key attributes
     * @param sort the sort key's value, where the table has one
     * @throws InvalidInputException if they do not fit the schema
     */
    public static PrimaryKey primaryKey(KeySchema schema, String key, Optional<String> sort) {
        if (key.strip().startsWith("{") && sort.isEmpty()) {
            try {
                return KeyEncoding.primaryKeyOf(schema, ItemJson.parse(key));
            } catch (InvalidKeyException e) {
                throw new InvalidInputException(String.valueOf(e.getMessage()), e);
            }
        }
        if (schema.sortKey().isPresent() != sort.isPresent()) {
            throw new InvalidInputException(schema.sortKey()
                    .map(attribute ->
                            "the table has a sort key, '" + attribute.name() + "': give its value with --sort")
                    .orElse("the table has no sort key: leave --sort out"));
        }
        return new PrimaryKey(
                value(schema.partitionKey(), key),
                schema.sortKey().flatMap(attribute -> sort.map(text -> value(attribute, text))));
    }

    /** @throws InvalidInputException if the text is no value of the attribute's type */
    public static AttributeValue value(KeyAttribute attribute, String text) {
        try {
            return switch (attribute.type()) {
                case S -> new AttributeValue.S(text);
                case N -> AttributeValue.N.of(text);
                case B -> new AttributeValue.B(Bytes.wrap(Base64.getDecoder().decode(text)));
            };
        } catch (InvalidValueException e) {
            throw new InvalidInputException("key attribute '" + attribute.name() + "': " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "key attribute '" + attribute.name() + "' is binary: write it in Base64", e);
        }
    }
}
