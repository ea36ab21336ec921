package io.tidemark.router.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of an HTTP request a signature is computed over, as it was sent. */
public interface SignedRequest {
    /** Upper case. */
    String method();

    /** With the query, if there is one; still encoded. */
    String path();

    /** @param name in lower case; {@code host} is there in every protocol */
    List<String> headers(String name);

    /** In hexadecimal digits, lower case; of the body as it was sent, encoded or not. */
    String bodySha256();

    /** The first value. */
    default @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.getFirst();
    }
}
