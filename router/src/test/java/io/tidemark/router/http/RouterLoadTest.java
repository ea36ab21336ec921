package io.tidemark.router.http;

import static io.tidemark.router.http.RouterFixture.OPEN;
import static io.tidemark.router.http.RouterFixture.answer;
import static io.tidemark.router.http.RouterFixture.head;
import static io.tidemark.router.http.RouterFixture.readAnswer;
import static io.tidemark.router.http.RouterFixture.text;
import static io.tidemark.router.http.RouterFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.router.auth.Credentials;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.OperationName;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a client gets when there is too much to do, or what it asks for takes too long. */
class RouterLoadTest {
    private static final String THROTTLED = "com.amazon.coral.availability#ThrottlingException";

    private static RouterConfig config(RouterConfig.Limits limits, Duration request, Duration drain) {
        return OPEN.withLimits(limits)
                .withTimeouts(new RouterConfig.Timeouts(Duration.ofSeconds(10), request, Duration.ofMinutes(1), drain));
    }

    private static CompletableFuture<HttpResponse<byte[]>> sendAsync(RouterFixture router, HttpRequest request) {
        return router.http.sendAsync(request, BodyHandlers.ofByteArray());
    }

    private static HttpRequest listTables(RouterFixture router) {
        return router.request(RouterFixture.TARGET + "ListTables", "{}").build();
    }

    @Test
    void moreRequestsThanAdmittedAreShedWithARetriableError() throws Exception {
        CompletableFuture<Answer> gate = new CompletableFuture<>();
        try (RouterFixture router = new RouterFixture(
                config(new RouterConfig.Limits(3, 64 << 20, 100), Duration.ofSeconds(10), Duration.ofSeconds(1)),
                Credentials.NONE,
                call -> gate)) {
            List<CompletableFuture<HttpResponse<byte[]>>> admitted = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                admitted.add(sendAsync(router, listTables(router)));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> router.calls.size() == 3);
            HttpResponse<byte[]> shed = router.send(listTables(router));
            assertThat(shed.statusCode()).isEqualTo(400);
            assertThat(text(shed)).contains(THROTTLED);
            gate.complete(Answer.of(RouterFixture.bytes("{}")));
            for (CompletableFuture<HttpResponse<byte[]>> answer : admitted) {
                assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> router.meters
                                    .get("tidemark.router.inflight.requests")
                                    .gauge()
                                    .value()
                            == 0);
            assertThat(router.send(listTables(router)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void moreBytesThanAdmittedAreShedBeforeTheyAreRead() throws Exception {
        CompletableFuture<Answer> gate = new CompletableFuture<>();
        try (RouterFixture router = new RouterFixture(
                config(new RouterConfig.Limits(100, 16 << 20, 100), Duration.ofSeconds(30), Duration.ofSeconds(1)),
                Credentials.NONE,
                call -> gate)) {
            String long1 = "{" + " ".repeat(10 << 20) + "}";
            CompletableFuture<HttpResponse<byte[]>> first = sendAsync(
                    router,
                    router.request(RouterFixture.TARGET + "ListTables", long1).build());
            await().atMost(Duration.ofSeconds(20)).until(() -> router.calls.size() == 1);
            try (Socket socket = router.connect()) {
                write(socket, head("ListTables", "Content-Length: " + (7 << 20)));
                assertThat(readAnswer(socket)).startsWith("HTTP/1.1 400 ").contains(THROTTLED);
            }
            byte[] piece = new byte[1 << 20];
            HttpResponse<byte[]> chunked = router.send(router.request(RouterFixture.TARGET + "ListTables", "")
                    .POST(BodyPublishers.ofByteArrays(java.util.Collections.nCopies(8, piece)))
                    .build());
            assertThat(text(chunked)).contains(THROTTLED);
            gate.complete(Answer.of(RouterFixture.bytes("{}")));
            assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> router.meters
                                    .get("tidemark.router.inflight.bytes")
                                    .gauge()
                                    .value()
                            == 0);
            assertThat(router.call(OperationName.ListTables, long1).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatTakesTooLongIsAnsweredWithARetriableErrorInTime() throws Exception {
        try (RouterFixture router = new RouterFixture(
                config(RouterConfig.Limits.DEFAULT, Duration.ofMillis(300), Duration.ofMillis(10)),
                Credentials.NONE,
                call -> new CompletableFuture<>())) {
            long startNanos = System.nanoTime();
            HttpResponse<byte[]> response = router.send(listTables(router));
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(5));
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(text(response)).contains("com.amazonaws.dynamodb.v20120810#InternalServerError");
            // The connection goes on.
            assertThat(router.send(listTables(router)).statusCode()).isEqualTo(500);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> router.meters
                                    .get("tidemark.router.inflight.requests")
                                    .gauge()
                                    .value()
                            == 0);
        }
    }

    @Test
    void aClientThatDoesNotReadItsAnswerIsDisconnected() throws Exception {
        Answer large = Answer.of(io.tidemark.schema.Bytes.wrap(new byte[32 << 20]));
        try (RouterFixture router = new RouterFixture(
                        config(
                                new RouterConfig.Limits(1, 64 << 20, 100),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1)),
                        Credentials.NONE,
                        call -> CompletableFuture.completedFuture(large));
                Socket socket = router.connect()) {
            write(socket, head("ListTables", "Content-Length: 2") + "{}");
            await().atMost(Duration.ofSeconds(10)).until(() -> router.calls.size() == 1);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> router.meters
                                    .get("tidemark.router.connections")
                                    .gauge()
                                    .value()
                            == 0);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> router.meters
                                            .get("tidemark.router.inflight.requests")
                                            .gauge()
                                            .value()
                                    == 0
                            && router.meters
                                            .get("tidemark.router.inflight.bytes")
                                            .gauge()
                                            .value()
                                    == 0);
        }
    }

