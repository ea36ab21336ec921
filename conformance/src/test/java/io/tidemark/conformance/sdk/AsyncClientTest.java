package io.tidemark.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.conformance.cluster.ClusterExtension;
import io.tidemark.conformance.cluster.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The AWS SDK's asynchronous client, with many requests under way at once. */
@ExtendWith(ClusterExtension.class)
class AsyncClientTest {
    private static final int REQUESTS = 200;
    private static final int CONNECTIONS = 32;

    @Test
    void addsFromManyRequestsAtOnceAllCountOnce(Endpoint endpoint) {
        try (DynamoDbClient tables = SyncClientTest.client(endpoint);
                DynamoDbAsyncClient client = DynamoDbAsyncClient.builder()
                        .endpointOverride(endpoint.uri())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                                endpoint.credentials().accessKeyId(),
                                endpoint.credentials().secretAccessKey())))
                        .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(CONNECTIONS))
                        .build()) {
            SyncClientTest.createTable(tables, "sdk-async");
            Map<String, AttributeValue> key =
                    Map.of("station", AttributeValue.fromS("Brest"), "minute", AttributeValue.fromN("0"));

            List<? extends CompletableFuture<?>> adds = IntStream.range(0, REQUESTS)
                    .mapToObj(number -> client.updateItem(builder -> builder.tableName("sdk-async")
                            .key(key)
                            .updateExpression("ADD readings :one, numbers :set")
                            .expressionAttributeValues(Map.of(
                                    ":one", AttributeValue.fromN("1"),
                                    ":set", AttributeValue.fromNs(List.of(Integer.toString(number)))))))
                    .toList();
            CompletableFuture.allOf(adds.toArray(CompletableFuture[]::new)).join();

            Map<String, AttributeValue> item = client.getItem(
                            builder -> builder.tableName("sdk-async").key(key).consistentRead(true))
                    .join()
                    .item();
            assertThat(item.get("readings").n()).isEqualTo(Integer.toString(REQUESTS));
            assertThat(item.get("numbers").ns()).hasSize(REQUESTS);
            tables.deleteTable(builder -> builder.tableName("sdk-async"));
        }
    }
}
