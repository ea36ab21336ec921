package io.tidemark.conformance.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Speaks the API without a client library, signed by the AWS SDK's signer. Reads see the writes that were answered to this client
 * before: it sends the token of the last answers back. Not thread-safe.
 */
public final class ApiClient implements AutoCloseable {
    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final String REGION = "us-east-1";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Set by the HTTP client itself. */
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI endpoint;
    private final AwsCredentialsIdentity credentials;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final AtomicReference<ReadTokens> tokens = new AtomicReference<>(ReadTokens.NONE);

    public ApiClient(URI endpoint, AwsCredentialsIdentity credentials) {
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    public ApiAnswer send(ApiRequest request) {
        return send(request, Map.of());
    }

    /** @param headers beside the usual ones, not signed */
    public ApiAnswer send(ApiRequest request, Map<String, String> headers) {
        HttpResponse<byte[]> response = exchange(request, headers);
        byte[] body = response.body();
        requireIntact(request, response);
        response.headers()
                .firstValue(ReadTokens.HEADER)
                .ifPresent(token -> tokens.updateAndGet(known -> known.with(token)));
        return new ApiAnswer(response.statusCode(), parse(request, body));
    }

    /** The answer as it came. */
    public HttpResponse<byte[]> exchange(ApiRequest request, Map<String, String> headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(endpoint).timeout(TIMEOUT);
        signed(request).headers().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        headers.forEach(builder::header);
        tokens.get().text().ifPresent(text -> builder.header(ReadTokens.HEADER, text));
        builder.POST(HttpRequest.BodyPublishers.ofString(request.body()));
        try {
            return http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError("no answer from " + endpoint + " to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + endpoint, e);
        }
    }

    private SdkHttpRequest signed(ApiRequest request) {
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .uri(endpoint)
                .method(SdkHttpMethod.POST)
                .putHeader("Content-Type", CONTENT_TYPE)
                .putHeader("X-Amz-Target", "DynamoDB_20120810." + request.operation())
                .build();
        return signer.sign(builder -> builder.identity(credentials)
                        .request(unsigned)
                        .payload(ContentStreamProvider.fromUtf8String(request.body()))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, REGION))
                .request();
    }

    private static JsonNode parse(ApiRequest request, byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("the answer to " + request + " is not JSON", e);
        }
    }

    /** Every client library checks the checksum, and logs the request id. */
    private static void requireIntact(ApiRequest request, HttpResponse<byte[]> response) {
        CRC32 crc = new CRC32();
        crc.update(response.body());
        Optional<String> header = response.headers().firstValue("x-amz-crc32");
        if (header.isPresent() && !header.get().equals(Long.toString(crc.getValue()))) {
            throw new AssertionError("x-amz-crc32 of the answer to " + request + " is " + header.get()
                    + ", the body's is " + crc.getValue());
        }
        if (response.headers().firstValue("x-amzn-requestid").isEmpty()) {
            throw new AssertionError("no x-amzn-requestid in the answer to " + request);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
