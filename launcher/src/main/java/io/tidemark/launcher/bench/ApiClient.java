package io.tidemark.launcher.bench;

import io.tidemark.launcher.output.ProgressBar;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Operations on items of 1 KiB at one endpoint that speaks DynamoDB's protocol, by the AWS SDK's asynchronous client as it comes,
 * but that it repeats nothing by itself, has one thread for its connections, and completes answers where they arrive: it shares the
 * machine with what is measured. Thread-safe.
 */
final class ApiClient implements AutoCloseable {
    static final String TABLE = "bench-api";
    static final String KEY = "id";
    static final String NOTE = "note";
    static final String HITS = "hits";

    /** Few enough to be filled soon, too many to meet. */
    static final int ITEMS = 5_000;

    /** With names, key and number that makes 1,024 bytes as DynamoDB counts them. */
    static final int NOTE_BYTES = 996;

    private static final int MAX_CONNECTIONS = 512;
    /** By default there are two for each processor, which wake each other more than they work. */
    private static final int CONNECTION_THREADS = 1;

    private static final int FILL_IN_FLIGHT = 64;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(60);

    /** Callers only wait for the answer, which may well be completed where it arrives. */
    private static final Executor DIRECT = Runnable::run;

    private final DynamoDbAsyncClient client;

    ApiClient(URI endpoint, String accessKey, String secretKey) {
        client = DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(MAX_CONNECTIONS)
                        .maxPendingConnectionAcquires(BenchOptions.MAX_CALLERS)
                        .connectionAcquisitionTimeout(CONNECTION_TIMEOUT)
                        .eventLoopGroupBuilder(SdkEventLoopGroup.builder().numberOfThreads(CONNECTION_THREADS)))
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .asyncConfiguration(configuration ->
                        configuration.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, DIRECT))
                .build();
    }

    /** Waits until the table is there. */
    void createTable() {
        client.createTable(table -> table.tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName(KEY)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName(KEY)
                                .keyType(KeyType.HASH)
                                .build()))
                .thenCompose(created -> client.waiter()
                        .waitUntilTableExists(table -> table.tableName(TABLE), wait -> wait.waitTimeout(TABLE_TIMEOUT)))
                .join();
    }

    /** Writes every item once. */
    void fill(SplittableRandom random, ProgressBar progress) throws InterruptedException {
        Semaphore inFlight = new Semaphore(FILL_IN_FLIGHT);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        for (int item = 0; item < ITEMS && failure.get() == null; item++) {
            inFlight.acquire();
            var unused = put(item, random).whenComplete((done, failed) -> {
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
                inFlight.release();
                progress.add(1);
            });
        }
        inFlight.acquire(FILL_IN_FLIGHT);
        Throwable failed = failure.get();
        if (failed != null) {
            throw new BenchException("the table could not be filled: " + failed, failed);
        }
    }

    CompletableFuture<?> put(SplittableRandom random) {
        return put(random.nextInt(ITEMS), random);
    }

    private CompletableFuture<?> put(int item, SplittableRandom random) {
        Map<String, AttributeValue> content =
                Map.of(KEY, id(item), HITS, AttributeValue.fromN("0"), NOTE, note(random));
        return client.putItem(request -> request.tableName(TABLE).item(content));
    }

    /** Writes the whole item anew, and counts. */
    CompletableFuture<?> update(SplittableRandom random) {
        return client.updateItem(request -> request.tableName(TABLE)
                .key(Map.of(KEY, id(random.nextInt(ITEMS))))
                .updateExpression("SET " + NOTE + " = :note ADD " + HITS + " :one")
                .expressionAttributeValues(Map.of(":note", note(random), ":one", AttributeValue.fromN("1"))));
    }

    CompletableFuture<?> get(SplittableRandom random, boolean strong) {
        return client.getItem(request -> request.tableName(TABLE)
                        .key(Map.of(KEY, id(random.nextInt(ITEMS))))
                        .consistentRead(strong))
                .thenApply(ApiClient::requireItem);
    }

    private static GetItemResponse requireItem(GetItemResponse response) {
        if (!response.hasItem()) {
            throw new BenchException("an item that was written is not there", null);
        }
        return response;
    }

    private static AttributeValue id(int item) {
        return AttributeValue.fromS(Workload.id(item));
    }

    private static AttributeValue note(SplittableRandom random) {
        byte[] note = new byte[NOTE_BYTES];
        random.nextBytes(note);
        return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(note));
    }

    @Override
    public void close() {
        client.close();
    }
}
