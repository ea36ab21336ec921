package io.tidemark.router.model;

import static io.tidemark.router.model.CommonShapes.NOT_NULL;
import static io.tidemark.router.model.CommonShapes.STRINGS;
import static io.tidemark.router.model.CommonShapes.nameConstraints;
import static io.tidemark.router.model.CommonShapes.oneOf;
import static io.tidemark.router.model.CommonShapes.tableNameByName;
import static io.tidemark.router.model.Shape.Scalar.BOOLEAN;
import static io.tidemark.router.model.Shape.Scalar.INTEGER;
import static io.tidemark.router.model.Shape.Scalar.LONG;
import static io.tidemark.router.model.Shape.Scalar.STRING;

import io.tidemark.router.model.Constraint.MaxLength;
import io.tidemark.router.model.Constraint.MaxValue;
import io.tidemark.router.model.Constraint.MinLength;
import io.tidemark.router.model.Constraint.MinValue;

/** The inputs of operations on tables. Members stand in the order in which the service reports their faults. */
final class TableShapes {
    private static final int MAX_KEY_ATTRIBUTES = 2;
    private static final int MAX_KEY_NAME_LENGTH = 255;
    private static final int MAX_LISTED_TABLES = 100;
    private static final int MAX_PROJECTED_ATTRIBUTES = 20;

    private static final Shape.Structure KEY_ELEMENT = Shape.Structure.of(
            "KeySchemaElement",
            Member.of("AttributeName", STRING, NOT_NULL, new MinLength(1), new MaxLength(MAX_KEY_NAME_LENGTH)),
            Member.of("KeyType", STRING, NOT_NULL, oneOf("HASH", "RANGE")));

    private static final Shape.Structure ATTRIBUTE_DEFINITION = Shape.Structure.of(
            "AttributeDefinition",
            Member.of("AttributeName", STRING, NOT_NULL, new MinLength(1), new MaxLength(MAX_KEY_NAME_LENGTH)),
            Member.of("AttributeType", STRING, NOT_NULL, oneOf("B", "N", "S")));

    private static final Shape.Structure PROVISIONED_THROUGHPUT = Shape.Structure.of(
            "ProvisionedThroughput",
            Member.of("WriteCapacityUnits", LONG, NOT_NULL, new MinValue(1)),
            Member.of("ReadCapacityUnits", LONG, NOT_NULL, new MinValue(1)));

    private static final Shape.Structure ON_DEMAND_THROUGHPUT = Shape.Structure.of(
            "OnDemandThroughput", Member.of("MaxReadRequestUnits", LONG), Member.of("MaxWriteRequestUnits", LONG));

    private static final Shape.Structure WARM_THROUGHPUT = Shape.Structure.of(
            "WarmThroughput", Member.of("ReadUnitsPerSecond", LONG), Member.of("WriteUnitsPerSecond", LONG));

    private static final Shape.Structure PROJECTION = Shape.Structure.of(
            "Projection",
            Member.of("ProjectionType", STRING, oneOf("ALL", "INCLUDE", "KEYS_ONLY")),
            Member.of("NonKeyAttributes", STRINGS, new MinLength(1), new MaxLength(MAX_PROJECTED_ATTRIBUTES)));

    private static final Shape.Structure LOCAL_INDEX = Shape.Structure.of(
            "LocalSecondaryIndex", keySchema(), Member.of("Projection", PROJECTION, NOT_NULL), requiredIndexName());

    private static final Shape.Structure GLOBAL_INDEX = Shape.Structure.of(
            "GlobalSecondaryIndex",
            keySchema(),
            Member.of("Projection", PROJECTION, NOT_NULL),
            requiredIndexName(),
            Member.of("ProvisionedThroughput", PROVISIONED_THROUGHPUT),
            Member.of("OnDemandThroughput", ON_DEMAND_THROUGHPUT),
            Member.of("WarmThroughput", WARM_THROUGHPUT));

