package io.tidemark.router.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.Bytes;
import java.util.Optional;

/**
 * One authenticated request.
 *
 * @param parameters members of the operation's input: each has the type that the operation's shape gives it and satisfies the
 *     shape's constraints; members that the shape does not know were dropped
 * @param accessKeyId whose key pair signed it; empty where authentication is off
 * @param access what that key pair may do
 * @param retryToken equal for all attempts of one call of the client, and for nothing else: of an operation that changes
 *     something, if the client sent {@code amz-sdk-invocation-id}. 32 bytes, a digest over the access key id, the invocation
 *     id, the operation and the body
 * @param readToken the client's {@code x-tidemark-lsn}
 */
public record Call(
        OperationName operation,
        ObjectNode parameters,
        Optional<String> accessKeyId,
        TableAccess access,
        Optional<Bytes> retryToken,
        ReadToken readToken) {}
