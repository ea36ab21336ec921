package io.tidemark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NetworkFailureTest {
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void thatNothingListensIsSaidInWords() throws IOException {
        URI nobody = URI.create("http://127.0.0.1:" + freePort());
        try (HttpClient http = HttpClient.newHttpClient();
                NodeConnections connections = new NodeConnections()) {
            Throwable refused = catchThrowable(
                    () -> http.send(HttpRequest.newBuilder(nobody).build(), BodyHandlers.discarding()));
            assertThat(NetworkFailure.describe(refused)).isEqualTo("nothing listens there");

            StorageNode node = new RemoteStorageNode(connections, nobody);
            Throwable failed = catchThrowable(() -> node.call(new NodeRequest.Status(), Duration.ofSeconds(5))
                    .toCompletableFuture()
                    .join());
            assertThat(failed.getCause()).hasMessage(nobody + " cannot be reached: nothing listens there");
        }
    }

    @Test
    void anUnknownHostIsSaidInWords() {
        assertThat(NetworkFailure.describe(new IllegalStateException(new UnknownHostException("nowhere"))))
                .isEqualTo("no host of that name is known");
    }

    @Test
    void whatIsNotKnownKeepsItsOwnWords() {
        assertThat(NetworkFailure.describe(new IOException("half a frame"))).isEqualTo("half a frame");
        assertThat(NetworkFailure.describe(new IOException())).contains("IOException");
    }
}
