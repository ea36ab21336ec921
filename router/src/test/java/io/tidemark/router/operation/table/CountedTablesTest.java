package io.tidemark.router.operation.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.client.ClientConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.RouteSource;
import io.tidemark.client.TidemarkClient;
import io.tidemark.router.operation.table.TableSizes.TableSize;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableSettings;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import io.tidemark.schema.value.AttributeValue;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountedTablesTest {
    private static final Zone ZONE = new Zone("a");
    private static final ShardId SHARD = new ShardId(0);
    private static final TableRoute ROUTE =
            TableRoute.of(new TableId(1), KeySchema.of(new KeyAttribute("pk", KeyType.S)), SHARD);
    private static final TableDescription TABLE = new TableDescription(
            "music", TableStatus.ACTIVE, Instant.EPOCH, ROUTE, TableSettings.initial(Instant.EPOCH));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicReference<Function<NodeRequest.Scan, NodeReply>> answers = new AtomicReference<>();
    private final TidemarkClient client = new TidemarkClient(
            new ClusterNodes(List.of(new ClusterNodes.ZoneNodes(ZONE, List.of(new Node())))),
            new Routes(),
            ClientConfig.DEFAULT.withTimeouts(Duration.ofMillis(50), Duration.ofMillis(100)),
            new SecureRandom());
    private final CountedTables tables = new CountedTables(client, now::get);

    private final class Node implements StorageNode {
        @Override
        public CompletionStage<NodeReply> call(NodeRequest request, Duration deadline) {
            try {
                return CompletableFuture.completedStage(answers.get().apply((NodeRequest.Scan) request));
            } catch (NodeException failure) {
                return CompletableFuture.failedStage(failure);
            }
        }

        @Override
        public void close() {}
    }

    private static final class Routes implements RouteSource {
        @Override
        public Optional<TableRoute> route(String tableName) {
            return Optional.of(ROUTE);
        }

        @Override
        public CompletionStage<Optional<TableRoute>> refresh(String tableName) {
            return CompletableFuture.completedStage(Optional.of(ROUTE));
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void allPagesAreCountedOnceSomebodyHasAsked() {
        PrimaryKey middle = PrimaryKey.of(new AttributeValue.S("m"));
        answers.set(scan -> scan.exclusiveStart().isEmpty()
                ? page(Optional.of(middle), 10_000, 1 << 20)
                : page(Optional.empty(), 5, 77));
        assertThat(tables.of(TABLE)).isEqualTo(TableSize.NOTHING);
        assertThat(tables.of(TABLE)).isEqualTo(new TableSize(10_005, (1 << 20) + 77));
    }

    @Test
    void whatIsKnownHoldsForAThousandTimesWhatTheCountTook() {
        answers.set(scan -> {
            now.updateAndGet(instant -> instant.plusSeconds(1));
            return page(Optional.empty(), 5, 50);
        });
        tables.of(TABLE);
        answers.set(scan -> page(Optional.empty(), 6, 60));
        now.updateAndGet(instant -> instant.plusSeconds(999));
        tables.of(TABLE);
        assertThat(tables.of(TABLE)).isEqualTo(new TableSize(5, 50));
        now.updateAndGet(instant -> instant.plusSeconds(1));
        tables.of(TABLE);
        assertThat(tables.of(TABLE)).isEqualTo(new TableSize(6, 60));
    }

    @Test
    void aCountThatFailsIsTriedAgain() {
        answers.set(scan -> {
            throw new NodeException(NodeException.Kind.INVALID_REQUEST, "this scan cannot be done");
        });
        assertThat(tables.of(TABLE)).isEqualTo(TableSize.NOTHING);
        answers.set(scan -> page(Optional.empty(), 6, 60));
        tables.of(TABLE);
        assertThat(tables.of(TABLE)).isEqualTo(new TableSize(6, 60));
    }

    @Test
    void onlyAnActiveTableIsCounted() {
        answers.set(scan -> {
            throw new AssertionError("must not be asked");
        });
        assertThat(tables.of(TABLE.withStatus(TableStatus.DELETING))).isEqualTo(TableSize.NOTHING);
    }

    private static NodeReply page(Optional<PrimaryKey> lastEvaluated, int items, int bytes) {
        return new NodeReply.Page(
                List.of(), lastEvaluated, items, bytes, new NodeReply.Position(ZONE, SHARD, new Lsn(3)));
    }
}
