package io.tidemark.router.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.auth.Authorization;
import io.tidemark.router.auth.KeyPair;
import io.tidemark.router.auth.Sha256;
import io.tidemark.router.auth.SignatureVerifier;
import io.tidemark.router.error.ProtocolErrors;
import io.tidemark.router.error.SerializationErrors;
import io.tidemark.router.model.Shapes;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.ReadToken;
import io.tidemark.router.operation.TableAccess;
import io.tidemark.schema.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a call of a request. Checks in the order of the service. Thread-safe. */
final class CallDecoder {
    /** A body up to this length is parsed before its signature is checked, as the service does; a longer one only after it. */
    private static final int MAX_UNSIGNED_PARSE_BYTES = 64 << 10;

    private static final String TARGET_PREFIX = "DynamoDB_20120810.";
    private static final String INVOCATION_ID = "amz-sdk-invocation-id";

    /** What changes nothing needs no retry token. */
    private static final Set<OperationName> READS = EnumSet.of(
            OperationName.BatchGetItem,
            OperationName.DescribeEndpoints,
            OperationName.DescribeLimits,
            OperationName.DescribeTable,
            OperationName.DescribeTimeToLive,
            OperationName.GetItem,
            OperationName.ListTables,
            OperationName.ListTagsOfResource,
            OperationName.Query,
            OperationName.Scan);

    /** Names and texts are bounded by the body's length alone; names of attributes differ without end, and are not interned. */
    private static final ObjectReader JSON = newReader();

    private final Map<String, OperationName> targets = new HashMap<>();
    private final @Nullable SignatureVerifier verifier;
    private final Authorization authorization;

    /** @param verifier null if requests need no signature */
    CallDecoder(Set<OperationName> operations, @Nullable SignatureVerifier verifier, Authorization authorization) {
        operations.forEach(operation -> targets.put(TARGET_PREFIX + operation.name(), operation));
        this.verifier = verifier;
        this.authorization = authorization;
    }

    /** Whether the headers are those of a request of the API. */
    static boolean isApiRequest(ApiRequest request) {
        if (request.body().length == 0) {
            return true;
        }
        String contentType = request.contentType();
        if (contentType == null) {
            return false;
        }
        String base = Envelope.baseType(contentType);
        return base.equals(Envelope.AMAZON_JSON) || base.equals(Envelope.PLAIN_JSON);
    }

    @Nullable
    OperationName operation(ApiRequest request) {
        String target = request.header("x-amz-target");
        return target == null ? null : targets.get(target);
    }

    /** @throws io.tidemark.router.error.ApiException for what the client is told */
    Call decode(ApiRequest request) {
        boolean parseFirst = request.body().length > 0 && request.body().length <= MAX_UNSIGNED_PARSE_BYTES;
        JsonNode body = parseFirst ? parse(request) : null;
        OperationName operation = operation(request);
        if (operation == null) {
            throw ProtocolErrors.unknownOperation();
        }
        KeyPair caller = verifier == null ? null : verifier.verify(request);
        ObjectNode parameters = Shapes.check(operation, body == null ? parse(request) : body);
        if (caller != null) {
            authorization.require(operation, parameters, caller);
        }
        return new Call(
                operation,
                parameters,
                caller == null ? Optional.empty() : Optional.of(caller.accessKeyId()),
                caller == null ? TableAccess.ALL : caller,
                retryToken(request, operation, caller),
                readToken(request));
    }

    private static JsonNode parse(ApiRequest request) {
        String encoding = request.contentEncoding();
        byte[] body = encoding == null ? request.body() : ContentCoding.decode(encoding, request.body());
        try {
            return JSON.readTree(body);
        } catch (IOException malformed) {
            throw SerializationErrors.malformedBody();
        }
    }

    private static Optional<Bytes> retryToken(ApiRequest request, OperationName operation, @Nullable KeyPair caller) {
        String invocationId = request.header(INVOCATION_ID);
        if (invocationId == null || invocationId.isEmpty() || READS.contains(operation)) {
            return Optional.empty();
        }
        MessageDigest digest = Sha256.newDigest();
        update(digest, caller == null ? "" : caller.accessKeyId());
        update(digest, invocationId);
        update(digest, operation.name());
        return Optional.of(Bytes.wrap(digest.digest(request.bodyDigest())));
    }

    private static void update(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static ReadToken readToken(ApiRequest request) {
        String token = request.header(ReadTokens.HEADER);
        return token == null ? ReadToken.NONE : ReadTokens.parse(token);
    }

    private static ObjectReader newReader() {
        JsonFactory factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNameLength(RouterServer.MAX_REQUEST_BYTES)
                        .maxStringLength(RouterServer.MAX_REQUEST_BYTES)
                        .build())
                .build();
        ObjectMapper mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        return mapper.readerFor(JsonNode.class);
    }
}
