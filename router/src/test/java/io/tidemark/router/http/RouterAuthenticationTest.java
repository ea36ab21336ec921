package io.tidemark.router.http;

import static io.tidemark.router.http.RouterFixture.NOW;
import static io.tidemark.router.http.RouterFixture.TARGET;
import static io.tidemark.router.http.RouterFixture.answer;
import static io.tidemark.router.http.RouterFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.router.auth.ClientRequest;
import io.tidemark.router.auth.ClientRequest.Signing;
import io.tidemark.router.auth.Credentials;
import io.tidemark.router.auth.KeyPair;
import io.tidemark.router.operation.TableAccess.Right;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signed requests over real connections. */
class RouterAuthenticationTest {
    private static final KeyPair ADMIN = KeyPair.unrestricted("AKIDADMIN", "admin-secret");
    private static final KeyPair READER =
            new KeyPair("AKIDREADER", "reader-secret", List.of("orders"), List.of(), List.of());

    private static RouterFixture router;

    @BeforeAll
    static void start() {
        router = new RouterFixture(
                RouterConfig.of(RouterFixture.LOOPBACK, 0),
                Credentials.of(List.of(ADMIN, READER)),
                call -> answer("{}"));
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    private static HttpRequest http(ClientRequest signed) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(router.uri().toString() + signed.path()))
                .POST(BodyPublishers.ofByteArray(signed.body().array()));
        signed.headers().forEach((name, values) -> {
            if (!name.equals("host") && !name.equals("content-length")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static ClientRequest signed(String operation, String body, Signing signing) {
        return ClientRequest.sign(
                URI.create(router.uri() + "/"),
                Map.of(
                        "Content-Type", "application/x-amz-json-1.0",
                        "X-Amz-Target", TARGET + operation,
                        "amz-sdk-invocation-id", "an-id",
                        "amz-sdk-request", "attempt=1; max=3"),
                body.getBytes(StandardCharsets.UTF_8),
                signing);
    }

    private static HttpResponse<byte[]> send(String operation, String body, Signing signing) throws Exception {
        return router.send(http(signed(operation, body, signing)));
    }

    @Test
    void aSignedRequestIsServed() throws Exception {
        assertThat(send("ListTables", "{}", Signing.of(ADMIN, NOW)).statusCode())
                .isEqualTo(200);
        assertThat(router.calls.getLast().accessKeyId()).contains("AKIDADMIN");
    }

    @Test
    void aSignedRequestIsServedOverHttp2() throws Exception {
        try (HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            for (int i = 0; i < 2; i++) {
                HttpResponse<byte[]> response = http2.send(
                        http(signed("ListTables", "{}", Signing.of(ADMIN, NOW))), BodyHandlers.ofByteArray());
                assertThat(text(response)).isEqualTo("{}");
            }
        }
    }

    @Test
    void aPresignedRequestIsServed() throws Exception {
        ClientRequest request =
                signed("ListTables", "{}", Signing.of(ADMIN, NOW).presign(Duration.ofMinutes(10)));
        assertThat(request.path()).startsWith("/?").contains("X-Amz-Signature=");
        assertThat(text(router.send(http(request)))).isEqualTo("{}");
    }

    @Test
    void aLongSignedBodyIsServed() throws Exception {
        String body = "{\"Limit\": 5" + " ".repeat(1 << 20) + "}";
        assertThat(send("ListTables", body, Signing.of(ADMIN, NOW)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void anUnsignedRequestLacksAToken() throws Exception {
        HttpResponse<byte[]> response =
                router.send(router.request(TARGET + "ListTables", "{}").build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\","
                        + "\"message\":\"Request is missing Authentication Token\"}");
        assertThat(response.headers().firstValue("x-amz-crc32")).isPresent();
    }

    @Test
    void whatIsWrongBesidesTheSignatureIsToldInTheOrderOfTheService() throws Exception {
        assertThat(text(router.send(router.request(TARGET + "ListTables", "hi").build())))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
        assertThat(text(router.send(router.request("whatever", "{}").build()))).contains("UnknownOperationException");
        assertThat(text(router.send(router.request(TARGET + "ListTables", "").build())))
                .contains("MissingAuthenticationTokenException");
        assertThat(text(router.send(router.request(TARGET + "ListTables", "{\"Limit\":\"5\"}")
                        .build())))
                .contains("MissingAuthenticationTokenException");
        // A long body is not parsed for somebody who is not known.
        assertThat(text(router.send(router.request(TARGET + "ListTables", "x".repeat(1 << 20))
                        .build())))
                .contains("MissingAuthenticationTokenException");
    }

    @Test
    void aWrongSignatureIsRefused() throws Exception {
        ClientRequest request = signed("ListTables", "{}", Signing.of(ADMIN, NOW));
        assertThat(text(router.send(http(request.withBody("{ }"))))).contains("InvalidSignatureException");
        assertThat(text(send("ListTables", "{}", Signing.of(KeyPair.unrestricted("AKIDADMIN", "wrong"), NOW))))
                .contains("InvalidSignatureException");
        assertThat(text(send("ListTables", "{}", Signing.of(KeyPair.unrestricted("nobody", "x"), NOW))))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnrecognizedClientException\",\"message\":\"The"
                        + " security token included in the request is invalid.\"}");
        assertThat(text(send("ListTables", "{}", Signing.of(ADMIN, NOW.minus(Duration.ofHours(1))))))
                .contains("Signature expired");
    }

    @Test
    void aKeyOpensItsTablesOnly() throws Exception {
        String orders = "{\"TableName\":\"orders\",\"Key\":{}}";
        assertThat(send("GetItem", orders, Signing.of(READER, NOW)).statusCode())
                .isEqualTo(200);
        assertThat(router.calls.getLast().access().allows(Right.READ, "orders")).isTrue();
        assertThat(router.calls.getLast().access().allows(Right.WRITE, "orders"))
                .isFalse();
        HttpResponse<byte[]> denied = send("DeleteItem", orders, Signing.of(READER, NOW));
        assertThat(denied.statusCode()).isEqualTo(400);
        assertThat(text(denied))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"User:"
                        + " arn:aws:iam::000000000000:user/AKIDREADER is not authorized to perform: dynamodb:DeleteItem"
                        + " on resource: arn:aws:dynamodb:us-east-1:000000000000:table/orders because no identity-based"
                        + " policy allows the dynamodb:DeleteItem action\"}");
        assertThat(text(send("GetItem", "{\"TableName\":\"other\",\"Key\":{}}", Signing.of(READER, NOW))))
                .contains("AccessDeniedException");
    }

    @Test
    void theHealthLineNeedsNoSignature() throws Exception {
        assertThat(router.send(HttpRequest.newBuilder(router.uri()).build()).statusCode())
                .isEqualTo(200);
    }
}
