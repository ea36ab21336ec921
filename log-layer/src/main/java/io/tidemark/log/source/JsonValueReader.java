package io.tidemark.log.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSON object: strings become S, numbers N (never by way of a double), true and false BOOL, null NULL, objects M, arrays
 * L. Names that occur twice are refused, because readers differ in which one they take.
 */
final class JsonValueReader implements ValueReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1 + AttributeValue.MAX_NESTING)
                    .maxNumberLength(Decimal.MAX_TEXT_LENGTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    @Override
    public Map<String, AttributeValue> read(Bytes value) throws InvalidSourceRecordException {
        try (JsonParser parser = FACTORY.createParser(value.array())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidSourceRecordException("the value is not a JSON object");
            }
            Map<String, AttributeValue> attributes = readObject(parser);
            if (parser.nextToken() != null) {
                throw new InvalidSourceRecordException("the value goes on after its JSON object");
            }
            return attributes;
        } catch (IOException e) {
            throw new InvalidSourceRecordException("the value is not JSON: " + e.getMessage(), e);
        }
    }

    private static Map<String, AttributeValue> readObject(JsonParser parser) throws IOException {
        Map<String, AttributeValue> attributes = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            attributes.put(name, readValue(parser));
        }
        return attributes;
    }

    /** Recursion is bounded by the parser's own limit on nesting. */
    private static AttributeValue readValue(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new AttributeValue.S(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> AttributeValue.N.of(parser.getText());
            case VALUE_TRUE -> new AttributeValue.Bool(true);
            case VALUE_FALSE -> new AttributeValue.Bool(false);
            case VALUE_NULL -> new AttributeValue.Null();
            case START_OBJECT -> AttributeValue.M.of(readObject(parser));
            case START_ARRAY -> readArray(parser);
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("unexpected " + parser.currentToken());
        };
    }

    private static AttributeValue readArray(JsonParser parser) throws IOException {
        List<AttributeValue> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(readValue(parser));
        }
        return new AttributeValue.L(values);
    }
}
