package io.tidemark.materializer.query;

import static io.tidemark.materializer.query.NodeFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpResponse;
import io.tidemark.client.NodeConnections;
import io.tidemark.client.RemoteStorageNode;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeProtocol;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import io.tidemark.schema.wire.NodeCodec;
import io.tidemark.schema.wire.WalPayload;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeServerTest {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final NodeRequest STATUS = new NodeRequest.Status();
    private static final NodeReply STATUS_RESULT = new NodeReply.StatusResult(new Zone("a"), "1", List.of());

    private final NodeConnections connections = new NodeConnections();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<NodeServer> servers = new ArrayList<>();
    private final List<NodeRequest> requests = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        connections.close();
        servers.forEach(NodeServer::close);
        http.close();
    }

    private NodeServer serve(NodeServerConfig config, Function<NodeRequest, CompletionStage<NodeReply>> script) {
        NodeServer server = NodeServer.start(
                config,
                new StorageNode() {
                    @Override
                    public CompletionStage<NodeReply> call(NodeRequest request, Duration deadline) {
                        requests.add(request);
                        return script.apply(request);
                    }

                    @Override
                    public void close() {}
                },
                builder -> {});
        servers.add(server);
        return server;
    }

    private NodeServer serve(Function<NodeRequest, CompletionStage<NodeReply>> script) {
        return serve(NodeServerConfig.of(LOOPBACK, 0), script);
    }

    private RemoteStorageNode remote(NodeServer server) {
        return new RemoteStorageNode(connections, server.uri());
    }

    private static Function<NodeRequest, CompletionStage<NodeReply>> always(NodeReply reply) {
        return request -> CompletableFuture.completedFuture(reply);
    }

    private java.net.http.HttpResponse<byte[]> post(NodeServer server, byte[] body, String deadline)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.uri().resolve(NodeProtocol.PATH))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header(NodeProtocol.DEADLINE_HEADER, deadline)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    @Test
    void requestsAndRepliesArriveAsTheyWereSent() {
        NodeReply reply = new NodeReply.DigestResult(
                new io.tidemark.schema.hash.StateDigest(
                        new ShardId(3),
                        new Lsn(9),
                        java.util.Collections.nCopies(256, Bytes.wrap(new byte[32])),
                        Bytes.wrap(new byte[32]),
                        4),
                List.of("block 7"),
                new NodeReply.Position(new Zone("b"), new ShardId(3), new Lsn(9)));
        RemoteStorageNode node = remote(serve(always(reply)));
        NodeRequest request = new NodeRequest.Digest(new ShardId(3), new Lsn(8), true);
        assertThat(NodeFixture.reply(node, request)).isEqualTo(reply);
        assertThat(requests).containsExactly(request);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindOfErrorArrivesWithItsMessage(Kind kind) {
        RemoteStorageNode node =
                remote(serve(request -> CompletableFuture.failedFuture(new NodeException(kind, "because"))));
        NodeException failure = failure(node, STATUS);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("because");
    }

    @Test
    void http11IsServedToo() throws Exception {
        NodeServer server = serve(always(STATUS_RESULT));
        java.net.http.HttpResponse<byte[]> response = post(server, NodeCodec.encode(STATUS), "1000");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(NodeCodec.decodeReply(response.body())).isEqualTo(STATUS_RESULT);
    }

    @Test
    void aNodeThatIsNotThereIsNotServing() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RemoteStorageNode node = new RemoteStorageNode(connections, URI.create("http://" + LOOPBACK + ":" + port));
        long startNanos = System.nanoTime();
        NodeException failure = failure(node, STATUS);
        assertThat(failure.kind()).isEqualTo(Kind.NOT_SERVING);
        assertThat(failure).hasMessageContaining(String.valueOf(port));
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(DEADLINE.dividedBy(2));
    }

    @Test
    void aNodeThatHangsTimesOutAtTheDeadline() {
        RemoteStorageNode node = remote(serve(request -> new CompletableFuture<>()));
        NodeException failure = failure(node.call(STATUS, Duration.ofMillis(200)));
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure(node.call(STATUS, Duration.ZERO)).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void aPeerThatNeverAnswersTimesOutAtTheDeadline() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RemoteStorageNode node =
                    new RemoteStorageNode(connections, URI.create("http://" + LOOPBACK + ":" + deaf.getLocalPort()));
            long startNanos = System.nanoTime();
            NodeException failure = failure(node.call(STATUS, Duration.ofMillis(300)));
            assertThat(failure.kind()).isIn(Kind.TIMEOUT, Kind.NOT_SERVING);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(DEADLINE.dividedBy(2));
        }
    }

    @Test
    void aConnectionThatBreaksLeavesTheOutcomeOpen() throws Exception {
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofPlatform().daemon().start(() -> {
                try (Socket socket = rude.accept()) {
                    InputStream in = socket.getInputStream();
                    // The preface and the request's frames; then gone.
                    assertThat(in.read(new byte[4096])).isPositive();
                    Thread.sleep(200);
                    arrived.complete(null);
                } catch (IOException | InterruptedException e) {
                    arrived.completeExceptionally(e);
                }
            });
            RemoteStorageNode node =
                    new RemoteStorageNode(connections, URI.create("http://" + LOOPBACK + ":" + rude.getLocalPort()));
            NodeException failure = failure(node, STATUS);
            arrived.get(5, TimeUnit.SECONDS);
            peer.join();
            // It spoke no HTTP/2, so that no request was sent: that is known. Had it, the outcome would be open.
            assertThat(failure.kind()).isIn(Kind.TIMEOUT, Kind.NOT_SERVING);
        }
    }

    @Test
    void aServerThatClosesDuringARequestLeavesTheOutcomeOpen() throws Exception {
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        NodeServer server = serve(request -> {
            arrived.complete(null);
            return new CompletableFuture<>();
        });
        CompletableFuture<NodeReply> reply =
                remote(server).call(STATUS, DEADLINE).toCompletableFuture();
        arrived.get(10, TimeUnit.SECONDS);
        server.close();
        assertThat(failure(reply).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void aServerThatCameBackIsReachedAgain() {
        NodeServer first = serve(always(STATUS_RESULT));
        RemoteStorageNode node = remote(first);
        NodeFixture.reply(node, STATUS);
        first.close();
        assertThat(failure(node, STATUS).kind()).isIn(Kind.NOT_SERVING, Kind.TIMEOUT);
        serve(NodeServerConfig.of(LOOPBACK, first.uri().getPort()), always(STATUS_RESULT));
        assertThat(NodeFixture.reply(node, STATUS)).isEqualTo(STATUS_RESULT);
    }

    @Test
    void aRequestLongerThanAdmittedIsRefusedOnBothSides() throws Exception {
        NodeServer server = serve(always(STATUS_RESULT));
        WalPayload tooLong = new WalPayload(
                Bytes.wrap(new byte[1]), Bytes.wrap(new byte[NodeProtocol.MAX_REQUEST_BYTES]), List.of());
        assertThat(failure(remote(server), new NodeRequest.Write(new ShardId(0), tooLong))
                        .kind())
                .isEqualTo(Kind.INVALID_REQUEST);
        assertThat(requests).isEmpty();
        java.net.http.HttpResponse<byte[]> response =
                post(server, new byte[NodeProtocol.MAX_REQUEST_BYTES + 1], "1000");
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        NodeServer server = serve(always(STATUS_RESULT));
        java.net.http.HttpResponse<byte[]> garbage =
                post(server, "{\"not\": \"avro\"}".getBytes(StandardCharsets.UTF_8), "1000");
        assertThat(garbage.statusCode()).isEqualTo(400);
        assertThat(NodeCodec.decodeError(garbage.body()).kind()).isEqualTo(Kind.INVALID_REQUEST);
        for (String deadline : List.of("0", "-5", "soon", "999999999999")) {
            java.net.http.HttpResponse<byte[]> response = post(server, NodeCodec.encode(STATUS), deadline);
            assertThat(NodeCodec.decodeError(response.body())).hasMessageContaining(NodeProtocol.DEADLINE_HEADER);
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void moreRequestsThanAdmittedAreRefusedAtOnce() {
        CompletableFuture<NodeReply> slow = new CompletableFuture<>();
        NodeServer server = serve(NodeServerConfig.of(LOOPBACK, 0).withMaxInFlightRequests(1), request -> slow);
        RemoteStorageNode node = remote(server);
        // A connection of its own: the limit is the server's, not the stream limit of one connection.
        try (NodeConnections others = new NodeConnections()) {
            RemoteStorageNode other = new RemoteStorageNode(others, server.uri());
            CompletableFuture<NodeReply> first = node.call(STATUS, DEADLINE).toCompletableFuture();
            Awaitility.await().until(() -> !requests.isEmpty());
            assertThat(failure(other, STATUS).kind()).isEqualTo(Kind.OVERLOADED);
            slow.complete(STATUS_RESULT);
            assertThat(first.join()).isEqualTo(STATUS_RESULT);
            awaitAnswered(other);
        }
    }

    @Test
    void aClientThatSendsTooSlowlyIsGivenUp() throws Exception {
        NodeServer server = serve(
                NodeServerConfig.of(LOOPBACK, 0).withMaxInFlightRequests(1).withReceiveTimeout(Duration.ofMillis(300)),
                always(STATUS_RESULT));
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
            socket.getOutputStream()
                    .write(("POST " + NodeProtocol.PATH + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
                                    + NodeProtocol.DEADLINE_HEADER + ": 1000\r\n\r\nonly a part")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(10_000);
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
        }
        assertThat(requests).isEmpty();
        awaitAnswered(remote(server));
    }

    /** A place is free again a moment after the request that had it is over. */
    private static void awaitAnswered(RemoteStorageNode node) {
        Awaitility.await()
                .ignoreException(CompletionException.class)
                .until(() -> NodeFixture.reply(node, STATUS).equals(STATUS_RESULT));
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        NodeServer server = serve(always(STATUS_RESULT));
        int port = server.uri().getPort();
        assertThatThrownBy(() -> serve(NodeServerConfig.of(LOOPBACK, port), always(STATUS_RESULT)))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining(LOOPBACK + ":" + port)
                .hasMessageContaining("another port");
        assertThatThrownBy(() -> serve(NodeServerConfig.of("no-such-host.invalid", 0), always(STATUS_RESULT)))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void healthAndOtherRoutesAreServed() throws Exception {
        NodeServer server = NodeServer.start(
                NodeServerConfig.of(LOOPBACK, 0),
                new RemoteStorageNode(connections, URI.create("http://127.0.0.1:1")),
                builder -> builder.service("/metrics", (context, request) -> HttpResponse.of("up 1\n")));
        servers.add(server);
        for (var path : List.of(NodeProtocol.HEALTH_PATH, "/metrics")) {
            var response =
                    http.send(HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isIn("ok\n", "up 1\n");
        }
        var wrongMethod = http.send(
                HttpRequest.newBuilder(server.uri().resolve(NodeProtocol.PATH)).build(), BodyHandlers.ofString());
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
    }
}
