package io.tidemark.launcher.bench;

import io.tidemark.launcher.bench.ApiComparison.Kind;
import io.tidemark.schema.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedDeque;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;

/**
 * Requests of the API that were written and signed before the clock runs, sent by the caller's own thread over a connection that is
 * kept: what is left is the router's time, and the two ways through the loopback. Thread-safe.
 */
final class PreparedCalls implements AutoCloseable {
    private static final int REQUESTS = 256;
    private static final int OK = 200;
    /** Signatures are good for a quarter of an hour. */
    private static final Duration RENEWED_AFTER = Duration.ofMinutes(5);

    private final URI endpoint;
    private final AwsCredentialsIdentity keyPair;
    private final SplittableRandom random;
    private final Deque<HttpConnection> connections = new ConcurrentLinkedDeque<>();
    private Map<Kind, List<Bytes>> prepared = Map.of();
    private long preparedNanos;

    PreparedCalls(URI endpoint, String accessKey, String secretKey, SplittableRandom random) {
        this.endpoint = endpoint;
        this.keyPair = AwsCredentialsIdentity.create(accessKey, secretKey);
        this.random = random;
    }

    /** Sends one, and reads the whole answer. */
    void call(Kind kind, SplittableRandom caller) throws IOException {
        Bytes request = requests(kind).get(caller.nextInt(REQUESTS));
        HttpConnection idle = connections.pollFirst();
        HttpConnection connection = idle == null ? new HttpConnection(endpoint) : idle;
        boolean answered = false;
        try {
            int status = connection.exchange(request);
            if (status != OK) {
                throw new BenchException("a prepared " + kind + " was answered with " + status, null);
            }
            answered = true;
        } finally {
            if (answered) {
                connections.addFirst(connection);
            } else {
                connection.close();
            }
        }
    }

    private synchronized List<Bytes> requests(Kind kind) {
        if (prepared.isEmpty() || System.nanoTime() - preparedNanos > RENEWED_AFTER.toNanos()) {
            Map<Kind, List<Bytes>> all = new EnumMap<>(Kind.class);
            for (Kind each : Kind.values()) {
                List<Bytes> requests = new ArrayList<>();
                for (int i = 0; i < REQUESTS; i++) {
                    requests.add(prepare(each));
                }
                all.put(each, List.copyOf(requests));
            }
            prepared = all;
            preparedNanos = System.nanoTime();
        }
        return prepared.getOrDefault(kind, List.of());
    }

    private Bytes prepare(Kind kind) {
        byte[] body = body(kind).getBytes(StandardCharsets.UTF_8);
        String operation = switch (kind) {
            case PUT -> "PutItem";
            case UPDATE -> "UpdateItem";
            case GET_EVENTUAL, GET_STRONG -> "GetItem";
        };
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .putHeader("X-Amz-Target", "DynamoDB_20120810." + operation)
                .build();
        Map<String, List<String>> headers = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(keyPair)
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Region.US_EAST_1.id()))
                .request()
                .headers();
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
        headers.forEach((name, values) ->
                head.append(name).append(": ").append(values.getFirst()).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes(body);
        return Bytes.wrap(message.toByteArray());
    }

    private String body(Kind kind) {
        String table = "\"TableName\":\"" + ApiClient.TABLE + "\"";
        String key = "\"" + ApiClient.KEY + "\":{\"S\":\"" + Workload.id(random.nextInt(ApiClient.ITEMS)) + "\"}";
        return switch (kind) {
            case PUT ->
                "{" + table + ",\"Item\":{" + key + ",\"" + ApiClient.HITS + "\":{\"N\":\"0\"},\"" + ApiClient.NOTE
                        + "\":" + note() + "}}";
            case UPDATE ->
                "{" + table + ",\"Key\":{" + key + "},\"UpdateExpression\":\"SET " + ApiClient.NOTE + " = :note ADD "
                        + ApiClient.HITS + " :one\",\"ExpressionAttributeValues\":{\":note\":" + note()
                        + ",\":one\":{\"N\":\"1\"}}}";
            case GET_EVENTUAL -> "{" + table + ",\"Key\":{" + key + "},\"ConsistentRead\":false}";
            case GET_STRONG -> "{" + table + ",\"Key\":{" + key + "},\"ConsistentRead\":true}";
        };
    }

    private String note() {
        byte[] note = new byte[ApiClient.NOTE_BYTES];
        random.nextBytes(note);
        return "{\"B\":\"" + Base64.getEncoder().encodeToString(note) + "\"}";
    }

    @Override
    public void close() {
        for (HttpConnection connection : connections) {
            try {
                connection.close();
            } catch (IOException e) {
                // It is not used any more.
            }
        }
    }
}
