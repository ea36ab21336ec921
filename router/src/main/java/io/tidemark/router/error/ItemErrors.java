package io.tidemark.router.error;

import io.tidemark.schema.value.Item;
import java.util.List;
import java.util.Optional;

/** What the API says of operations on items. Source: the answers of the service. */
public final class ItemErrors {
    /** How the message begins that tells of an inadmissible {@code ExclusiveStartKey}. */
    private static final String START_KEY = "The provided starting key is invalid";

    /** Faults of a start key's values that are told as the start key's. All others are told as those of any value. */
    private static final List<String> START_KEY_VALUES = List.of(
            "Supplied AttributeValue",
            "Null attribute value",
            "An string set",
            "Binary sets",
            "One or more parameter values are not valid.");

    private ItemErrors() {}

    public static ApiException tableNotFound() {
        return new ApiException(ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found");
    }

    public static ApiException accessDenied(String user, String operation, String tableArn) {
        return new ApiException(
                ErrorType.ACCESS_DENIED,
                "User: arn:aws:iam::000000000000:user/" + user + " is not authorized to perform: dynamodb:" + operation
                        + " on resource: " + tableArn + " because no identity-based policy allows the dynamodb:"
                        + operation + " action");
    }

    /** @param item what the condition was evaluated against, where the request asked for it */
    public static ApiException conditionFailed(Optional<Item> item) {
        return new ApiException(ErrorType.CONDITIONAL_CHECK_FAILED, "The conditional request failed", item);
    }

    /** Of the parameters that were there before expressions: the service has no limit of its own. */
    public static ApiException tooManyConditions() {
        return ApiException.validation("One or more parameter values were invalid: Too many conditions in one request");
    }

    /** As {@link #tooManyConditions}. */
    public static ApiException tooManyUpdates() {
        return ApiException.validation(
                "One or more parameter values were invalid: Too many attributes to update in one request");
    }

    public static ApiException keyMismatch() {
        return ApiException.validation("The provided key element does not match the schema");
    }

    public static ApiException itemTooLarge() {
        return ApiException.validation("Item size has exceeded the maximum allowed size");
    }

    /** Of PutItem and DeleteItem. */
    public static ApiException returnValues() {
        return ApiException.validation("ReturnValues can only be ALL_OLD or NONE");
    }

    /** @param operation BatchGetItem or BatchWriteItem */
    public static ApiException tooManyItems(String operation) {
        return ApiException.validation("Too many items requested for the " + operation + " call");
    }

    public static ApiException duplicateKeys() {
        return ApiException.validation("Provided list of item keys contains duplicates");
    }

    /** A write request that is neither a put nor a delete, or both. */
    public static ApiException noWriteRequest() {
        return ValueErrors.severalTypes();
    }

    public static ApiException noSuchIndex(String indexName) {
        return ApiException.validation("The table does not have the specified index: " + indexName);
    }

    public static ApiException startKey() {
        return ApiException.validation(START_KEY);
    }

    /** @param reason the message of what is wrong with it */
    public static ApiException startKey(String reason) {
        return ApiException.validation(START_KEY + ": " + reason);
    }

    /** @param fault the message of what is wrong with one of its values */
    public static ApiException startKeyValue(String fault) {
        return START_KEY_VALUES.stream().anyMatch(fault::contains) ? startKey(fault) : ApiException.validation(fault);
    }

    public static ApiException startKeyOutsideQuery() {
        return ApiException.validation(
                "The provided starting key is outside query boundaries based on provided conditions");
    }

    public static ApiException startKeyOutsideSortRange() {
        return ApiException.validation("The provided starting key does not match the range key predicate");
    }

    /** A start key that the sort condition admits, but of another partition key. */
    public static ApiException startKeyOfOtherPartition() {
        return ApiException.validation("The query can return at most one row and cannot be restarted");
    }

    public static ApiException startKeyOutsideSegment(int segment, int totalSegments) {
        return startKey("Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: "
                + totalSegments + " Segment: " + segment);
    }

    public static ApiException noKeyCondition() {
        return ApiException.validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
    }

    public static ApiException segmentAlone() {
        return ApiException.validation("The TotalSegments parameter is required but was not present in the request "
                + "when Segment parameter is present");
    }

    public static ApiException totalSegmentsAlone() {
        return ApiException.validation("The Segment parameter is required but was not present in the request "
                + "when parameter TotalSegments is present");
    }

    public static ApiException segmentTooLarge() {
        return ApiException.validation(
                "The Segment parameter is zero-based and must be less than parameter TotalSegments");
    }

    /**
     * @param parameter the projection that does not go with it
     * @param chosen what was chosen instead
     */
    public static ApiException selectAndProjection(String parameter, String chosen) {
        return select("Cannot specify the " + parameter + " when choosing to get " + chosen);
    }

    public static ApiException selectWithoutProjection() {
        return select(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
    }

    public static ApiException selectWithoutIndex() {
        return select("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }

    private static ApiException select(String message) {
        return ConstraintErrors.counted(ApiException.validation(message));
    }
}
