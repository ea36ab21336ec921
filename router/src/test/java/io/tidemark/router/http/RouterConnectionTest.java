package io.tidemark.router.http;

import static io.tidemark.router.http.RouterFixture.OPEN;
import static io.tidemark.router.http.RouterFixture.answer;
import static io.tidemark.router.http.RouterFixture.head;
import static io.tidemark.router.http.RouterFixture.readAll;
import static io.tidemark.router.http.RouterFixture.readAnswer;
import static io.tidemark.router.http.RouterFixture.text;
import static io.tidemark.router.http.RouterFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.router.auth.Credentials;
import io.tidemark.router.operation.OperationName;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client gets that is too slow, too long or too many. */
class RouterConnectionTest {
    private static final Duration RECEIVE = Duration.ofMillis(400);
    private static final RouterConfig IMPATIENT = OPEN.withTimeouts(
            new RouterConfig.Timeouts(RECEIVE, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(1)));

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private RouterFixture router(RouterConfig config) {
        RouterFixture router = new RouterFixture(config, Credentials.NONE, call -> answer("{\"TableNames\":[]}"));
        open.add(router);
        return router;
    }

    private Socket connect(RouterFixture router) throws IOException {
        Socket socket = router.connect();
        open.add(socket);
        return socket;
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItIsSent() throws Exception {
        Socket socket = connect(router(OPEN));
        write(socket, head("PutItem", "Content-Length: " + (RouterServer.MAX_REQUEST_BYTES + 1)));
        assertThat(readAnswer(socket))
                .startsWith("HTTP/1.1 413 ")
                .contains("\"__type\":\"com.amazon.coral.service#RequestEntityTooLargeException\"");
    }

    @Test
    void whoSendsATooLongBodyNeverthelessReadsThatItWasRefused() throws Exception {
        RouterFixture router = router(OPEN);
        String body = "{\"TableName\":\"abc\"" + " ".repeat(RouterServer.MAX_REQUEST_BYTES) + "}";
        assertThat(router.call(OperationName.DescribeTable, body).statusCode()).isEqualTo(413);
        assertThat(router.call(OperationName.DescribeTable, "{\"TableName\":\"abc\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBodyOfUnknownLengthIsCountedAsItComes() throws Exception {
        RouterFixture router = router(OPEN);
        byte[] piece = " ".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        HttpResponse<byte[]> response = router.send(router.request(RouterFixture.TARGET + "ListTables", "")
                .POST(BodyPublishers.ofByteArrays(java.util.Collections.nCopies(17, piece)))
                .build());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(router.calls).isEmpty();
        HttpResponse<byte[]> small = router.send(router.request(RouterFixture.TARGET + "ListTables", "")
                .POST(BodyPublishers.ofByteArrays(List.of(new byte[] {'{'}, new byte[] {'}'})))
                .build());
        assertThat(small.statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyOfTheLongestLengthIsRead() throws Exception {
        RouterFixture router = router(OPEN);
        String body = "{" + " ".repeat(RouterServer.MAX_REQUEST_BYTES - 2) + "}";
        assertThat(router.call(OperationName.ListTables, body).statusCode()).isEqualTo(200);
    }

    @Test
    void aHalfSentBodyTimesOutAndTheConnectionIsClosed() throws Exception {
        Socket socket = connect(router(IMPATIENT));
        write(socket, head("PutItem", "Content-Length: 100") + "{\"TableName\":");
        assertThat(readAll(socket)).startsWith("HTTP/1.1 408 ").contains("RequestTimeoutException");
    }

    @Test
    void aSlowBodyTimesOutAlthoughItKeepsComing() throws Exception {
        Socket socket = connect(router(IMPATIENT));
        write(socket, head("PutItem", "Content-Length: 100"));
        Thread drip = Thread.ofPlatform().daemon().start(() -> {
            try {
                for (int i = 0; i < 100; i++) {
                    write(socket, " ");
                    Thread.sleep(50);
                }
            } catch (IOException | InterruptedException closed) {
                // That is what is waited for.
            }
        });
        assertThat(readAnswer(socket)).startsWith("HTTP/1.1 408 ");
        drip.join(Duration.ofSeconds(10));
        assertThat(drip.isAlive()).isFalse();
    }

    @Test
    void aHalfSentHeadTimesOutAndTheConnectionIsClosed() throws Exception {
        Socket socket = connect(router(IMPATIENT));
        write(socket, "POST / HTTP/1.1\r\nHost: localh");
        assertThat(readAll(socket)).isEmpty();
    }

    @Test
    void aSlowHeadTimesOutAlthoughItKeepsComing() throws Exception {
        Socket socket = connect(router(IMPATIENT));
        write(socket, "POST / HTTP/1.1\r\n");
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        write(socket, "X-Header-" + i + ": x\r\n");
                        Thread.sleep(50);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aConnectionThatIsUsedNowAndThenStaysOpen() throws Exception {
        Socket socket = connect(router(IMPATIENT));
        for (int i = 0; i < 3; i++) {
            write(socket, head("ListTables", "Content-Length: 2") + "{}");
            assertThat(readAnswer(socket)).startsWith("HTTP/1.1 200 ");
            Thread.sleep(RECEIVE.toMillis() * 2);
        }
    }

    @Test
    void anIdleHttp2ConnectionStaysOpen() throws Exception {
        RouterFixture router = router(IMPATIENT);
        try (HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            for (int i = 0; i < 2; i++) {
                assertThat(http2.send(
                                        router.request(RouterFixture.TARGET + "ListTables", "{}")
                                                .build(),
                                        BodyHandlers.ofByteArray())
                                .statusCode())
                        .isEqualTo(200);
                Thread.sleep(RECEIVE.toMillis() * 3);
            }
            assertThat(router.meters.get("tidemark.router.connections").gauge().value())
                    .isEqualTo(1);
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterItsTime() throws Exception {
        Socket socket = connect(router(OPEN.withTimeouts(new RouterConfig.Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(1)))));
        write(socket, head("ListTables", "Content-Length: 2") + "{}");
        assertThat(readAll(socket)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void theConnectionThatIsIdleLongestMakesRoomForANewOne() throws Exception {
        RouterFixture router = router(OPEN.withLimits(new RouterConfig.Limits(100, 64 << 20, 20)));
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sockets.add(connect(router));
            write(sockets.get(i), head("ListTables", "Content-Length: 2") + "{}");
            assertThat(readAnswer(sockets.get(i))).startsWith("HTTP/1.1 200 ");
            // The client has its answer before the connection counts as idle: the next one must not be idle first.
            awaitNothingInFlight(router);
        }
        // The first is no longer the one that is idle longest.
        write(sockets.getFirst(), head("ListTables", "Content-Length: 2") + "{}");
        assertThat(readAnswer(sockets.getFirst())).startsWith("HTTP/1.1 200 ");
        for (int i = 0; i < 30; i++) {
            Socket late = connect(router);
            write(late, head("ListTables", "Content-Length: 2") + "{}");
            assertThat(readAnswer(late)).startsWith("HTTP/1.1 200 ");
            if (i == 0) {
                assertThat(readAll(sockets.get(1))).isEmpty();
                write(sockets.getFirst(), head("ListTables", "Content-Length: 2") + "{}");
                assertThat(readAnswer(sockets.getFirst())).startsWith("HTTP/1.1 200 ");
            }
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        router.meters.get("tidemark.router.connections").gauge().value() <= 20);
    }

    private static void awaitNothingInFlight(RouterFixture router) {
        await().atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> router.meters
                                .get("tidemark.router.inflight.requests")
                                .gauge()
                                .value()
                        == 0);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        Socket socket = connect(router(OPEN));
        String request = head("ListTables", "Content-Length: 2") + "{}";
        write(socket, request + head("Nothing", "Content-Length: 2") + "{}" + request);
        assertThat(readAnswer(socket)).startsWith("HTTP/1.1 200 ");
        assertThat(readAnswer(socket)).startsWith("HTTP/1.1 400 ");
        assertThat(readAnswer(socket)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whatIsNoHttpIsRefused() throws Exception {
        RouterFixture router = router(IMPATIENT);
        for (String garbage :
                List.of("\0\1\2\3\r\n\r\n", "GET\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")) {
            Socket socket = connect(router);
            write(socket, garbage);
            assertThat(readAll(socket))
                    .satisfiesAnyOf(
                            nothing -> assertThat(nothing).isEmpty(),
                            refusal -> assertThat(refusal).startsWith("HTTP/1.1 4"));
        }
        assertThat(text(router.call(OperationName.ListTables, "{}"))).isEqualTo("{\"TableNames\":[]}");
    }
}
