package io.tidemark.router.auth;

import io.tidemark.schema.Bytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** A request as a client sends it, signed by the signer of the AWS SDK. Header names are in lower case. */
public record ClientRequest(String path, Map<String, List<String>> headers, Bytes body) implements SignedRequest {
    public ClientRequest {
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = lower;
    }

    /** What the signer is told. */
    public record Signing(
            String accessKeyId, String secretAccessKey, String region, Instant time, Optional<Duration> presigned) {
        public static Signing of(KeyPair keyPair, Instant time) {
            return new Signing(keyPair.accessKeyId(), keyPair.secretAccessKey(), "us-east-1", time, Optional.empty());
        }

        public Signing presign(Duration validity) {
            return new Signing(accessKeyId, secretAccessKey, region, time, Optional.of(validity));
        }

        public Signing inRegion(String otherRegion) {
            return new Signing(accessKeyId, secretAccessKey, otherRegion, time, presigned);
        }
    }

    public static ClientRequest sign(URI uri, Map<String, String> headers, byte[] body, Signing signing) {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri);
        headers.forEach(request::putHeader);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(builder -> {
                    builder.identity(AwsCredentialsIdentity.create(signing.accessKeyId(), signing.secretAccessKey()))
                            .request(request.build())
                            .payload(ContentStreamProvider.fromByteArray(body))
                            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, signing.region())
                            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(signing.time(), ZoneOffset.UTC));
                    signing.presigned()
                            .ifPresent(validity -> builder.putProperty(
                                            AwsV4FamilyHttpSigner.AUTH_LOCATION,
                                            AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                                    .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, validity));
                })
                .request();
        String query = signed.encodedQueryParameters().map(text -> "?" + text).orElse("");
        String path = signed.encodedPath();
        return new ClientRequest((path.isEmpty() ? "/" : path) + query, signed.headers(), Bytes.wrap(body));
    }

    public ClientRequest with(String name, String value) {
        Map<String, List<String>> changed = new TreeMap<>(headers);
        changed.put(name, List.of(value));
        return new ClientRequest(path, changed, body);
    }

    public ClientRequest without(String name) {
        Map<String, List<String>> changed = new TreeMap<>(headers);
        changed.remove(name);
        return new ClientRequest(path, changed, body);
    }

    public ClientRequest withPath(String newPath) {
        return new ClientRequest(newPath, headers, body);
    }

    public ClientRequest withBody(String text) {
        return new ClientRequest(path, headers, Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public String bodySha256() {
        return Sha256.hex(body.array());
    }
}
