package io.tidemark.router.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import io.tidemark.router.auth.Sha256;
import io.tidemark.router.auth.SignedRequest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole request as it was sent. Used by one thread at a time. */
final class ApiRequest implements SignedRequest {
    private final RequestHeaders headers;
    private final byte[] body;
    private byte @Nullable [] bodyDigest;

    /** @param body as it was sent, encoded or not */
    ApiRequest(RequestHeaders headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    byte[] body() {
        return body;
    }

    @Override
    public String method() {
        return headers.method().name();
    }

    @Override
    public String path() {
        return headers.path();
    }

    @Override
    public List<String> headers(String name) {
        if (name.equals("host")) {
            String authority = headers.authority();
            return authority == null ? List.of() : List.of(authority);
        }
        return headers.getAll(name);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public String bodySha256() {
        return HexFormat.of().formatHex(bodyDigest());
    }

    byte[] bodyDigest() {
        byte[] digest = bodyDigest;
        if (digest == null) {
            digest = Sha256.newDigest().digest(body);
            bodyDigest = digest;
        }
        return digest;
    }

    @Nullable
    String contentType() {
        return headers.get(HttpHeaderNames.CONTENT_TYPE);
    }

    @Nullable
    String contentEncoding() {
        return headers.get(HttpHeaderNames.CONTENT_ENCODING);
    }
}
