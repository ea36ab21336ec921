package io.tidemark.router.operation.item;

import io.tidemark.router.operation.Call;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Request ids that follow from a call's retry token, so that a write which the client's SDK sends again takes effect once. A
 * batch has one for each of its elements, by their place in the request.
 */
final class RequestIds {
    private static final String DIGEST = "SHA-256";

    private RequestIds() {}

    /** Empty where the call cannot be told from another one. */
    static Optional<RequestId> of(Call call, int element) {
        return call.retryToken().map(token -> of(token, element));
    }

    private static RequestId of(Bytes token, int element) {
        try {
            MessageDigest digest = MessageDigest.getInstance(DIGEST);
            digest.update(token.array());
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, element));
            return RequestId.fromBytes(Arrays.copyOf(digest.digest(), RequestId.SIZE_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + DIGEST, e);
        }
    }
}
