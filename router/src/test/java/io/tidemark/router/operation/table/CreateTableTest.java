package io.tidemark.router.operation.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.TableAccess;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.catalog.TableStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CreateTableTest {
    private static final String INVALID = "ValidationException: One or more parameter values were invalid: ";
    private static final String PK = "{'AttributeName': 'pk', 'AttributeType': 'S'}";
    private static final String SK = "{'AttributeName': 'sk', 'AttributeType': 'N'}";
    private static final String HASH = "{'AttributeName': 'pk', 'KeyType': 'HASH'}";
    private static final String RANGE = "{'AttributeName': 'sk', 'KeyType': 'RANGE'}";
    private static final String INDEX =
            "{'IndexName': 'byTime', 'KeySchema': [" + HASH + "], 'Projection': {'ProjectionType': 'ALL'}}";
    private static final String ON_DEMAND = "'BillingMode': 'PAY_PER_REQUEST'";
    private static final String FIVE = "'ProvisionedThroughput': {'ReadCapacityUnits': 5, 'WriteCapacityUnits': 6}";

    private final CatalogFixture catalog = new CatalogFixture(CatalogFixture.SETTLE_LIMIT);

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void theAnswerDescribesATableThatIsBeingCreated() {
        JsonNode table =
                create("music", PK + "," + SK, HASH + "," + RANGE, FIVE).get("TableDescription");
        String id = table.get("TableId").asText();
        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(table.toString().replace('"', '\'').replace(id, "ID"))
                .isEqualTo("{'TableName':'music','TableStatus':'CREATING',"
                        + "'TableArn':'arn:aws:dynamodb:eu-central-1:000000000000:table/music','TableId':'ID',"
                        + "'ItemCount':0,'TableSizeBytes':0,'DeletionProtectionEnabled':false,"
                        + "'ProvisionedThroughput':{'NumberOfDecreasesToday':0,'ReadCapacityUnits':5,"
                        + "'WriteCapacityUnits':6},"
                        + "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},"
                        + "{'AttributeName':'sk','AttributeType':'N'}],"
                        + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'},"
                        + "{'AttributeName':'sk','KeyType':'RANGE'}],"
                        + "'CreationDateTime':1.76986080025E9}");
        assertThat(catalog.describe("music").get("TableStatus").asText()).isEqualTo("ACTIVE");
        assertThat(catalog.describe("music").get("TableId").asText()).isEqualTo(id);
    }

    @Test
    void aTableWithoutProvisionedCapacitySaysSoAndSinceWhen() {
        JsonNode created = catalog.create("music").get("TableDescription");
        assertThat(created.get("BillingModeSummary").toString()).isEqualTo("{\"BillingMode\":\"PAY_PER_REQUEST\"}");
        assertThat(created.get("ProvisionedThroughput").get("ReadCapacityUnits").asInt())
                .isZero();
        JsonNode active = catalog.describe("music");
        assertThat(active.get("BillingModeSummary").get("LastUpdateToPayPerRequestDateTime"))
                .isEqualTo(active.get("CreationDateTime"));
    }

    @Test
    void theAnswerComesAtOnceWhereNobodyWaits() {
        try (CatalogFixture impatient = new CatalogFixture(Duration.ZERO)) {
            impatient.hold();
            impatient.create("music");
            assertThat(impatient.describe("music").get("TableStatus").asText()).isEqualTo("CREATING");
        }
    }

    @Test
    void theWaitForATableThatIsSlowToComeEnds() {
        try (CatalogFixture slow = new CatalogFixture(Duration.ofMillis(50))) {
            slow.hold();
            assertThat(slow.create("music")
                            .get("TableDescription")
                            .get("TableStatus")
                            .asText())
                    .isEqualTo(TableStatus.CREATING.name());
        }
    }

    @Test
    void aNameIsTakenAsLongAsItsTableIsThere() {
        try (CatalogFixture held = new CatalogFixture(Duration.ZERO)) {
            held.hold();
            held.create("music");
            assertThat(held.failure(OperationName.CreateTable, CatalogFixture.plainTable("music")))
                    .isEqualTo("ResourceInUseException: Attempt to change a resource which is still in use: Table is"
                            + " being created: music");
            held.release();
            held.admin()
                    .awaitActive("music", Duration.ofSeconds(10))
                    .toCompletableFuture()
                    .join();
            assertThat(held.failure(OperationName.CreateTable, CatalogFixture.plainTable("music")))
                    .isEqualTo("ResourceInUseException: Table already exists: music");
            held.hold();
            held.call(OperationName.DeleteTable, "{'TableName': 'music'}");
            assertThat(held.failure(OperationName.CreateTable, CatalogFixture.plainTable("music")))
                    .isEqualTo("ResourceInUseException: Table already exists: music");
        }
    }

    @Test
    void theRepetitionOfACallFindsItsOwnTable() {
        Optional<Bytes> token = Optional.of(Bytes.wrap(new byte[] {1, 2, 3}));
        String input = CatalogFixture.plainTable("music");
        JsonNode first = catalog.call(OperationName.CreateTable, input, TableAccess.ALL, token);
        assertThat(catalog.call(OperationName.CreateTable, input, TableAccess.ALL, token))
                .isEqualTo(first);
    }

    @Test
    void aTableOfTheSameNameHasAnotherIdLater() {
        String first =
                catalog.create("music").get("TableDescription").get("TableId").asText();
        catalog.call(OperationName.DeleteTable, "{'TableName': 'music'}");
        assertThat(catalog.create("music")
                        .get("TableDescription")
                        .get("TableId")
                        .asText())
                .isNotEqualTo(first);
    }

    @Test
    void protectionAndTagsAreKept() {
        create(
                "music",
                PK,
                HASH,
                ON_DEMAND + ", 'DeletionProtectionEnabled': true, 'Tags': [{'Key': 'team', 'Value': 'wiki'}],"
                        + " 'TableClass': 'STANDARD', 'SSESpecification': {'Enabled': false},"
                        + " 'StreamSpecification': {'StreamEnabled': false}");
        assertThat(catalog.describe("music").get("DeletionProtectionEnabled").asBoolean())
                .isTrue();
        assertThat(catalog.describe("music").get("TableClassSummary").toString())
                .isEqualTo("{\"TableClass\":\"STANDARD\"}");
        assertThat(catalog.call(
                                OperationName.ListTagsOfResource,
                                "{'ResourceArn': 'arn:aws:dynamodb:eu-central-1:000000000000:table/music'}")
                        .toString())
                .isEqualTo("{\"Tags\":[{\"Key\":\"team\",\"Value\":\"wiki\"}]}");
    }

    @Test
    void limitsOfATableOnDemandAreKept() {
        create("music", PK, HASH, ON_DEMAND + ", 'OnDemandThroughput': {'MaxReadRequestUnits': 5}");
        assertThat(catalog.describe("music").get("OnDemandThroughput").toString())
                .isEqualTo("{\"MaxReadRequestUnits\":5}");
        create("unlimited", PK, HASH, ON_DEMAND + ", 'OnDemandThroughput': {}");
        assertThat(catalog.describe("unlimited").has("OnDemandThroughput")).isFalse();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        PK,
                        HASH,
                        ON_DEMAND + "," + FIVE,
                        INVALID
                                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
                                + " PAY_PER_REQUEST"),
                Arguments.of(
                        PK,
                        HASH,
                        "'X': 1",
                        INVALID + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
                                + " PROVISIONED"),
                Arguments.of(
                        PK,
                        HASH,
                        FIVE.replace("5", "1000000000001"),
                        "ValidationException: Given value 1000000000001 for ReadCapacityUnits is out of bounds"),
                Arguments.of(
                        PK + "," + PK.replace("'S'", "'N'"),
                        HASH,
                        ON_DEMAND,
                        "ValidationException: Attribute Name is duplicated: pk"),
                Arguments.of(
                        PK,
                        HASH + "," + RANGE,
                        ON_DEMAND,
                        "ValidationException: Invalid KeySchema: Some index key attribute have no definition"),
                Arguments.of(
                        SK,
                        HASH,
                        ON_DEMAND,
                        INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [pk],"
                                + " AttributeDefinitions: [sk]"),
                Arguments.of(
                        PK + "," + SK,
                        HASH,
                        ON_DEMAND,
                        INVALID
                                + "Number of attributes in KeySchema does not exactly match number of attributes defined"
                                + " in AttributeDefinitions"),
                Arguments.of(
                        PK + "," + SK,
                        HASH + "," + HASH,
                        ON_DEMAND,
                        "ValidationException: Both the Hash Key and the Range Key element in the KeySchema have the same"
                                + " name"),
                Arguments.of(
                        PK + "," + SK,
                        RANGE + "," + HASH,
                        ON_DEMAND,
                        "ValidationException: Invalid KeySchema: The first KeySchemaElement is not a HASH key type"),
                Arguments.of(
                        PK + "," + SK,
                        HASH + "," + RANGE.replace("RANGE", "HASH"),
                        ON_DEMAND,
                        "ValidationException: Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"),
                Arguments.of(
                        PK,
                        HASH,
                        ON_DEMAND + ", 'GlobalSecondaryIndexes': []",
                        INVALID + "List of GlobalSecondaryIndexes is empty"),
                Arguments.of(
                        PK,
                        HASH,
                        ON_DEMAND + ", 'GlobalSecondaryIndexes': [" + INDEX + "]",
                        INVALID + "Tidemark does not support secondary indexes (parameter GlobalSecondaryIndexes)"),
                Arguments.of(
                        PK,
                        HASH,
                        ON_DEMAND + ", 'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'KEYS_ONLY'}",
                        INVALID + "Tidemark does not support streams (parameter StreamSpecification)"),
                Arguments.of(
                        PK,
                        HASH,
                        ON_DEMAND + ", 'SSESpecification': {'Enabled': true}",
                        INVALID
                                + "Tidemark does not support encryption with keys of one's own (parameter SSESpecification)"),
                Arguments.of(
                        PK,
                        HASH,
                        FIVE + ", 'OnDemandThroughput': {'MaxWriteRequestUnits': 5}",
                        INVALID
                                + "MaxWriteRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is"
                                + " PROVISIONED."),
                Arguments.of(
                        PK,
                        HASH,
                        ON_DEMAND + ", 'OnDemandThroughput': {'MaxReadRequestUnits': -1}",
                        INVALID
                                + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range"),
                Arguments.of(
                        PK,
                        HASH,
                        ON_DEMAND + ", 'TableClass': 'standard'",
                        "ValidationException: Invalid table-class parameter provided. Please try again with a valid"
                                + " table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS]."),
                Arguments.of(
                        PK,
                        HASH,
                        ON_DEMAND + ", 'Tags': [{'Key': 'aws:foo', 'Value': 'x'}]",
                        "ValidationException: Tag Key cannot be prefixed with aws:, Key: aws:foo"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsWrongIsToldInTheServicesWords(String definitions, String keySchema, String more, String failure) {
        assertThat(catalog.failure(OperationName.CreateTable, input("music", definitions, keySchema, more)))
                .isEqualTo(failure);
        assertThat(catalog.call(OperationName.ListTables, "{}").get("TableNames"))
                .isEmpty();
    }

    private JsonNode create(String name, String definitions, String keySchema, String more) {
        return catalog.call(OperationName.CreateTable, input(name, definitions, keySchema, more));
    }

    private static String input(String name, String definitions, String keySchema, String more) {
        return "{'TableName': '" + name + "', 'AttributeDefinitions': [" + definitions + "], 'KeySchema': [" + keySchema
                + "], " + more + "}";
    }
}
