package io.tidemark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.client.ClusterNodes.ZoneNodes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailoverTest {
    private static final String TABLE = "pages";
    private static final KeySchema KEY_SCHEMA = KeySchema.of(new KeyAttribute("page", KeyType.S));
    /** Shard 1 prefers the second of three zones. */
    private static final ShardId SHARD = new ShardId(1);

    private static final TableRoute ROUTE = TableRoute.of(new TableId(7), KEY_SCHEMA, SHARD);
    private static final Item ITEM = Item.of(Map.of("page", new AttributeValue.S("Kafka")));
    private static final PrimaryKey KEY = PrimaryKey.of(new AttributeValue.S("Kafka"));
    private static final NodeReply WRITTEN =
            new NodeReply.Written(new Lsn(5), new Outcome.Applied(Optional.empty(), 0, 9));
    private static final NodeReply FOUND =
            new NodeReply.GetResult(Optional.of(ITEM), 9, new NodeReply.Position(new Zone("a"), SHARD, new Lsn(6)));

    private static final Duration ATTEMPT = Duration.ofMillis(100);
    private static final Duration OPERATION = Duration.ofSeconds(3);
    private static final ClientConfig CONFIG = ClientConfig.DEFAULT.withTimeouts(ATTEMPT, OPERATION);
    /** Leaves a test time to look at what is under way. */
    private static final ClientConfig PATIENT =
            ClientConfig.DEFAULT.withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(40));

    private final ScriptedNode a = new ScriptedNode("node-a", ScriptedNode.replying(WRITTEN));
    private final ScriptedNode b = new ScriptedNode("node-b", ScriptedNode.replying(WRITTEN));
    private final ScriptedNode c = new ScriptedNode("node-c", ScriptedNode.replying(WRITTEN));
    private final AtomicLong skippedNanos = new AtomicLong();
    private final List<TidemarkClient> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(TidemarkClient::close);
    }

    private TidemarkClient client() {
        return client(CONFIG, FixedRoutes.of(TABLE, ROUTE));
    }

    private TidemarkClient client(ClientConfig config, RouteSource routes) {
        return client(
                config,
                routes,
                new ZoneNodes(new Zone("a"), List.of(a)),
                new ZoneNodes(new Zone("b"), List.of(b)),
                new ZoneNodes(new Zone("c"), List.of(c)));
    }

    private TidemarkClient client(ClientConfig config, RouteSource routes, ZoneNodes... zones) {
        TidemarkClient client = new TidemarkClient(
                new ClusterNodes(List.of(zones)),
                routes,
                config,
                new SplittableRandom(1),
                () -> System.nanoTime() + skippedNanos.get());
        clients.add(client);
        return client;
    }

    @Test
    void theNearestZoneIsAskedFirstWhateverTheShardPrefers() {
        ClusterNodes nodes = new ClusterNodes(List.of(
                        new ZoneNodes(new Zone("a"), List.of(a)),
                        new ZoneNodes(new Zone("b"), List.of(b)),
                        new ZoneNodes(new Zone("c"), List.of(c))))
                .withNearest(new Zone("c"));
        c.willFail(Kind.NOT_SERVING);
        try (TidemarkClient client =
                new TidemarkClient(nodes, FixedRoutes.of(TABLE, ROUTE), CONFIG, new SplittableRandom(1))) {
            client.put(PutRequest.of(TABLE, ITEM));
        }
        assertAsked(1, 0, 1);
    }

    @Test
    void aNearestZoneThatDoesNotExistIsRefused() {
        ClusterNodes nodes = new ClusterNodes(List.of(new ZoneNodes(new Zone("a"), List.of(a))));
        assertThatThrownBy(() -> nodes.withNearest(new Zone("d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no zone d among [a]");
    }

    private static RequestId requestId(NodeRequest request) {
        return ((NodeRequest.Write) request)
                .payload().headers().stream()
                        .filter(header -> header.key().equals("tidemark-request-id"))
                        .map(header -> RequestId.fromBytes(header.value().array()))
                        .findFirst()
                        .orElseThrow();
    }

    private void assertAsked(int inA, int inB, int inC) {
        assertThat(List.of(
                        a.requests().size(), b.requests().size(), c.requests().size()))
                .as("requests to the zones a, b, c")
                .isEqualTo(List.of(inA, inB, inC));
    }

    @Test
    void aRequestGoesToThePreferredZoneAlone() {
        WriteResult result = client().put(PutRequest.of(TABLE, ITEM));
        assertThat(result.lsn()).isEqualTo(new Lsn(5));
        assertThat(result.shard()).isEqualTo(SHARD);
        assertAsked(0, 1, 0);
    }

    @Test
    void whereAZoneDoesNotServeTheNextOneGetsTheSameRequestId() {
        b.willFail(Kind.NOT_SERVING);
        c.willFail(Kind.CORRUPT);
        client().put(PutRequest.of(TABLE, ITEM));
        assertAsked(1, 1, 1);
        assertThat(requestId(a.requests().getFirst()))
                .isEqualTo(requestId(b.requests().getFirst()))
                .isEqualTo(requestId(c.requests().getFirst()));
    }

    @Test
    void aZoneThatHangsCostsOneAttemptAndIsThenLeftOut() {
        b.willDo(ScriptedNode.hanging());
        TidemarkClient client = client();
        long startNanos = System.nanoTime();
        client.put(PutRequest.of(TABLE, ITEM));
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThan(ATTEMPT);
        for (int i = 0; i < 5; i++) {
            client.put(PutRequest.of(TABLE, ITEM));
        }
        assertAsked(0, 1, 6);
    }

    @Test
    void aZoneThatHungIsProbedByOneCallerAfterAWhile() {
        b.willDo(ScriptedNode.hanging());
        TidemarkClient client = client();
        client.put(PutRequest.of(TABLE, ITEM));
        skippedNanos.addAndGet(CONFIG.suspicion().toNanos());
        CompletableFuture<WriteResult> probe = client.putAsync(PutRequest.of(TABLE, ITEM));
        client.put(PutRequest.of(TABLE, ITEM));
        assertThat(b.requests()).hasSize(2);
        probe.join();
        b.willDo(ScriptedNode.replying(WRITTEN));
        skippedNanos.addAndGet(CONFIG.suspicion().toNanos());
        client.put(PutRequest.of(TABLE, ITEM));
        client.put(PutRequest.of(TABLE, ITEM));
        assertThat(b.requests()).as("trusted again").hasSize(4);
    }

    @Test
    void whatNoZoneServesIsUnavailableAndSaysWhyForEach() {
        b.willFail(Kind.NOT_SERVING);
        c.willDo(ScriptedNode.hanging());
        a.willFail(Kind.OVERLOADED);
        ClientConfig config = CONFIG.withTimeouts(ATTEMPT, Duration.ofMillis(1_500));
        UnavailableException failure = catchThrowableOfType(
                UnavailableException.class,
                () -> client(config, FixedRoutes.of(TABLE, ROUTE)).put(PutRequest.of(TABLE, ITEM)));
        assertThat(failure.failures())
                .extracting(UnavailableException.Failure::zone, UnavailableException.Failure::kind)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(new Zone("b"), Kind.NOT_SERVING),
                        org.assertj.core.groups.Tuple.tuple(new Zone("c"), Kind.TIMEOUT),
                        org.assertj.core.groups.Tuple.tuple(new Zone("a"), Kind.OVERLOADED));
        assertThat(failure.effectUnknown()).isTrue();
        assertThat(failure.requestId()).contains(requestId(c.requests().getFirst()));
        assertThat(failure).hasMessageContaining("shard 1").hasMessageContaining("node-c");
    }

    @Test
    void aWriteThatWasNeverAppendedIsKnownToHaveNoEffect() {
        for (ScriptedNode node : List.of(a, b, c)) {
            node.willFail(Kind.NOT_SERVING);
        }
        ClientConfig config = CONFIG.withTimeouts(ATTEMPT, Duration.ofMillis(800));
        UnavailableException failure = catchThrowableOfType(
                UnavailableException.class,
                () -> client(config, FixedRoutes.of(TABLE, ROUTE)).put(PutRequest.of(TABLE, ITEM)));
        assertThat(failure.effectUnknown()).isFalse();
        assertThat(a.requests().size()).as("rounds with back-off").isBetween(2, 12);
    }

    @Test
    void aZoneThatRecoversIsFoundInALaterRound() {
        AtomicInteger calls = new AtomicInteger();
        for (ScriptedNode node : List.of(a, b, c)) {
            node.willDo(request -> calls.incrementAndGet() <= 5
                    ? ScriptedNode.failing(Kind.NOT_SERVING).apply(request)
                    : CompletableFuture.completedFuture(WRITTEN));
        }
        assertThat(client().put(PutRequest.of(TABLE, ITEM)).lsn()).isEqualTo(new Lsn(5));
        assertThat(calls).hasValue(6);
    }

    @Test
    void theNodeOfAZoneThatServesAShardIsFoundAndRemembered() {
        ScriptedNode other = new ScriptedNode("node-b2", ScriptedNode.replying(WRITTEN));
        b.willFail(Kind.NOT_SERVING);
        TidemarkClient client = client(
                CONFIG,
                FixedRoutes.of(TABLE, ROUTE),
                new ZoneNodes(new Zone("a"), List.of(a)),
                new ZoneNodes(new Zone("b"), List.of(b, other)));
        for (int i = 0; i < 3; i++) {
            client.put(PutRequest.of(TABLE, ITEM));
        }
        assertThat(b.requests()).hasSize(1);
        assertThat(other.requests()).hasSize(3);
        assertThat(a.requests()).isEmpty();
    }

    @Test
    void aNodeThatHangsDoesNotHideTheOneOfItsZoneThatServes() {
        ScriptedNode other = new ScriptedNode("node-b2", ScriptedNode.replying(WRITTEN));
        b.willDo(ScriptedNode.hanging());
        a.willFail(Kind.NOT_SERVING);
        TidemarkClient client = client(
                CONFIG,
                FixedRoutes.of(TABLE, ROUTE),
                new ZoneNodes(new Zone("a"), List.of(a)),
                new ZoneNodes(new Zone("b"), List.of(b, other)));
        client.put(PutRequest.of(TABLE, ITEM));
        assertThat(other.requests()).hasSize(1);
    }

    @Test
    void aNodeThatBreaksItsContractIsABugOnceAllZonesDo() {
        for (ScriptedNode node : List.of(a, b, c)) {
            node.willDo(request -> {
                throw new IllegalStateException("thrown, not returned");
            });
        }
        assertThatThrownBy(() -> client().put(PutRequest.of(TABLE, ITEM)))
                .isInstanceOf(InternalErrorException.class)
                .hasMessageContaining("thrown, not returned");
        assertAsked(1, 1, 1);
    }

    @Test
    void anInvalidRequestIsNotTriedElsewhere() {
        b.willFail(Kind.INVALID_REQUEST);
        assertThatThrownBy(() -> client().get(GetRequest.of(TABLE, KEY)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("scripted");
        assertAsked(0, 1, 0);
    }

    @Test
    void anItemIsReadFromTheNextZoneWhereTheFirstIsDamaged() {
        b.willFail(Kind.CORRUPT);
        c.willDo(ScriptedNode.replying(FOUND));
        assertThat(client().get(GetRequest.of(TABLE, KEY))).contains(ITEM);
    }

    @Test
    void aZoneIsAskedAloneWhereTheCallerNamesIt() {
        a.willFail(Kind.EXPIRED);
        NodeRequest digest = new NodeRequest.Digest(SHARD, new Lsn(3), false);
        CompletableFuture<NodeReply> reply = client().callZoneAsync(new Zone("a"), SHARD, digest, OPERATION);
        assertThatThrownBy(reply::join)
                .cause()
                .isInstanceOfSatisfying(
                        NodeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.EXPIRED));
        assertAsked(1, 0, 0);
    }

    @Test
    void everyNodeTellsItsStatusOrWhyNot() {
        a.willDo(ScriptedNode.replying(new NodeReply.StatusResult(new Zone("a"), "1", List.of())));
        b.willDo(ScriptedNode.hanging());
        c.willFail(Kind.NOT_SERVING);
        List<TidemarkClient.NodeStatus> statuses = client().statusAsync(ATTEMPT).join();
        assertThat(statuses).extracting(TidemarkClient.NodeStatus::node).containsExactly("node-a", "node-b", "node-c");
        assertThat(statuses.get(0).status()).isPresent();
        assertThat(statuses.get(1).error()).contains("no answer");
        assertThat(statuses.get(2).error()).contains("NOT_SERVING");
    }

    @Test
    void moreOperationsThanAdmittedAreRefusedAtOnce() {
        CompletableFuture<NodeReply> slow = new CompletableFuture<>();
        b.willDo(request -> slow);
        TidemarkClient client = client(PATIENT.withMaxInFlight(1), FixedRoutes.of(TABLE, ROUTE));
        CompletableFuture<WriteResult> first = client.putAsync(PutRequest.of(TABLE, ITEM));
        assertThatThrownBy(() -> client.put(PutRequest.of(TABLE, ITEM)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("under way");
        slow.complete(WRITTEN);
        first.join();
        client.put(PutRequest.of(TABLE, ITEM));
    }

    @Test
    void closingTheClientFailsWhatIsUnderWay() {
        b.willDo(ScriptedNode.hanging());
        TidemarkClient client = client(PATIENT, FixedRoutes.of(TABLE, ROUTE));
        RequestId id = new RequestId(1, 2);
        CompletableFuture<WriteResult> write =
                client.putAsync(PutRequest.of(TABLE, ITEM).as(id));
        client.close();
        assertThatThrownBy(write::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(UnavailableException.class, failure -> {
                    assertThat(failure.requestId()).contains(id);
                    assertThat(failure.effectUnknown()).isTrue();
                });
        assertThatThrownBy(() -> client.put(PutRequest.of(TABLE, ITEM)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("closed");
    }
}
