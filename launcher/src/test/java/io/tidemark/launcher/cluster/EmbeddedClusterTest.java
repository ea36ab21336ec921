package io.tidemark.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.client.GetRequest;
import io.tidemark.client.PutRequest;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.verifier.VerificationListener;
import io.tidemark.verifier.VerificationRequest;
import io.tidemark.verifier.report.Conclusion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
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
    void aZoneThatLostItsDiskIsRebuiltFromTheArchiveWhereTheLogWasTrimmed() throws IOException, InterruptedException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(EmbeddedClusterOptions.in(folder), StartProgress.SILENT)) {
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
            for (int i = 0; i < 100; i++) {
                cluster.client()
                        .put(PutRequest.of("pages", Item.of(Map.of("page", new AttributeValue.S("page " + i)))));
            }
            assertThat(verify(cluster)).isEqualTo(Conclusion.EQUAL);
            for (ShardId shard : cluster.archive().shards()) {
                Lsn archived = cluster.archive().end(shard);
                assertThat(cluster.wal()
                                .trim(shard, archived)
                                .toCompletableFuture()
                                .join())
                        .isEqualTo(archived);
            }

            Zone zone = new Zone("b");
            cluster.stopNode(zone);
            delete(cluster.nodeDataDirectory(zone));
            cluster.client().put(PutRequest.of("pages", ITEM));
            cluster.startNode(zone);

            assertThat(cluster.awaitServing(Duration.ofSeconds(60))).isEmpty();
            assertThat(verify(cluster)).isEqualTo(Conclusion.EQUAL);
        }
    }

    private static Conclusion verify(EmbeddedCluster cluster) {
        return cluster.verification()
                .verify(VerificationRequest.DEEP, VerificationListener.NONE)
                .conclusion();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
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
