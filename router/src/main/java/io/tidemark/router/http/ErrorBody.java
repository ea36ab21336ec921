package io.tidemark.router.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.router.error.ApiException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** An error as the API writes it: {@code {"__type":"...","message":"..."}}. */
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
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("memory is always written", impossible);
        }
        return body.toByteArray();
    }
}
