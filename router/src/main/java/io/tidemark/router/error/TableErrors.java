package io.tidemark.router.error;

import io.tidemark.schema.catalog.TableStatus;
import java.util.Collection;

/** What the API says of operations on tables. Source: the answers of the service. */
public final class TableErrors {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String IN_USE = "Attempt to change a resource which is still in use: ";

    private TableErrors() {}

    public static ApiException notFound(String tableName) {
        return new ApiException(
                ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found: Table: " + tableName + " not found");
    }

    public static ApiException resourceNotFound(String arn) {
        return new ApiException(
                ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found: ResourceArn: " + arn + " not found");
    }

    public static ApiException exists(String tableName) {
        return new ApiException(ErrorType.RESOURCE_IN_USE, "Table already exists: " + tableName);
    }

    public static ApiException beingCreated(String tableName) {
        return new ApiException(ErrorType.RESOURCE_IN_USE, IN_USE + "Table is being created: " + tableName);
    }

    public static ApiException beingDeleted(String tableName) {
        return new ApiException(ErrorType.RESOURCE_IN_USE, IN_USE + "Table is being deleted: " + tableName);
    }

    public static ApiException deletionProtected() {
        return ApiException.validation("Resource cannot be deleted as it is currently protected against deletion."
                + " Disable deletion protection first.");
    }

    /** @param reason what there are enough of */
    public static ApiException limitExceeded(String reason) {
        return new ApiException(ErrorType.LIMIT_EXCEEDED, "Subscriber limit exceeded: " + reason);
    }

    /** Where a constraint of the input's shape does not say it. */
    public static ApiException invalid(String reason) {
        return ApiException.validation(INVALID + reason);
    }

    /** @param what is not supported, in the plural */
    public static ApiException unsupported(String what, String parameter) {
        return invalid("Tidemark does not support " + what + " (parameter " + parameter + ")");
    }

    // Capacity

    public static ApiException unitsOnDemand() {
        return invalid(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    }

    /** Of a table that is made. */
    public static ApiException noUnits() {
        return invalid(
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
    }

    /** Of a table that is changed. */
    public static ApiException noThroughput() {
        return invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }

    public static ApiException unitsOutOfBounds(long units, String member) {
        return ApiException.validation("Given value " + units + " for " + member + " is out of bounds");
    }

    /** Of a table that is made. */
    public static ApiException limitOfNewProvisioned(String member) {
        return invalid(member + " for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.");
    }

    /** Of a table that is changed. */
    public static ApiException limitOfProvisioned(String member) {
        return invalid(
                member + " for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED");
    }

    public static ApiException limitOutOfRange(String member) {
        return invalid("Requested " + member + " for OnDemandThroughput for table is outside of valid range");
    }

    public static ApiException limitsBeside() {
        return invalid("OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    }

    // Key schema

    public static ApiException attributeTwice(String name) {
        return ApiException.validation("Attribute Name is duplicated: " + name);
    }

    public static ApiException keyWithoutDefinition() {
        return ApiException.validation("Invalid KeySchema: Some index key attribute have no definition");
    }

    public static ApiException keysNotDefined(Collection<String> keys, Collection<String> definitions) {
        return invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: ["
                + String.join(", ", keys) + "], AttributeDefinitions: [" + String.join(", ", definitions) + "]");
    }

    public static ApiException definitionsDoNotMatch() {
        return invalid("Number of attributes in KeySchema does not exactly match number of attributes defined in"
                + " AttributeDefinitions");
    }

    public static ApiException sameKeyTwice() {
        return ApiException.validation(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }

    public static ApiException firstIsNoHashKey() {
        return ApiException.validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }

    public static ApiException secondIsNoRangeKey() {
        return ApiException.validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }

    // Other parameters of a table

    /** @param member a list of indexes */
    public static ApiException noIndexes(String member) {
        return invalid("List of " + member + " is empty");
    }

    public static ApiException noSuchIndex(String indexName, String tableName) {
        return new ApiException(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found: Index " + indexName + " for table " + tableName);
    }

    public static ApiException noIndexAction() {
        return invalid("One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                + " GlobalSecondaryIndexUpdate.Delete must not be null");
    }

    /** Of a table that is made. */
    public static ApiException viewTypeOfNoStream() {
        return invalid("Table is being created with a stream disabled, UpdateViewType should not be specified");
    }

    /** Of a table that is changed. */
    public static ApiException viewTypeOfEndedStream() {
        return invalid("If stream is being disabled, then UpdateViewType must not be specified");
    }

    public static ApiException noStream(String tableName) {
        return ApiException.validation("Table has no stream to disable: TableName: " + tableName);
    }

    public static ApiException keyOfNoEncryption(String member) {
        return invalid(member + " can not be specified if Enabled is false");
    }

    public static ApiException encryptedByDefault() {
        return invalid("Table is already encrypted by default");
    }

    public static ApiException tableClass() {
        return ApiException.validation(
                "Invalid table-class parameter provided. Please try again with a valid table-class"
                        + " value: [STANDARD, STANDARD_INFREQUENT_ACCESS].");
    }

    public static ApiException nothingToUpdate() {
        return ApiException.validation("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
                + " GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady,"
                + " ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput,"
                + " WarmThroughput or TableClass is required");
    }

    /** @param change such as DeletionProtection modification */
    public static ApiException notTheOnlyChange(String change) {
        return invalid(change + " must be the only operation in the request");
    }

    // Tags

    public static ApiException noArn() {
        return ApiException.validation("Invalid TableArn");
    }

    public static ApiException noArn(String text) {
        return invalid("ARNs must start with 'arn:': " + text);
    }

    public static ApiException foreignArn(String arn) {
        return invalid("Provided Arn is not a DynamoDB resource arn: " + arn);
    }

    public static ApiException arnOfNoTable(String arn) {
        return invalid(
                "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: " + arn);
    }

    public static ApiException invalidArn(String arn) {
        return ApiException.validation("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
    }

    public static ApiException noTags() {
        return ApiException.validation("Atleast one Tag needs to be provided as Input.");
    }

    public static ApiException noTagKeys() {
        return ApiException.validation("Atleast one Tag Key needs to be provided as Input.");
    }

    public static ApiException tagKey(String key) {
        return ApiException.validation("The Tag Key provided is invalid, Key: " + key);
    }

    public static ApiException tagValue(String value) {
        return ApiException.validation("The Tag Value provided is invalid, Value: " + value);
    }

    public static ApiException reservedTagKey(String key) {
        return ApiException.validation("Tag Key cannot be prefixed with aws:, Key: " + key);
    }

    public static ApiException tagTwice(String key) {
        return ApiException.validation("Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key);
    }

    public static ApiException tooManyTags() {
        return ApiException.validation("Number of Tags exceed the current limit for the provided ResourceArn");
    }

    // Time to live

    public static ApiException emptyTimeToLiveAttribute() {
        return ApiException.validation("TimeToLiveSpecification.AttributeName must be non empty");
    }

    /** @param status not ACTIVE */
    public static ApiException timeToLiveNotDescribed(TableStatus status) {
        return ApiException.validation("Cannot describe time to live while table is in " + status
                + " state: Current table state is " + status);
    }
}
