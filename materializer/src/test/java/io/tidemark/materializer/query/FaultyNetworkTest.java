package io.tidemark.materializer.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.client.ClientConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.ClusterNodes.ZoneNodes;
import io.tidemark.client.GetRequest;
import io.tidemark.client.RouteSource;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.UnavailableException;
import io.tidemark.client.UpdateRequest;
import io.tidemark.schema.Zone;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose requests and replies get lost, late and refused: each counted update must take effect exactly once. */
class FaultyNetworkTest {
    private static final int COUNTERS = 4;
    private static final int UPDATES = 40;

    /** Does one of: serve, refuse, serve but lose the reply, lose the request, serve late, serve twice. */
    private static final class FaultyNode implements StorageNode {
        private static final Executor LATE = CompletableFuture.delayedExecutor(150, TimeUnit.MILLISECONDS);

        private final StorageNode node;
        private final SplittableRandom random;

        FaultyNode(StorageNode node, long seed) {
            this.node = node;
            this.random = new SplittableRandom(seed);
        }

        @Override
        public CompletionStage<NodeReply> call(NodeRequest request, Duration deadline) {
            int fault;
            synchronized (random) {
                fault = random.nextInt(12);
            }
            return switch (fault) {
                case 0 -> CompletableFuture.failedFuture(new NodeException(Kind.NOT_SERVING, "refused"));
                case 1 -> node.call(request, deadline).thenCompose(reply -> new CompletableFuture<>());
                case 2 -> new CompletableFuture<>();
                case 3 ->
                    CompletableFuture.supplyAsync(() -> node.call(request, deadline), LATE)
                            .thenCompose(reply -> reply);
                case 4 -> node.call(request, deadline).thenCompose(reply -> node.call(request, deadline));
                case 5 -> CompletableFuture.failedFuture(new NodeException(Kind.OVERLOADED, "full"));
                default -> node.call(request, deadline);
            };
        }

        @Override
        public void close() {}
    }

    private static PrimaryKey counter(int number) {
        return NodeFixture.key("counter", number);
    }

    private static UpdateRequest increment(int number) {
        return UpdateRequest.of(
                "counters",
                counter(number),
                UpdateExpression.of(new UpdateAction.Add(DocumentPath.of("count"), AttributeValue.N.of(1))));
    }

    private static RouteSource routes() {
        TableRoute route = TableRoute.of(NodeFixture.TABLE, NodeFixture.KEY_SCHEMA, NodeFixture.SHARD);
        return new RouteSource() {
            @Override
            public Optional<TableRoute> route(String tableName) {
                return Optional.of(route);
            }

            @Override
            public CompletionStage<Optional<TableRoute>> refresh(String tableName) {
                return CompletableFuture.completedFuture(Optional.of(route));
            }
        };
    }

    /** Until it is known to have taken effect, as a careful caller does. */
    private static void incrementOnce(TidemarkClient client, int number) {
        UpdateRequest request = increment(number);
        while (true) {
            try {
                client.update(request);
                return;
            } catch (UnavailableException e) {
                request = request.as(e.requestId().orElseThrow());
            }
        }
    }

    @ParameterizedTest
    @Timeout(180)
    @ValueSource(longs = {1, 2})
    void everyUpdateTakesEffectExactlyOnce(long seed) throws Exception {
        try (NodeFixture fixture = new NodeFixture()) {
            ClusterNodes nodes = new ClusterNodes(List.of(
                    new ZoneNodes(new Zone("a"), List.of(new FaultyNode(fixture.a, seed))),
                    new ZoneNodes(new Zone("b"), List.of(new FaultyNode(fixture.b, -seed)))));
            ClientConfig config = ClientConfig.DEFAULT
                    .withTimeouts(Duration.ofMillis(100), Duration.ofMillis(600))
                    .withSuspicion(Duration.ofMillis(1));
            try (TidemarkClient client = new TidemarkClient(nodes, routes(), config, new SplittableRandom(seed))) {
                List<Thread> callers = new ArrayList<>();
                for (int i = 0; i < COUNTERS; i++) {
                    int number = i;
                    callers.add(Thread.ofPlatform().start(() -> {
                        for (int n = 0; n < UPDATES; n++) {
                            incrementOnce(client, number);
                        }
                    }));
                }
                for (Thread caller : callers) {
                    caller.join();
                }
            }
            // Late requests may still arrive.
            Thread.sleep(500);
            assertCounts(fixture);
        }
    }

    private static void assertCounts(NodeFixture fixture) {
        ClusterNodes sound = new ClusterNodes(List.of(new ZoneNodes(new Zone("b"), List.of(fixture.b))));
        try (TidemarkClient client =
                new TidemarkClient(sound, routes(), ClientConfig.DEFAULT, new SplittableRandom(99))) {
            for (int i = 0; i < COUNTERS; i++) {
                Item item = client.get(GetRequest.of("counters", counter(i)).consistency(Consistency.STRONG))
                        .orElseThrow();
                assertThat(item.get("count")).isEqualTo(AttributeValue.N.of(UPDATES));
            }
        }
    }
}
