package io.tidemark.materializer.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MeteredNodeTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private long count(String request, String result) {
        return meters.get(MeteredNode.TIMER)
                .tag("request", request)
                .tag("result", result)
                .timer()
                .count();
    }

    @Test
    void requestsAreCountedByKindAndResult() {
        try (NodeFixture fixture = new NodeFixture();
                MeteredNode node = new MeteredNode(fixture.a, meters)) {
            NodeRequest.Get get = new NodeRequest.Get(
                    NodeFixture.SHARD,
                    NodeFixture.TABLE,
                    NodeFixture.key("c", 1),
                    Optional.empty(),
                    Consistency.STRONG);
            NodeFixture.reply(node, get);
            NodeFixture.reply(node, get);
            NodeFixture.reply(node, fixture.put(NodeFixture.item("c", 1)));
            fixture.zoneA.takeAway(NodeFixture.SHARD);
            NodeFixture.failure(node, get);
            assertThat(count("get", "ok")).isEqualTo(2);
            assertThat(count("write", "ok")).isEqualTo(1);
            assertThat(count("get", "not_serving")).isEqualTo(1);
        }
    }

    @Test
    void theNodeTellsHowManyWritesWait() throws Exception {
        try (NodeFixture fixture = new NodeFixture()) {
            fixture.a.bindTo(meters);
            CompletableFuture<?> reply;
            try (AutoCloseable pause = fixture.zoneA.pause()) {
                reply = fixture.a
                        .call(fixture.put(NodeFixture.item("c", 1)), NodeFixture.DEADLINE)
                        .toCompletableFuture();
                assertThat(meters.get("tidemark.node.parked").gauge().value()).isEqualTo(1);
            }
            reply.join();
            assertThat(meters.get("tidemark.node.parked").gauge().value()).isZero();
            assertThat(meters.get("tidemark.node.queued").gauges()).hasSize(3);
        }
    }
}
