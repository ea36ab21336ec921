package io.tidemark.router.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.router.auth.Credentials;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.OperationName;
import io.tidemark.schema.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A router whose operations a test scripts, and a client. */
final class RouterFixture implements AutoCloseable {
    static final String LOOPBACK = "127.0.0.1";
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    static final String JSON = "application/x-amz-json-1.0";
    static final String TARGET = "DynamoDB_20120810.";
    static final RouterConfig OPEN = RouterConfig.of(LOOPBACK, 0).withAuthentication(RouterConfig.Authentication.NONE);

    final List<Call> calls = new CopyOnWriteArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final RouterServer server;
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RouterFixture(RouterConfig config, Credentials credentials, Function<Call, CompletionStage<Answer>> script) {
        Map<OperationName, Operation> operations = new EnumMap<>(OperationName.class);
        for (OperationName name : OperationName.values()) {
            operations.put(name, call -> {
                calls.add(call);
                return script.apply(call);
            });
        }
        server = RouterServer.start(config, operations, credentials, meters, InstantSource.fixed(NOW));
    }

    /** Without authentication. */
    static RouterFixture open(Function<Call, CompletionStage<Answer>> script) {
        return new RouterFixture(OPEN, Credentials.NONE, script);
    }

    static CompletionStage<Answer> answer(String json) {
        return CompletableFuture.completedFuture(Answer.of(bytes(json)));
    }

    static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    URI uri() {
        return server.uri();
    }

    HttpRequest.Builder request(String target, String body) {
        return HttpRequest.newBuilder(uri().resolve("/"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", JSON)
                .header("X-Amz-Target", target)
                .POST(BodyPublishers.ofString(body));
    }

    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> call(OperationName operation, String body) throws IOException, InterruptedException {
        return send(request(TARGET + operation, body).build());
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Until the server closes. */
    static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** One answer with a length. */
    static String readAnswer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return answer.toString();
            }
            answer.append((char) next);
        }
        int length = answer.toString()
                .lines()
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                .findFirst()
                .orElse(0);
        return answer.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1))
                .toString();
    }

    static String head(String operation, String lengthHeader) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + JSON + "\r\nX-Amz-Target: " + TARGET + operation
                + "\r\n" + lengthHeader + "\r\n\r\n";
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
