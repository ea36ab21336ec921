package io.tidemark.router.expression;

import io.tidemark.schema.value.Utf8;
import java.nio.charset.StandardCharsets;

/** Texts of requests that are told back in errors. */
final class Texts {
    private Texts() {}

    /** With a question mark for every unpaired surrogate, for which an answer has no encoding. */
    static String wellFormed(String text) {
        return Utf8.isWellFormed(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