    @Test
    void aClientThatGoesAwayLeavesNothingBehind() throws Exception {
        CompletableFuture<Answer> gate = new CompletableFuture<>();
        try (RouterFixture router = new RouterFixture(OPEN, Credentials.NONE, call -> gate)) {
            for (int i = 0; i < 20; i++) {
                try (Socket socket = router.connect()) {
                    write(socket, head("ListTables", "Content-Length: 2") + (i % 2 == 0 ? "{}" : "{"));
                    int before = router.calls.size();
                    if (i % 2 == 0) {
                        await().atMost(Duration.ofSeconds(10)).until(() -> router.calls.size() >= Math.max(1, before));
                    }
                }
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> router.meters
                                    .get("tidemark.router.connections")
                                    .gauge()
                                    .value()
                            == 0);
            gate.complete(Answer.of(RouterFixture.bytes("{}")));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> router.meters
                                            .get("tidemark.router.inflight.requests")
                                            .gauge()
                                            .value()
                                    == 0
                            && router.meters
                                            .get("tidemark.router.inflight.bytes")
                                            .gauge()
                                            .value()
                                    == 0);
        }
    }

    @Test
    void closingLetsRequestsUnderWayFinishAndRefusesOthers() throws Exception {
        CompletableFuture<Answer> gate = new CompletableFuture<>();
        RouterFixture router = new RouterFixture(
                config(RouterConfig.Limits.DEFAULT, Duration.ofSeconds(10), Duration.ofSeconds(10)),
                Credentials.NONE,
                call -> gate);
        CompletableFuture<HttpResponse<byte[]>> underWay = sendAsync(router, listTables(router));
        await().atMost(Duration.ofSeconds(10)).until(() -> router.calls.size() == 1);
        Thread closing = Thread.ofPlatform().start(router.server::close);
        // One that comes before the router has begun to close waits for the gate as well, and is given up.
        HttpRequest late = router.request(RouterFixture.TARGET + "ListTables", "{}")
                .timeout(Duration.ofMillis(500))
                .build();
        await().atMost(Duration.ofSeconds(10))
                .ignoreException(HttpTimeoutException.class)
                .untilAsserted(() -> {
                    HttpResponse<byte[]> refusal = router.send(late);
                    assertThat(refusal.statusCode()).isEqualTo(503);
                    assertThat(text(refusal)).contains("#ServiceUnavailableException\"");
                });
        gate.complete(Answer.of(RouterFixture.bytes("{\"TableNames\":[]}")));
        assertThat(underWay.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        closing.join(Duration.ofSeconds(10));
        assertThat(closing.isAlive()).isFalse();
        router.http.close();
    }

    @Test
    void aRouterThatCameBackListensOnTheSamePort() throws Exception {
        RouterFixture first = RouterFixture.open(call -> answer("{}"));
        int port = first.uri().getPort();
        assertThat(first.call(OperationName.ListTables, "{}").statusCode()).isEqualTo(200);
        first.close();
        RouterConfig same =
                RouterConfig.of(RouterFixture.LOOPBACK, port).withAuthentication(RouterConfig.Authentication.NONE);
        try (RouterFixture second = new RouterFixture(same, Credentials.NONE, call -> answer("{}"))) {
            assertThat(second.call(OperationName.ListTables, "{}").statusCode()).isEqualTo(200);
        }
    }
}
