package io.tidemark.launcher.bench;

import io.tidemark.launcher.output.ProgressBar;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/**
 * Operations on items of 1 KiB at one endpoint that speaks DynamoDB's protocol, by the AWS SDK's synchronous client as it comes,
 * but that it repeats nothing by itself. It shares the machine with what is measured, and takes least of it: the asynchronous one hands every
 * request to another thread, and every answer back. Thread-safe.
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
    private static final int FILL_IN_FLIGHT = 64;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(60);

    private final DynamoDbClient client;

    ApiClient(URI endpoint, String accessKey, String secretKey) {
        client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(MAX_CONNECTIONS)
                        .connectionAcquisitionTimeout(CONNECTION_TIMEOUT))
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
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
                        .build()));
        try (DynamoDbWaiter waiter = client.waiter()) {
            waiter.waitUntilTableExists(table -> table.tableName(TABLE), wait -> wait.waitTimeout(TABLE_TIMEOUT));
        }
    }

    /** Writes every item once. */
    void fill(SplittableRandom random, ProgressBar progress) throws InterruptedException {
        Semaphore inFlight = new Semaphore(FILL_IN_FLIGHT);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int item = 0; item < ITEMS && failure.get() == null; item++) {
                inFlight.acquire();
                int next = item;
                SplittableRandom own = random.split();
                threads.execute(() -> {
                    try {
                        put(next, own);
                    } catch (RuntimeException failed) {
                        failure.compareAndSet(null, failed);
                    } finally {
                        inFlight.release();
                        progress.add(1);
                    }
                });
            }
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new BenchException("the table could not be filled: " + failed, failed);
        }
    }

    void put(SplittableRandom random) {
        put(random.nextInt(ITEMS), random);
    }

    private void put(int item, SplittableRandom random) {
        Map<String, AttributeValue> content =
                Map.of(KEY, id(item), HITS, AttributeValue.fromN("0"), NOTE, note(random));
        client.putItem(request -> request.tableName(TABLE).item(content));
    }

    /** Writes the whole item anew, and counts. */
    void update(SplittableRandom random) {
        client.updateItem(request -> request.tableName(TABLE)
                .key(Map.of(KEY, id(random.nextInt(ITEMS))))
                .updateExpression("SET " + NOTE + " = :note ADD " + HITS + " :one")
                .expressionAttributeValues(Map.of(":note", note(random), ":one", AttributeValue.fromN("1"))));
    }

    void get(SplittableRandom random, boolean strong) {
        GetItemResponse response = client.getItem(request -> request.tableName(TABLE)
                .key(Map.of(KEY, id(random.nextInt(ITEMS))))
                .consistentRead(strong));
        if (!response.hasItem()) {
            throw new BenchException("an item that was written is not there", null);
        }
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
