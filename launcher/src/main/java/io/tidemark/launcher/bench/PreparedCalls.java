package io.tidemark.launcher.bench;

import io.tidemark.launcher.bench.ApiComparison.Kind;
import io.tidemark.schema.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;

/**
 * Requests of the API that were written and signed before the clock runs, sent by the caller's own thread over a connection that is
 * kept: what is left is the time that the router takes, and two ways through the loopback. Thread-safe.
 */
final class PreparedCalls {
    private static final int REQUESTS = 256;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** Signatures are good for a quarter of an hour. */
    private static final Duration RENEWED_AFTER = Duration.ofMinutes(5);

    private record Prepared(Map<String, List<String>> headers, Bytes body) {}

    private final URI endpoint;
    private final AwsCredentialsIdentity keyPair;
    private final SplittableRandom random;
    private Map<Kind, List<Prepared>> prepared = Map.of();
    private long preparedNanos;

    PreparedCalls(URI endpoint, String accessKey, String secretKey, SplittableRandom random) {
        this.endpoint = endpoint;
        this.keyPair = AwsCredentialsIdentity.create(accessKey, secretKey);
        this.random = random;
    }

    /** Sends one, and reads the whole answer. */
    void call(Kind kind, SplittableRandom caller) throws IOException {
        Prepared request = requests(kind).get(caller.nextInt(REQUESTS));
        HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
        connection.setConnectTimeout((int) TIMEOUT.toMillis());
        connection.setReadTimeout((int) TIMEOUT.toMillis());
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(request.body().length());
        request.headers().forEach((name, values) -> connection.setRequestProperty(name, values.getFirst()));
        try (OutputStream out = connection.getOutputStream()) {
            out.write(request.body().array());
        }
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new BenchException("a prepared " + kind + " was answered with " + connection.getResponseCode(), null);
        }
        try (InputStream in = connection.getInputStream()) {
            var unused = in.readAllBytes();
        }
    }

    private synchronized List<Prepared> requests(Kind kind) {
        if (prepared.isEmpty() || System.nanoTime() - preparedNanos > RENEWED_AFTER.toNanos()) {
            Map<Kind, List<Prepared>> all = new EnumMap<>(Kind.class);
            for (Kind each : Kind.values()) {
                List<Prepared> requests = new ArrayList<>();
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

    private Prepared prepare(Kind kind) {
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
        return new Prepared(headers, Bytes.wrap(body));
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
}
