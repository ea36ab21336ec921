package io.tidemark.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.client.GetRequest;
import io.tidemark.client.PutRequest;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {
    private static final AttributeValue KEY = new AttributeValue.S("Tides");
    private static final Item ITEM = Item.of(Map.of("page", KEY, "edits", AttributeValue.N.of(3)));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    Path folder;

    @Test
    void aRestartKeepsTablesAndItems() {
        EmbeddedClusterOptions options = EmbeddedClusterOptions.in(folder);
        try (EmbeddedCluster cluster = EmbeddedCluster.start(options, StartProgress.SILENT)) {
            cluster.tables()
                    .createTable(
                            TableSpec.of("pages", KeySchema.of(new KeyAttribute("page", KeyType.S))),
                            new RequestId(1, 1))
                    .toCompletableFuture()
                    .join();
            cluster.tables()
                    .awaitActive("pages", Duration.ofSeconds(60))
                    .toCompletableFuture()
                    .join();
            cluster.client().put(PutRequest.of("pages", ITEM));
            assertThatThrownBy(() -> EmbeddedCluster.start(options, StartProgress.SILENT))
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data");
        }

        try (EmbeddedCluster cluster = EmbeddedCluster.start(options, StartProgress.SILENT)) {
            assertThat(cluster.client()
                            .get(GetRequest.of("pages", PrimaryKey.of(KEY)).consistency(Consistency.STRONG)))
                    .contains(ITEM);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedClusterOptions options = EmbeddedClusterOptions.in(folder).withPort(taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedCluster.start(options, StartProgress.SILENT))
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("--port");
            assertThat(folder.resolve("kafka")).doesNotExist();
        }
    }

    @Test
    void aRouterPortThatIsTakenIsNamedBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedClusterOptions options =
                    EmbeddedClusterOptions.in(folder).withRouter(new RouterOptions(taken.getLocalPort(), false));

            assertThatThrownBy(() -> EmbeddedCluster.start(options, StartProgress.SILENT))
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("--router-port");
            assertThat(folder.resolve("kafka")).doesNotExist();
        }
    }
}