    private static final Shape.Structure GLOBAL_INDEX_UPDATE = Shape.Structure.of(
            "GlobalSecondaryIndexUpdate",
            Member.of(
                    "Update",
                    Shape.Structure.of(
                            "UpdateGlobalSecondaryIndexAction",
                            requiredIndexName(),
                            Member.of("ProvisionedThroughput", PROVISIONED_THROUGHPUT),
                            Member.of("OnDemandThroughput", ON_DEMAND_THROUGHPUT),
                            Member.of("WarmThroughput", WARM_THROUGHPUT))),
            Member.of(
                    "Create",
                    Shape.Structure.of(
                            "CreateGlobalSecondaryIndexAction",
                            keySchema(),
                            Member.of("Projection", PROJECTION, NOT_NULL),
                            requiredIndexName(),
                            Member.of("ProvisionedThroughput", PROVISIONED_THROUGHPUT),
                            Member.of("OnDemandThroughput", ON_DEMAND_THROUGHPUT),
                            Member.of("WarmThroughput", WARM_THROUGHPUT))),
            Member.of("Delete", Shape.Structure.of("DeleteGlobalSecondaryIndexAction", requiredIndexName())));

    private static final Shape.Structure STREAM_SPECIFICATION = Shape.Structure.of(
            "StreamSpecification",
            Member.of("StreamEnabled", BOOLEAN, NOT_NULL),
            Member.of("StreamViewType", STRING, oneOf("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES")));

    private static final Shape.Structure ENCRYPTION = Shape.Structure.of(
            "SSESpecification",
            Member.of("Enabled", BOOLEAN),
            Member.of("SSEType", STRING, oneOf("AES256", "KMS")),
            Member.of("KMSMasterKeyId", STRING, new MinLength(1)));

    private static final Shape.Structure TAG = Shape.Structure.of(
            "Tag",
            // The service tells of what is wrong with them in words of its own.
            Member.of("Key", STRING),
            Member.of("Value", STRING));

    static final Shape.Structure CREATE_TABLE = Shape.Structure.of(
            "CreateTableInput",
            attributeDefinitions(NOT_NULL),
            tableNameByName(),
            billingMode(),
            provisionedThroughput(),
            keySchema(),
            Member.of("GlobalSecondaryIndexes", new Shape.ListOf(GLOBAL_INDEX)).refused("secondary indexes"),
            Member.of("LocalSecondaryIndexes", new Shape.ListOf(LOCAL_INDEX)).refused("secondary indexes"),
            streamSpecification(),
            encryption(),
            tags(),
            tableClass(),
            deletionProtection(),
            warmThroughput(),
            onDemandThroughput(),
            Member.of("ResourcePolicy", STRING).refused("resource policies"),
            Member.of("GlobalTableSourceArn", STRING).refused("global tables"),
            globalTableReplication());

    static final Shape.Structure UPDATE_TABLE = Shape.Structure.of(
            "UpdateTableInput",
            attributeDefinitions(),
            tableNameByName(),
            billingMode(),
            provisionedThroughput(),
            Member.of("GlobalSecondaryIndexUpdates", new Shape.ListOf(GLOBAL_INDEX_UPDATE))
                    .refused("secondary indexes"),
            streamSpecification(),
            encryption(),
            Member.of("ReplicaUpdates", anyStructures("ReplicationGroupUpdate"), new MinLength(1))
                    .refused("global tables"),
            tableClass(),
            deletionProtection(),
            Member.of("MultiRegionConsistency", STRING, oneOf("EVENTUAL", "STRONG"))
                    .refused("global tables"),
            Member.of("GlobalTableWitnessUpdates", anyStructures("GlobalTableWitnessGroupUpdate"), new MinLength(1))
                    .refused("global tables"),
            warmThroughput(),
            onDemandThroughput(),
            globalTableReplication());

    static final Shape.Structure DELETE_TABLE = Shape.Structure.of("DeleteTableInput", tableNameByName());
    static final Shape.Structure DESCRIBE_TABLE = Shape.Structure.of("DescribeTableInput", tableNameByName());
    static final Shape.Structure DESCRIBE_TIME_TO_LIVE =
            Shape.Structure.of("DescribeTimeToLiveInput", tableNameByName());

