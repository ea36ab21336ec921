package io.tidemark.router.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.value.AttributeValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * An error as the API writes it: {@code {"__type":"...","message":"..."}}, and the item that a condition was evaluated against
 * where the request asked for it.
 */
final class ErrorBody {
    private static final JsonFactory JSON = new JsonFactory();

    private ErrorBody() {}

    static byte[] of(ApiException error) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("__type", error.type().type());
            if (!error.message().isEmpty()) {
                json.writeStringField(error.type().messageMember(), error.message());
            }
            if (error.item().isPresent()) {
                json.writeFieldName("Item");
                AttributeValues.writeItem(json, error.item().get());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("memory is always written", impossible);
        }
        return body.toByteArray();
    }
}
