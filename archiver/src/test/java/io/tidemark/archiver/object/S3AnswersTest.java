package io.tidemark.archiver.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.archiver.object.ObjectStoreException.Kind;
import io.tidemark.schema.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that stores give on rare occasions, sent over HTTP as they send them. */
class S3AnswersTest {
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private ObjectStore store;
    private Answer answer = new Answer(200, "", "", 0);

    /** @param missingBytes of the body, which the connection ends without */
    private record Answer(int status, String code, String body, int missingBytes) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        store = S3ObjectStore.open(new S3Settings(
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                S3Settings.DEFAULT_REGION,
                "archive",
                "",
                Optional.of(new S3Credentials("key", "secret")),
                true,
                false,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                2));
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"412, PreconditionFailed", "409, ConditionalRequestConflict"})
    void aKeyThatIsTakenOrBeingTakenIsNotWritten(int status, String code) {
        answer = new Answer(status, code, "", 0);

        assertThat(store.putIfAbsent("key", Bytes.EMPTY)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalError, UNAVAILABLE",
        "503, SlowDown, UNAVAILABLE",
        "429, TooManyRequests, UNAVAILABLE",
        "409, OperationAborted, UNAVAILABLE",
        "400, RequestTimeout, UNAVAILABLE",
        "404, NoSuchBucket, NO_BUCKET",
        "401, Unauthorized, UNAUTHORIZED",
        "403, AccessDenied, UNAUTHORIZED",
        "403, RequestTimeTooSkewed, UNAUTHORIZED",
        "400, EntityTooLarge, REFUSED",
        "501, NotImplemented, REFUSED"
    })
    void anErrorSaysWhatTheCallerMustDo(int status, String code, Kind kind) {
        answer = new Answer(status, code, "", 0);

        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(() -> store.putIfAbsent("key", Bytes.EMPTY))
                .withMessageContaining("bucket archive at http://127.0.0.1")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void attemptsAreBounded() {
        answer = new Answer(503, "SlowDown", "", 0);

        assertThatExceptionOfType(ObjectStoreException.class).isThrownBy(() -> store.get("key"));

        assertThat(requests).hasValue(2);
    }

    @Test
    void aBodyThatEndsEarlyIsNotTakenForTheObject() {
        answer = new Answer(200, "", "half of it", 10);

        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(() -> store.get("key"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        Answer now = answer;
        String xml = now.code().isEmpty()
                ? now.body()
                : "<?xml version=\"1.0\"?><Error><Code>" + now.code() + "</Code><Message>told to</Message></Error>";
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(now.status(), body.length + now.missingBytes());
            exchange.getResponseBody().write(body);
        }
    }
}
