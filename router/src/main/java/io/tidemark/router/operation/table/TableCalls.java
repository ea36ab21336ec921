package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.TableAccess;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** What every operation on tables asks of a call. */
record TableCalls(TableContext context) {
    private static final String DIGEST = "SHA-256";

    /**
     * The name of the table that the call is about.
     *
     * @throws ApiException if it is missing, or the caller may not do that with the table
     */
    String tableName(Call call, TableAccess.Right right) {
        String name = context.arns().nameOf(required(call.parameters(), "TableName"));
        requireAccess(call, right, name);
        return name;
    }

    /** As {@link #tableName}, of the member {@code ResourceArn}. */
    String tableOfResource(Call call, TableAccess.Right right) {
        String arn = member(call.parameters(), "ResourceArn")
                .map(JsonNode::asText)
                .orElseThrow(() -> ApiException.validation("Invalid TableArn"));
        String name = context.arns().tableOf(arn);
        requireAccess(call, right, name);
        return name;
    }

    void requireAccess(Call call, TableAccess.Right right, String tableName) {
        if (!call.access().allows(right, tableName)) {
            throw new ApiException(
                    ErrorType.ACCESS_DENIED,
                    "User: arn:aws:iam::" + context.arns().accountId() + ":user/"
                            + call.accessKeyId().orElse("anonymous") + " is not authorized to perform: dynamodb:"
                            + call.operation() + " on resource: "
                            + context.arns().of(tableName));
        }
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

    static String required(ObjectNode parameters, String name) {
        return member(parameters, name)
                .map(JsonNode::asText)
                .orElseThrow(() -> ApiException.validation(
                        "The parameter '" + name + "' is required but was not present in the request"));
    }

    /** Empty if it is absent or null. */
    static Optional<JsonNode> member(JsonNode structure, String name) {
        return Optional.ofNullable(structure.get(name)).filter(value -> !value.isNull());
    }
}
