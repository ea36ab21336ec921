package io.tidemark.router.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ValueWording;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.io.IOException;
import java.util.Map;

/**
 * Attribute values between DynamoDB's JSON ({@code {"S": "text"}}) and the types of the state machine. What is read has gone
 * through {@link io.tidemark.router.model.Shapes}, so that every member has its JSON type; here it is checked as the service checks
 * values before it looks at any table. Whether they fit a table's key is checked elsewhere.
 */
public final class AttributeValues {
    private static final AttributeValueReader CURRENT = new AttributeValueReader(ValueWording.CURRENT);
    private static final AttributeValueReader OLDER = new AttributeValueReader(ValueWording.OLDER);

    private AttributeValues() {}

    /**
     * @throws ApiException VALIDATION: none or several data types, a number out of range, an empty set, one with duplicates,
     *     nesting that is too deep
     */
    public static AttributeValue read(JsonNode value, ValueWording wording) {
        return reader(wording).value(value);
    }

    /**
     * Attribute values by name, in the order of the request.
     *
     * @throws ApiException as {@link #read}
     */
    public static Map<String, AttributeValue> readMap(JsonNode values, ValueWording wording) {
        return reader(wording).map(values);
    }

    /** @throws ApiException as {@link #read}; the size of the item is not checked */
    public static Item readItem(JsonNode attributes, ValueWording wording) {
        return reader(wording).item(attributes);
    }

    private static AttributeValueReader reader(ValueWording wording) {
        return switch (wording) {
            case CURRENT -> CURRENT;
            case OLDER -> OLDER;
        };
    }

    /** Writes one value where the generator stands. Sets and maps come in the order in which they are kept. */
    public static void write(JsonGenerator out, AttributeValue value) throws IOException {
        AttributeValueWriter.write(out, value);
    }

    /** Writes an item as one object, its attributes in the order in which they are kept. */
    public static void writeItem(JsonGenerator out, Item item) throws IOException {
        AttributeValueWriter.writeMap(out, item.attributes());
    }
}
