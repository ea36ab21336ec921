package io.tidemark.router.operation.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.model.TableArn;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.TableAccess;
import io.tidemark.schema.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableOperationsTest {
    private static final String INVALID = "ValidationException: One or more parameter values were invalid: ";
    private static final String NOT_FOUND =
            "ResourceNotFoundException: Requested resource not found: Table: missing not found";

    private final CatalogFixture catalog = new CatalogFixture(CatalogFixture.SETTLE_LIMIT);

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        assertThat(catalog.failure(OperationName.DescribeTable, "{'TableName': 'missing'}"))
                .isEqualTo(NOT_FOUND);
        assertThat(catalog.failure(OperationName.DeleteTable, "{'TableName': 'missing'}"))
                .isEqualTo(NOT_FOUND);
        assertThat(catalog.failure(OperationName.DescribeTimeToLive, "{'TableName': 'missing'}"))
                .isEqualTo(NOT_FOUND);
        assertThat(catalog.failure(
                        OperationName.UpdateTable, "{'TableName': 'missing', 'DeletionProtectionEnabled': true}"))
                .isEqualTo(NOT_FOUND);
        assertThat(catalog.failure(
                        OperationName.UpdateTimeToLive,
                        "{'TableName': 'missing', 'TimeToLiveSpecification': {'AttributeName': 'a', 'Enabled': true}}"))
                .isEqualTo(NOT_FOUND);
        assertThat(catalog.failure(OperationName.DescribeTable, "{}"))
                .isEqualTo("ValidationException: The parameter 'TableName' is required but was not present in the"
                        + " request");
    }

    @Test
    void aTableCanBeNamedByItsArn() {
        catalog.create("music");
        String arn = TableArn.of(CatalogFixture.REGION, "music").toString();
        assertThat(catalog.describe(arn).get("TableName").asText()).isEqualTo("music");
        assertThat(catalog.failure(
                        OperationName.DescribeTable, "{'TableName': '" + arn.replace("music", "missing") + "'}"))
                .isEqualTo(NOT_FOUND);
    }

    @Test
    void tablesAreListedInPages() {
        for (String name : List.of("beta", "alpha", "Zeta", "gamma")) {
            catalog.create(name);
        }
        assertThat(catalog.call(OperationName.ListTables, "{}").toString())
                .isEqualTo("{\"TableNames\":[\"Zeta\",\"alpha\",\"beta\",\"gamma\"]}");
        List<String> names = new ArrayList<>();
        JsonNode page = catalog.call(OperationName.ListTables, "{'Limit': 3}");
        page.get("TableNames").forEach(name -> names.add(name.asText()));
        assertThat(page.get("LastEvaluatedTableName").asText()).isEqualTo("beta");
        JsonNode last = catalog.call(OperationName.ListTables, "{'Limit': 1, 'ExclusiveStartTableName': 'beta'}");
        assertThat(last.toString()).isEqualTo("{\"TableNames\":[\"gamma\"]}");
        assertThat(names).containsExactly("Zeta", "alpha", "beta");
        assertThat(catalog.call(OperationName.ListTables, "{'ExclusiveStartTableName': 'never-there'}")
                        .get("TableNames"))
                .isEmpty();
        assertThat(catalog.call(
                                OperationName.ListTables,
                                "{}",
                                (right, name) -> right == TableAccess.Right.WRITE && name.equals("alpha"),
                                Optional.empty())
                        .get("TableNames"))
                .hasSize(1);
    }

    @Test
    void aDeletedTableIsGone() {
        catalog.create("music");
        JsonNode deleted = catalog.call(OperationName.DeleteTable, "{'TableName': 'music'}")
                .get("TableDescription");
        assertThat(deleted.get("TableStatus").asText()).isEqualTo("DELETING");
        assertThat(deleted.has("KeySchema")).isFalse();
        assertThat(deleted.has("CreationDateTime")).isFalse();
        assertThat(deleted.get("ProvisionedThroughput")
                        .get("NumberOfDecreasesToday")
                        .asInt())
                .isZero();
        assertThat(catalog.failure(OperationName.DescribeTable, "{'TableName': 'music'}"))
                .contains("Table: music not found");
    }

    @Test
    void aTableIsDeletedNeitherWhileItIsMadeNorTwice() {
        try (CatalogFixture held = new CatalogFixture(Duration.ZERO)) {
            held.hold();
            held.create("music");
            String inUse =
                    "ResourceInUseException: Attempt to change a resource which is still in use: Table is being ";
            assertThat(held.failure(OperationName.DeleteTable, "{'TableName': 'music'}"))
                    .isEqualTo(inUse + "created: music");
            assertThat(held.failure(
                            OperationName.UpdateTable, "{'TableName': 'music', 'DeletionProtectionEnabled': true}"))
                    .isEqualTo(inUse + "created: music");
            assertThat(held.failure(OperationName.DescribeTimeToLive, "{'TableName': 'music'}"))
                    .isEqualTo("ValidationException: Cannot describe time to live while table is in CREATING state:"
                            + " Current table state is CREATING");
            held.release();
            held.admin()
                    .awaitActive("music", Duration.ofSeconds(10))
                    .toCompletableFuture()
                    .join();
            held.hold();
            Optional<Bytes> token = Optional.of(Bytes.wrap(new byte[] {9}));
            JsonNode first = held.call(OperationName.DeleteTable, "{'TableName': 'music'}", TableAccess.ALL, token);
            assertThat(held.failure(OperationName.DeleteTable, "{'TableName': 'music'}"))
                    .isEqualTo(inUse + "deleted: music");
            assertThat(held.call(OperationName.DeleteTable, "{'TableName': 'music'}", TableAccess.ALL, token))
                    .isEqualTo(first);
            assertThat(held.failure(
                            OperationName.UpdateTable, "{'TableName': 'music', 'DeletionProtectionEnabled': true}"))
                    .isEqualTo(inUse + "deleted: music");
        }
    }

    @Test
    void aProtectedTableStays() {
        catalog.create("music");
        JsonNode updated = update("'DeletionProtectionEnabled': true");
        assertThat(updated.get("TableStatus").asText()).isEqualTo("ACTIVE");
        assertThat(updated.get("DeletionProtectionEnabled").asBoolean()).isTrue();
        assertThat(catalog.failure(OperationName.DeleteTable, "{'TableName': 'music'}"))
                .isEqualTo("ValidationException: Resource cannot be deleted as it is currently protected against"
                        + " deletion. Disable deletion protection first.");
        assertThat(catalog.describe("music").get("TableStatus").asText()).isEqualTo("ACTIVE");
        update("'DeletionProtectionEnabled': false");
        catalog.call(OperationName.DeleteTable, "{'TableName': 'music'}");
    }

    @Test
    void throughputIsChangedAndItsChangesAreCounted() {
        catalog.create("music");
        assertThat(units(update("'BillingMode': 'PROVISIONED'," + units(5, 5)))).isEqualTo("5/5");
        catalog.advance(Duration.ofSeconds(2));
        JsonNode updating = update(units(9, 2));
        assertThat(units(updating)).as("what it was").isEqualTo("5/5");
        assertThat(updating.get("TableStatus").asText()).isEqualTo("UPDATING");
        JsonNode throughput = catalog.describe("music").get("ProvisionedThroughput");
        assertThat(throughput.get("ReadCapacityUnits").asLong()).isEqualTo(9);
        assertThat(throughput.get("WriteCapacityUnits").asLong()).isEqualTo(2);
        assertThat(throughput.get("NumberOfDecreasesToday").asInt()).isEqualTo(1);
        double changedAt = CatalogFixture.START.toEpochMilli() / 1_000.0 + 2;
        assertThat(throughput.get("LastIncreaseDateTime").asDouble()).isEqualTo(changedAt);
        assertThat(throughput.get("LastDecreaseDateTime").asDouble()).isEqualTo(changedAt);
        catalog.advance(Duration.ofDays(1));
        assertThat(catalog.describe("music")
                        .get("ProvisionedThroughput")
                        .get("NumberOfDecreasesToday")
                        .asInt())
                .isZero();
        JsonNode summary = update("'BillingMode': 'PAY_PER_REQUEST'").get("BillingModeSummary");
        assertThat(summary.get("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
        assertThat(units(catalog.describe("music"))).isEqualTo("0/0");
        assertThat(update("'BillingMode': 'PAY_PER_REQUEST'").get("TableStatus").asText())
                .isEqualTo("UPDATING");
    }

    @Test
    void whatATableServesFromTheFirstIsTold() {
        catalog.create("music");
        assertThat(warm(catalog.describe("music"))).isEqualTo("12000/4000 ACTIVE");
        assertThat(warm(update("'BillingMode': 'PROVISIONED'," + units(20_000, 5))))
                .isEqualTo("12000/4000 ACTIVE");
        assertThat(warm(catalog.describe("music"))).isEqualTo("20000/4000 ACTIVE");
    }

    @Test
    void theClassOfATableIsTold() {
        catalog.create("music");
        assertThat(catalog.describe("music").has("TableClassSummary")).isFalse();
        JsonNode updating = update("'TableClass': 'STANDARD_INFREQUENT_ACCESS'");
        assertThat(updating.has("TableClassSummary")).as("what it was").isFalse();
        assertThat(updating.get("TableStatus").asText()).isEqualTo("UPDATING");
        JsonNode summary = catalog.describe("music").get("TableClassSummary");
        assertThat(summary.get("TableClass").asText()).isEqualTo("STANDARD_INFREQUENT_ACCESS");
        assertThat(summary.get("LastUpdateDateTime").asDouble())
                .isEqualTo(CatalogFixture.START.toEpochMilli() / 1_000.0);
        assertThat(update("'TableClass': 'STANDARD'").get("TableClassSummary")).isEqualTo(summary);
        assertThat(failure("'TableClass': 'standard'")).contains("Invalid table-class parameter provided");
    }

    @Test
    void limitsOfTablesOnDemandAreMergedAndTold() {
        catalog.create("music");
        assertThat(limits(update("'OnDemandThroughput': {'MaxReadRequestUnits': 1000, 'MaxWriteRequestUnits': 500}")))
                .isEqualTo("{\"MaxReadRequestUnits\":1000,\"MaxWriteRequestUnits\":500}");
        JsonNode cleared = update("'OnDemandThroughput': {'MaxReadRequestUnits': -1}");
        assertThat(limits(cleared)).as("as asked for").contains("\"MaxReadRequestUnits\":-1", ":500");
        assertThat(cleared.get("TableStatus").asText()).isEqualTo("ACTIVE");
        assertThat(limits(catalog.describe("music"))).isEqualTo("{\"MaxWriteRequestUnits\":500}");
        update("'BillingMode': 'PROVISIONED'," + units(5, 5));
        assertThat(catalog.describe("music").has("OnDemandThroughput")).isFalse();
        assertThat(failure("'OnDemandThroughput': {'MaxReadRequestUnits': 5}"))
                .isEqualTo(INVALID + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table"
                        + " BillingMode is PROVISIONED");
        assertThat(limits(
                        update("'BillingMode': 'PAY_PER_REQUEST', 'OnDemandThroughput': {'MaxWriteRequestUnits': 5}")))
                .isEqualTo("{\"MaxWriteRequestUnits\":5}");
        for (String none : List.of("'MaxReadRequestUnits': 0", "'MaxReadRequestUnits': -2")) {
            assertThat(failure("'OnDemandThroughput': {" + none + "}"))
                    .isEqualTo(
                            INVALID
                                    + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range");
        }
        assertThat(failure("'OnDemandThroughput': {}")).contains("At least one of");
    }

    private static String limits(JsonNode table) {
        return table.get("OnDemandThroughput").toString();
    }

    @Test
    void whatStandsAloneIsChangedAlone() {
        catalog.create("music");
        String alone = " must be the only operation in the request";
        assertThat(failure("'SSESpecification': {'Enabled': false}, 'DeletionProtectionEnabled': true"))
                .isEqualTo(INVALID + "Server-Side Encryption modification" + alone);
        assertThat(failure("'TableClass': 'STANDARD', 'BillingMode': 'PAY_PER_REQUEST'"))
                .isEqualTo(INVALID + "TableClass modification" + alone);
        assertThat(failure("'WarmThroughput': {'ReadUnitsPerSecond': 5}, 'BillingMode': 'PAY_PER_REQUEST'"))
                .isEqualTo(INVALID + "WarmThroughput" + alone);
        assertThat(failure("'StreamSpecification': {'StreamEnabled': false},"
                        + " 'OnDemandThroughput': {'MaxReadRequestUnits': 5}"))
                .isEqualTo(
                        INVALID + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
        update("'WarmThroughput': {}, 'DeletionProtectionEnabled': false");
    }

    @Test
    void globalTablesAreRefusedAlsoWhereNothingElseIsAskedFor() {
        catalog.create("music");
        assertThat(failure("'GlobalTableSettingsReplicationMode': 'ENABLED'"))
                .contains("Tidemark does not support global tables");
        assertThat(failure("'GlobalTableWitnessUpdates': [{}]")).contains("Tidemark does not support global tables");
        assertThat(update("'GlobalTableSettingsReplicationMode': 'DISABLED'")
                        .get("TableStatus")
                        .asText())
                .isEqualTo("ACTIVE");
    }

    private static String warm(JsonNode table) {
        JsonNode warm = table.get("WarmThroughput");
        return warm.get("ReadUnitsPerSecond").asLong() + "/"
                + warm.get("WriteUnitsPerSecond").asLong() + " "
                + warm.get("Status").asText();
    }

    @Test
    void updatesThatDoNotFitAreToldInTheServicesWords() {
        catalog.create("music");
        assertThat(failure("'GlobalSecondaryIndexUpdates': [{'Delete': {'IndexName': 'gone'}}]"))
                .isEqualTo("ResourceNotFoundException: Requested resource not found: Index gone for table music");
        assertThat(failure("'GlobalSecondaryIndexUpdates': [{}]"))
                .isEqualTo(INVALID + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                        + " GlobalSecondaryIndexUpdate.Delete must not be null");
        assertThat(failure("'X': 1"))
                .isEqualTo("ValidationException: At least one of ProvisionedThroughput, BillingMode,"
                        + " UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates,"
                        + " MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency,"
                        + " DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required");
        assertThat(failure("'GlobalSecondaryIndexUpdates': []")).contains("At least one of");
        assertThat(failure(units(1, 1)))
                .isEqualTo(
                        INVALID + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode"
                                + " is PAY_PER_REQUEST");
        assertThat(failure("'BillingMode': 'PAY_PER_REQUEST'," + units(1, 1)))
                .isEqualTo(
                        INVALID + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode"
                                + " is PAY_PER_REQUEST");
        assertThat(failure("'BillingMode': 'PROVISIONED'"))
                .isEqualTo(INVALID + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        assertThat(failure("'DeletionProtectionEnabled': true, 'BillingMode': 'PAY_PER_REQUEST'"))
                .isEqualTo(INVALID + "DeletionProtection modification must be the only operation in the request");
        assertThat(failure("'StreamSpecification': {'StreamEnabled': false, 'StreamViewType': 'KEYS_ONLY'}"))
                .isEqualTo(INVALID + "If stream is being disabled, then UpdateViewType must not be specified");
        assertThat(failure("'StreamSpecification': {'StreamEnabled': false}"))
                .isEqualTo("ValidationException: Table has no stream to disable: TableName: music");
        assertThat(failure("'StreamSpecification': {'StreamEnabled': true}")).contains("does not support streams");
        assertThat(failure("'SSESpecification': {'Enabled': false}"))
                .isEqualTo(INVALID + "Table is already encrypted by default");
        assertThat(failure("'GlobalSecondaryIndexUpdates': [{'Create': {'IndexName': 'byTime',"
                        + " 'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}],"
                        + " 'Projection': {'ProjectionType': 'ALL'}}}]"))
                .contains("does not support secondary indexes");
        update("'BillingMode': 'PROVISIONED'," + units(5, 6));
        assertThat(failure(units(5, 6)))
                .startsWith(
                        "ValidationException: The provisioned throughput for the table will not change. The requested"
                                + " value equals the current value. Current ReadCapacityUnits provisioned for the table: 5.");
    }

    @Test
    void timeToLiveIsSwitchedOnAndOff() {
        catalog.create("music");
        assertThat(timeToLive()).isEqualTo("{'TimeToLiveDescription':{'TimeToLiveStatus':'DISABLED'}}");
        assertThat(text(catalog.call(OperationName.UpdateTimeToLive, timeToLive("expires", true))))
                .isEqualTo("{'TimeToLiveSpecification':{'Enabled':true,'AttributeName':'expires'}}");
        assertThat(timeToLive())
                .isEqualTo("{'TimeToLiveDescription':{'TimeToLiveStatus':'ENABLED','AttributeName':'expires'}}");
        assertThat(catalog.failure(OperationName.UpdateTimeToLive, timeToLive("expires", true)))
                .isEqualTo("ValidationException: TimeToLive is already enabled");
        assertThat(catalog.failure(OperationName.UpdateTimeToLive, timeToLive("other", false)))
                .isEqualTo("ValidationException: TimeToLive is active on a different AttributeName: current"
                        + " AttributeName is expires");
        catalog.call(OperationName.UpdateTimeToLive, timeToLive("expires", false));
        assertThat(catalog.failure(OperationName.UpdateTimeToLive, timeToLive("expires", false)))
                .isEqualTo("ValidationException: TimeToLive is already disabled");
        assertThat(timeToLive()).isEqualTo("{'TimeToLiveDescription':{'TimeToLiveStatus':'DISABLED'}}");
    }

    @Test
    void aTableTellsHowManyItemsItHas() {
        catalog.create("music");
        catalog.sized(new TableSizes.TableSize(7, 1_234));
        assertThat(catalog.describe("music").get("ItemCount").asLong()).isEqualTo(7);
        assertThat(catalog.describe("music").get("TableSizeBytes").asLong()).isEqualTo(1_234);
    }

    @Test
    void limitsAndEndpointsAreTold() {
        assertThat(text(catalog.call(OperationName.DescribeLimits, "{}")))
                .isEqualTo("{'AccountMaxReadCapacityUnits':80000,'AccountMaxWriteCapacityUnits':80000,"
                        + "'TableMaxReadCapacityUnits':40000,'TableMaxWriteCapacityUnits':40000}");
        assertThat(text(catalog.call(OperationName.DescribeEndpoints, "{}")))
                .isEqualTo("{'Endpoints':[{'Address':'localhost:8000','CachePeriodInMinutes':1440}]}");
    }

    private JsonNode update(String members) {
        return catalog.call(OperationName.UpdateTable, "{'TableName': 'music', " + members + "}")
                .get("TableDescription");
    }

    private String failure(String members) {
        return catalog.failure(OperationName.UpdateTable, "{'TableName': 'music', " + members + "}");
    }

    private static String units(int read, int write) {
        return "'ProvisionedThroughput': {'ReadCapacityUnits': " + read + ", 'WriteCapacityUnits': " + write + "}";
    }

    private static String units(JsonNode table) {
        JsonNode throughput = table.get("ProvisionedThroughput");
        return throughput.get("ReadCapacityUnits") + "/" + throughput.get("WriteCapacityUnits");
    }

    private String timeToLive() {
        return text(catalog.call(OperationName.DescribeTimeToLive, "{'TableName': 'music'}"));
    }

    private static String timeToLive(String attribute, boolean enabled) {
        return "{'TableName': 'music', 'TimeToLiveSpecification': {'AttributeName': '" + attribute + "', 'Enabled': "
                + enabled + "}}";
    }

    private static String text(JsonNode json) {
        return json.toString().replace('"', '\'');
    }
}
