package io.tidemark.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.conformance.cluster.ClusterExtension;
import io.tidemark.conformance.cluster.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The AWS SDK's synchronous client, as it comes: signatures, checksums, retries and waiters are its own. */
@ExtendWith(ClusterExtension.class)
class SyncClientTest {
    private static final Duration TABLE_LIMIT = Duration.ofSeconds(60);

    static DynamoDbClient client(URI endpoint, String accessKey, String secretKey) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .httpClientBuilder(Apache5HttpClient.builder())
                .overrideConfiguration(builder -> builder.retryStrategy(RetryMode.STANDARD))
                .build();
    }

    static DynamoDbClient client(Endpoint endpoint) {
        return client(
                endpoint.uri(),
                endpoint.credentials().accessKeyId(),
                endpoint.credentials().secretAccessKey());
    }

    static void createTable(DynamoDbClient client, String table) {
        client.createTable(builder -> builder.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName("station")
                                .attributeType(ScalarAttributeType.S)
                                .build(),
                        AttributeDefinition.builder()
                                .attributeName("minute")
                                .attributeType(ScalarAttributeType.N)
                                .build())
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName("station")
                                .keyType(KeyType.HASH)
                                .build(),
                        KeySchemaElement.builder()
                                .attributeName("minute")
                                .keyType(KeyType.RANGE)
                                .build()));
        client.waiter()
                .waitUntilTableExists(builder -> builder.tableName(table), wait -> wait.waitTimeout(TABLE_LIMIT));
    }

    private static Map<String, AttributeValue> key(String station, int minute) {
        return Map.of(
                "station", AttributeValue.fromS(station), "minute", AttributeValue.fromN(Integer.toString(minute)));
    }

    @Test
    void everyTypeOfAttributeComesBackAsItWent(Endpoint endpoint) {
        try (DynamoDbClient client = client(endpoint)) {
            createTable(client, "sdk-types");
            Map<String, AttributeValue> item = Map.of(
                    "station", AttributeValue.fromS("Brest"),
                    "minute", AttributeValue.fromN("-1.5E+3"),
                    "bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, 1, -1})),
                    "flag", AttributeValue.fromBool(false),
                    "none", AttributeValue.fromNul(true),
                    "list", AttributeValue.fromL(List.of(AttributeValue.fromS(""), AttributeValue.fromN("1"))),
                    "map", AttributeValue.fromM(Map.of("é \uD83C\uDF0A", AttributeValue.fromS("x"))),
                    "names", AttributeValue.fromSs(List.of("a", "b")),
                    "numbers", AttributeValue.fromNs(List.of("1", "2.5")));
            client.putItem(builder -> builder.tableName("sdk-types").item(item));

            Map<String, AttributeValue> found = client.getItem(builder -> builder.tableName("sdk-types")
                            .key(Map.of("station", item.get("station"), "minute", AttributeValue.fromN("-1500")))
                            .consistentRead(true))
                    .item();

            assertThat(found).hasSameSizeAs(item);
            assertThat(found.get("minute").n()).isEqualTo("-1500");
            assertThat(found.get("names").ss()).containsExactlyInAnyOrder("a", "b");
            assertThat(found.get("numbers").ns()).containsExactlyInAnyOrder("1", "2.5");
            List.of("bytes", "flag", "none", "list", "map")
                    .forEach(name -> assertThat(found.get(name)).isEqualTo(item.get(name)));
            client.deleteTable(builder -> builder.tableName("sdk-types"));
        }
    }

    @Test
    void aCountedUpdateThatFailsShowsTheItem(Endpoint endpoint) {
        try (DynamoDbClient client = client(endpoint)) {
            createTable(client, "sdk-updates");
            Map<String, AttributeValue> one = Map.of(":one", AttributeValue.fromN("1"));
            assertThat(client.updateItem(builder -> builder.tableName("sdk-updates")
                                    .key(key("Brest", 1))
                                    .updateExpression("ADD readings :one")
                                    .expressionAttributeValues(one)
                                    .returnValues(ReturnValue.UPDATED_NEW))
                            .attributes())
                    .isEqualTo(Map.of("readings", AttributeValue.fromN("1")));

            assertThatThrownBy(() -> client.updateItem(builder -> builder.tableName("sdk-updates")
                            .key(key("Brest", 1))
                            .updateExpression("ADD readings :one")
                            .conditionExpression("readings > :one")
                            .expressionAttributeValues(one)
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                    .isInstanceOfSatisfying(ConditionalCheckFailedException.class, failure -> {
                        assertThat(failure.item()).containsEntry("readings", AttributeValue.fromN("1"));
                        assertThat(failure.requestId()).isNotBlank();
                        assertThat(failure.awsErrorDetails().errorMessage())
                                .isEqualTo("The conditional request failed");
                    });
            client.deleteTable(builder -> builder.tableName("sdk-updates"));
        }
    }

    @Test
    void pagesOfQueriesAndScansHoldEveryItemOnce(Endpoint endpoint) {
        try (DynamoDbClient client = client(endpoint)) {
            createTable(client, "sdk-pages");
            for (String station : List.of("Brest", "Fundy")) {
                List<WriteRequest> writes = IntStream.range(0, 25)
                        .mapToObj(minute -> WriteRequest.builder()
                                .putRequest(PutRequest.builder()
                                        .item(key(station, minute))
                                        .build())
                                .build())
                        .toList();
                assertThat(client.batchWriteItem(builder -> builder.requestItems(Map.of("sdk-pages", writes)))
                                .unprocessedItems())
                        .isEmpty();
            }

            assertThat(client.queryPaginator(builder -> builder.tableName("sdk-pages")
                                    .consistentRead(true)
                                    .limit(4)
                                    .scanIndexForward(false)
                                    .keyConditionExpression("station = :s AND #m >= :m")
                                    .expressionAttributeNames(Map.of("#m", "minute"))
                                    .expressionAttributeValues(Map.of(
                                            ":s", AttributeValue.fromS("Brest"), ":m", AttributeValue.fromN("5"))))
                            .items())
                    .extracting(item -> Integer.parseInt(item.get("minute").n()))
                    .containsExactlyElementsOf(IntStream.iterate(24, minute -> minute >= 5, minute -> minute - 1)
                            .boxed()
                            .toList());
            assertThat(client.scanPaginator(builder -> builder.tableName("sdk-pages")
                                    .consistentRead(true)
                                    .limit(7))
                            .items())
                    .hasSize(50)
                    .doesNotHaveDuplicates();
            assertThat(client.batchGetItem(builder -> builder.requestItems(Map.of(
                                    "sdk-pages",
                                    KeysAndAttributes.builder()
                                            .keys(List.of(key("Brest", 3), key("Fundy", 99)))
                                            .consistentRead(true)
                                            .build())))
                            .responses()
                            .get("sdk-pages"))
                    .containsExactly(key("Brest", 3));
            client.deleteTable(builder -> builder.tableName("sdk-pages"));
        }
    }

    @Test
    void tablesAreDescribedTaggedListedAndDeleted(Endpoint endpoint) {
        try (DynamoDbClient client = client(endpoint)) {
            createTable(client, "sdk-tables");
            String arn = client.describeTable(builder -> builder.tableName("sdk-tables"))
                    .table()
                    .tableArn();
            client.tagResource(builder -> builder.resourceArn(arn)
                    .tags(Tag.builder().key("team").value("tides").build()));

            assertThat(client.listTagsOfResource(builder -> builder.resourceArn(arn))
                            .tags())
                    .containsExactly(Tag.builder().key("team").value("tides").build());
            assertThat(client.listTablesPaginator(builder -> builder.limit(1)).tableNames())
                    .contains("sdk-tables")
                    .doesNotHaveDuplicates();
            client.deleteTable(builder -> builder.tableName("sdk-tables"));
            client.waiter()
                    .waitUntilTableNotExists(
                            builder -> builder.tableName("sdk-tables"), wait -> wait.waitTimeout(TABLE_LIMIT));
            assertThatThrownBy(() -> client.describeTable(builder -> builder.tableName("sdk-tables")))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("Requested resource not found: Table: sdk-tables not found");
        }
    }

    @Test
    void aWrongSecretAndAnUnknownKeyAreToldApart(Endpoint endpoint) {
        try (DynamoDbClient wrong =
                        client(endpoint.uri(), endpoint.credentials().accessKeyId(), "wrong");
                DynamoDbClient unknown = client(endpoint.uri(), "AKIAUNKNOWN", "wrong")) {
            assertThatThrownBy(wrong::listTables).isInstanceOfSatisfying(DynamoDbException.class, failure -> {
                assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
                assertThat(failure.statusCode()).isEqualTo(400);
            });
            assertThatThrownBy(unknown::listTables)
                    .isInstanceOfSatisfying(
                            DynamoDbException.class,
                            failure -> assertThat(failure.awsErrorDetails().errorCode())
                                    .isEqualTo("UnrecognizedClientException"));
        }
    }
}
