package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ConstraintErrors;
import io.tidemark.router.error.TableErrors;
import io.tidemark.router.operation.Call;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** What every operation on tables asks of a call. What callers may do has been looked at before. */
record TableCalls(TableContext context) {
    private static final String DIGEST = "SHA-256";
    private static final String TABLE_NAME = "TableName";

    /**
     * The name of the table that the call is about.
     *
     * @throws ApiException if it is missing
     */
    static String tableName(Call call) {
        return member(call.parameters(), TABLE_NAME)
                .map(JsonNode::asText)
                .orElseThrow(() -> ConstraintErrors.missingParameter(TABLE_NAME));
    }

    /** @throws ApiException if it is missing */
    static String resourceArn(Call call) {
        return member(call.parameters(), "ResourceArn").map(JsonNode::asText).orElseThrow(TableErrors::noArn);
    }

    /** Equal for all attempts of one call, so that it takes effect once. */
    RequestId requestId(Call call) {
        return call.retryToken().map(TableCalls::requestId).orElseGet(() -> RequestId.random(context.random()));
    }

    private static RequestId requestId(Bytes retryToken) {
        try {
            byte[] digest = MessageDigest.getInstance(DIGEST).digest(retryToken.array());
            return RequestId.fromBytes(Arrays.copyOf(digest, RequestId.SIZE_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + DIGEST, impossible);
        }
    }

    /** Empty if it is absent or null. */
    static Optional<JsonNode> member(JsonNode structure, String name) {
        return Optional.ofNullable(structure.get(name)).filter(value -> !value.isNull());
    }
}
