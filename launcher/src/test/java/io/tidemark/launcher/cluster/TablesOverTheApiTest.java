package io.tidemark.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Operations on tables, and what becomes of expired items, as a program with the AWS SDK sees them. */
class TablesOverTheApiTest {
    /** What is promised of the embedded cluster. */
    private static final Duration EXPIRY_LIMIT = Duration.ofMinutes(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static EmbeddedCluster cluster;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static DynamoDbClient client;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start(EmbeddedClusterOptions.in(folder), StartProgress.SILENT);
        client = DynamoDbClient.builder()
                .endpointOverride(cluster.api())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(RouterOptions.ACCESS_KEY, RouterOptions.SECRET_KEY)))
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void expiredItemsAreDeletedWithinAMinuteAndOthersStay() {
        createTable("sessions");
        long now = Instant.now().getEpochSecond();
        put("before it was switched on", Optional.of(now - 60));
        client.updateTimeToLive(update -> update.tableName("sessions")
                .timeToLiveSpecification(ttl -> ttl.attributeName("expires").enabled(true)));
        assertThat(client.describeTimeToLive(describe -> describe.tableName("sessions"))
                        .timeToLiveDescription()
                        .timeToLiveStatus())
                .isEqualTo(TimeToLiveStatus.ENABLED);
        put("a moment ago", Optional.of(now - 1));
        put("soon", Optional.of(now + 3));
        put("tomorrow", Optional.of(now + 86_400));
        put("in another century", Optional.of(162_777_600L));
        put("never", Optional.empty());

        assertThat(has("soon")).isTrue();
        Awaitility.await()
                .atMost(EXPIRY_LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !has("before it was switched on") && !has("a moment ago") && !has("soon"));
        for (String there : List.of("tomorrow", "in another century", "never")) {
            assertThat(has(there)).as(there).isTrue();
        }
        Awaitility.await()
                .atMost(EXPIRY_LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> describe("sessions").itemCount() == 3);
    }

    @Test
    void aTableServesAsSoonAsItsCreationIsAnsweredAndIsGoneAsSoonAsItsDeletionIs() {
        assertThat(createTable("music").tableStatus()).isEqualTo(TableStatus.CREATING);
        assertThat(describe("music").tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThatThrownBy(() -> createTable("music"))
                .isInstanceOfSatisfying(
                        ResourceInUseException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorMessage())
                                .isEqualTo("Table already exists: music"));
        assertThat(client.deleteTable(delete -> delete.tableName("music"))
                        .tableDescription()
                        .tableStatus())
                .isEqualTo(TableStatus.DELETING);
        assertThatThrownBy(() -> describe("music")).isInstanceOf(ResourceNotFoundException.class);
        createTable("music");
    }

    @Test
    void settingsAreChangedAndKept() {
        String arn = createTable("films").tableArn();
        client.updateTable(update -> update.tableName("films")
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units -> units.readCapacityUnits(5L).writeCapacityUnits(6L)));
        client.updateTable(update -> update.tableName("films").deletionProtectionEnabled(true));
        client.tagResource(tag -> tag.resourceArn(arn)
                .tags(Tag.builder().key("team").value("cinema").build()));

        TableDescription described = describe("films");
        assertThat(described.provisionedThroughput().readCapacityUnits()).isEqualTo(5);
        assertThat(described.provisionedThroughput().writeCapacityUnits()).isEqualTo(6);
        assertThat(described.billingModeSummary().billingMode()).isEqualTo(BillingMode.PROVISIONED);
        assertThat(described.deletionProtectionEnabled()).isTrue();
        assertThat(client.listTagsOfResource(list -> list.resourceArn(arn)).tags())
                .containsExactly(Tag.builder().key("team").value("cinema").build());
        assertThatThrownBy(() -> client.deleteTable(delete -> delete.tableName("films")))
                .isInstanceOfSatisfying(
                        DynamoDbException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("ValidationException"));
        assertThat(client.listTables().tableNames()).contains("films");
        assertThat(client.describeEndpoints().endpoints().getFirst().address())
                .isEqualTo(cluster.api().getAuthority());
        assertThat(client.describeLimits().tableMaxReadCapacityUnits()).isPositive();
    }

    private static TableDescription createTable(String name) {
        return client.createTable(create -> create.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType(KeyType.HASH)
                                .build()))
                .tableDescription();
    }

    private static TableDescription describe(String name) {
        return client.describeTable(describe -> describe.tableName(name)).table();
    }

    private static void put(String id, Optional<Long> expires) {
        Map<String, AttributeValue> item = new HashMap<>(Map.of("id", AttributeValue.fromS(id)));
        expires.ifPresent(at -> item.put("expires", AttributeValue.fromN(Long.toString(at))));
        client.putItem(put -> put.tableName("sessions").item(item));
    }

    private static boolean has(String id) {
        return client.getItem(get -> get.tableName("sessions")
                        .key(Map.of("id", AttributeValue.fromS(id)))
                        .consistentRead(true))
                .hasItem();
    }
}
