package io.tidemark.client;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ResponseTimeoutMode;
import com.linecorp.armeria.client.WebClient;
import io.tidemark.schema.node.NodeProtocol;
import java.net.URI;
import java.time.Duration;

/**
 * The connections to storage nodes; shared by any number of {@link RemoteStorageNode}s.
 * One HTTP/2 connection per node and event loop, kept open while used. Thread-safe. Closing it fails what is under way.
 */
public final class NodeConnections implements AutoCloseable {
    /** Nodes are near: what does not connect within this time is taken as down. */
    static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(5);

    private final ClientFactory factory;

    public NodeConnections() {
        factory = ClientFactory.builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .idleTimeout(IDLE_TIMEOUT)
                .pingInterval(PING_INTERVAL)
                .build();
    }

    WebClient client(URI uri) {
        // Plain HTTP/2 from the first byte; nodes speak it always.
        return WebClient.builder("h2c://" + authority(uri))
                .factory(factory)
                .maxResponseLength(NodeProtocol.MAX_REPLY_BYTES)
                // Connecting counts, or a caller would wait longer than its deadline.
                .responseTimeoutMode(ResponseTimeoutMode.FROM_START)
                .build();
    }

    private static String authority(URI uri) {
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
            throw new IllegalArgumentException("a node's address looks like http://host:port, not " + uri);
        }
        return uri.getHost() + ":" + uri.getPort();
    }

    @Override
    public void close() {
        factory.close();
    }
}
