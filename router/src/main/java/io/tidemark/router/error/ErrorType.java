package io.tidemark.router.error;

/**
 * The errors that the API answers with. Source: "Error handling with DynamoDB" of the DynamoDB developer guide, and what the
 * service is seen to answer.
 */
public enum ErrorType {
    ACCESS_DENIED(Namespace.CORAL, "AccessDeniedException", 400),
    CONDITIONAL_CHECK_FAILED(Namespace.DYNAMODB, "ConditionalCheckFailedException", 400),
    INCOMPLETE_SIGNATURE(Namespace.CORAL, "IncompleteSignatureException", 400),
    INVALID_SIGNATURE(Namespace.CORAL, "InvalidSignatureException", 400),
    ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED(Namespace.DYNAMODB, "ItemCollectionSizeLimitExceededException", 400),
    LIMIT_EXCEEDED(Namespace.DYNAMODB, "LimitExceededException", 400),
    MISSING_AUTHENTICATION_TOKEN(Namespace.CORAL, "MissingAuthenticationTokenException", 400),
    PROVISIONED_THROUGHPUT_EXCEEDED(Namespace.DYNAMODB, "ProvisionedThroughputExceededException", 400),
    REQUEST_TIMEOUT(Namespace.CORAL, "RequestTimeoutException", 408),
    REQUEST_TOO_LARGE(Namespace.CORAL, "RequestEntityTooLargeException", 413),
    RESOURCE_IN_USE(Namespace.DYNAMODB, "ResourceInUseException", 400),
    RESOURCE_NOT_FOUND(Namespace.DYNAMODB, "ResourceNotFoundException", 400),
    SERIALIZATION(Namespace.CORAL, "SerializationException", 400),
    THROTTLING(Namespace.AVAILABILITY, "ThrottlingException", 400),
    UNKNOWN_OPERATION(Namespace.CORAL, "UnknownOperationException", 400),
    UNRECOGNIZED_CLIENT(Namespace.CORAL, "UnrecognizedClientException", 400),
    VALIDATION(Namespace.VALIDATION, "ValidationException", 400),
    INTERNAL_SERVER_ERROR(Namespace.DYNAMODB, "InternalServerError", 500),
    SERVICE_UNAVAILABLE(Namespace.AVAILABILITY, "ServiceUnavailableException", 503);

    private static final class Namespace {
        private static final String AVAILABILITY = "com.amazon.coral.availability";
        private static final String CORAL = "com.amazon.coral.service";
        private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810";
        private static final String VALIDATION = "com.amazon.coral.validate";
    }

    private final String namespace;
    private final String shortName;
    private final int httpStatus;

    ErrorType(String namespace, String shortName, int httpStatus) {
        this.namespace = namespace;
        this.shortName = shortName;
        this.httpStatus = httpStatus;
    }

    /** What stands in the answer's {@code __type}. */
    public String type() {
        return namespace + "#" + shortName;
    }

    public String shortName() {
        return shortName;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The member that holds the text: the service writes it with a capital where its framework, not DynamoDB, refuses. */
    public String messageMember() {
        return this == SERIALIZATION || this == ACCESS_DENIED ? "Message" : "message";
    }
}
