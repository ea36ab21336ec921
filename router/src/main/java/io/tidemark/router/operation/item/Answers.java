package io.tidemark.router.operation.item;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.schema.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes answers straight into bytes. */
final class Answers {
    private static final JsonFactory JSON = JsonMapper.builder().build().getFactory();

    private Answers() {}

    /** The members of the answer. */
    @FunctionalInterface
    interface Members {
        void write(JsonGenerator out) throws IOException;
    }

    /** One object with what {@code members} writes. */
    static Bytes object(Members members) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder();
                JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
            out.flush();
            return Bytes.wrap(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }
}