    static final Shape.Structure UPDATE_TIME_TO_LIVE = Shape.Structure.of(
            "UpdateTimeToLiveInput",
            tableNameByName(),
            Member.of(
                    "TimeToLiveSpecification",
                    Shape.Structure.of(
                            "TimeToLiveSpecification",
                            Member.of("Enabled", BOOLEAN, NOT_NULL),
                            Member.of("AttributeName", STRING, NOT_NULL, new MaxLength(MAX_KEY_NAME_LENGTH))),
                    NOT_NULL));

    static final Shape.Structure LIST_TABLES = Shape.Structure.of(
            "ListTablesInput",
            Member.of("Limit", INTEGER, new MinValue(1), new MaxValue(MAX_LISTED_TABLES)),
            Member.of("ExclusiveStartTableName", STRING, nameConstraints()));

    static final Shape.Structure TAG_RESOURCE =
            Shape.Structure.of("TagResourceInput", Member.of("ResourceArn", STRING), tags());

    static final Shape.Structure UNTAG_RESOURCE =
            Shape.Structure.of("UntagResourceInput", Member.of("ResourceArn", STRING), Member.of("TagKeys", STRINGS));

    static final Shape.Structure LIST_TAGS_OF_RESOURCE = Shape.Structure.of(
            "ListTagsOfResourceInput", Member.of("ResourceArn", STRING), Member.of("NextToken", STRING));

    static final Shape.Structure DESCRIBE_LIMITS = Shape.Structure.of("DescribeLimitsInput");
    static final Shape.Structure DESCRIBE_ENDPOINTS = Shape.Structure.of("DescribeEndpointsRequest");

    private TableShapes() {}

    private static Member attributeDefinitions(Constraint... constraints) {
        return Member.of("AttributeDefinitions", new Shape.ListOf(ATTRIBUTE_DEFINITION), constraints);
    }

    private static Member keySchema() {
        return Member.of(
                "KeySchema",
                new Shape.ListOf(KEY_ELEMENT),
                NOT_NULL,
                new MinLength(1),
                new MaxLength(MAX_KEY_ATTRIBUTES));
    }

    private static Member requiredIndexName() {
        Constraint[] name = nameConstraints();
        Constraint[] all = new Constraint[name.length + 1];
        all[0] = NOT_NULL;
        System.arraycopy(name, 0, all, 1, name.length);
        return Member.of("IndexName", STRING, all);
    }

    private static Member billingMode() {
        return Member.of("BillingMode", STRING, oneOf("PROVISIONED", "PAY_PER_REQUEST"));
    }

    private static Member provisionedThroughput() {
        return Member.of("ProvisionedThroughput", PROVISIONED_THROUGHPUT).kept("nobody is held to it");
    }

    private static Member streamSpecification() {
        return Member.of("StreamSpecification", STREAM_SPECIFICATION).refused("streams, if StreamEnabled is true");
    }

    private static Member encryption() {
        return Member.of("SSESpecification", ENCRYPTION)
                .refused("encryption with keys of one's own, if Enabled is true");
    }

    private static Member tableClass() {
        // The service tells of other values in words of its own.
        return Member.of("TableClass", STRING).kept("it says how a table is charged for");
    }

    private static Member deletionProtection() {
        return Member.of("DeletionProtectionEnabled", BOOLEAN);
    }

    private static Member warmThroughput() {
        return Member.of("WarmThroughput", WARM_THROUGHPUT).ignored("tables need no warming");
    }

    private static Member onDemandThroughput() {
        return Member.of("OnDemandThroughput", ON_DEMAND_THROUGHPUT).kept("nobody is held to it");
    }

    private static Member globalTableReplication() {
        return Member.of(
                        "GlobalTableSettingsReplicationMode",
                        STRING,
                        oneOf("ENABLED", "DISABLED", "ENABLED_WITH_OVERRIDES"))
                .refused("global tables, unless it is DISABLED");
    }

    private static Member tags() {
        return Member.of("Tags", new Shape.ListOf(TAG));
    }

    private static Shape.ListOf anyStructures(String name) {
        return new Shape.ListOf(Shape.Structure.of(name));
    }
}
