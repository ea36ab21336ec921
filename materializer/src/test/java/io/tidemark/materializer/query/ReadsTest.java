package io.tidemark.materializer.query;

import static io.tidemark.materializer.query.NodeFixture.DEADLINE;
import static io.tidemark.materializer.query.NodeFixture.SHARD;
import static io.tidemark.materializer.query.NodeFixture.TABLE;
import static io.tidemark.materializer.query.NodeFixture.failure;
import static io.tidemark.materializer.query.NodeFixture.item;
import static io.tidemark.materializer.query.NodeFixture.key;
import static io.tidemark.materializer.query.NodeFixture.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadsTest {
    private static final int TIMES = 25;

    private final NodeFixture fixture = new NodeFixture();
    private final ReplicaNode node = fixture.a;

    @AfterEach
    void close() {
        fixture.close();
    }

    private void putAll(String channel) {
        for (int time = 0; time < TIMES; time++) {
            reply(node, fixture.put(item(channel, time)));
        }
    }

    private static NodeRequest.Get get(PrimaryKey key, Consistency consistency) {
        return new NodeRequest.Get(SHARD, TABLE, key, Optional.empty(), consistency);
    }

    private static NodeRequest.Query query(
            Optional<SortKeyCondition> condition, boolean forward, int limit, Optional<PrimaryKey> start) {
        return new NodeRequest.Query(
                SHARD,
                TABLE,
                new AttributeValue.S("c"),
                condition,
                forward,
                limit,
                start,
                Optional.empty(),
                Optional.empty(),
                Consistency.EVENTUAL);
    }

    private static NodeRequest.Scan scan(HashRange range, int limit, Optional<PrimaryKey> start) {
        return new NodeRequest.Scan(
                SHARD,
                TABLE,
                range,
                limit,
                NodeRequest.MAX_PAGE_BYTES,
                start,
                Optional.empty(),
                Optional.empty(),
                Consistency.EVENTUAL);
    }

    private NodeReply.Page page(NodeRequest request) {
        return reply(node, request, NodeReply.Page.class);
    }

    private static List<Integer> times(List<Item> items) {
        return items.stream()
                .map(item -> ((AttributeValue.N) item.get("time")).value().value())
                .map(BigDecimal::intValueExact)
                .toList();
    }

    private static List<Integer> range(int first, int last) {
        return IntStream.rangeClosed(Math.min(first, last), Math.max(first, last))
                .map(i -> first <= last ? i : first + last - i)
                .boxed()
                .toList();
    }

    @Test
    void anItemIsReadWithItsSizeAndThePositionOfTheReplica() {
        reply(node, fixture.put(item("c", 1)));
        NodeReply.GetResult result = reply(node, get(key("c", 1), Consistency.EVENTUAL), NodeReply.GetResult.class);
        assertThat(result.item()).contains(item("c", 1));
        assertThat(result.sizeBytes()).isEqualTo(io.tidemark.schema.value.ItemSize.of(item("c", 1)));
        assertThat(result.position()).isEqualTo(new NodeReply.Position(new Zone("a"), SHARD, new Lsn(2)));
        NodeReply.GetResult absent = reply(node, get(key("c", 2), Consistency.EVENTUAL), NodeReply.GetResult.class);
        assertThat(absent.item()).isEmpty();
        assertThat(absent.sizeBytes()).isZero();
    }

    @Test
    void aProjectionLeavesTheSizeOfTheWholeItem() {
        reply(node, fixture.put(item("c", 1)));
        Projection projection = new Projection(List.of(DocumentPath.of("text")));
        NodeReply.GetResult result = reply(
                node,
                new NodeRequest.Get(SHARD, TABLE, key("c", 1), Optional.of(projection), Consistency.EVENTUAL),
                NodeReply.GetResult.class);
        assertThat(result.item()).contains(Item.of(Map.of("text", new AttributeValue.S("c1"))));
        assertThat(result.sizeBytes()).isEqualTo(io.tidemark.schema.value.ItemSize.of(item("c", 1)));
    }

    @Test
    void aStrongReadWaitsForWhatWasAcknowledgedInAnotherZone() throws Exception {
        CompletableFuture<NodeReply> strong;
        try (AutoCloseable pause = fixture.zoneB.pause()) {
            reply(fixture.a, fixture.put(item("c", 1)));
            NodeReply.GetResult eventual =
                    reply(fixture.b, get(key("c", 1), Consistency.EVENTUAL), NodeReply.GetResult.class);
            assertThat(eventual.item()).isEmpty();
            strong = fixture.b
                    .call(get(key("c", 1), Consistency.STRONG), DEADLINE)
                    .toCompletableFuture();
            Thread.sleep(50);
            assertThat(strong).isNotDone();
        }
        NodeReply.GetResult result = (NodeReply.GetResult) strong.join();
        assertThat(result.item()).contains(item("c", 1));
        assertThat(result.position().nextLsn()).isEqualTo(new Lsn(2));
    }

    @Test
    void aReadOfAtLeastAWriteWaitsForItAndWritesNothing() throws Exception {
        CompletableFuture<NodeReply> read;
        try (AutoCloseable pause = fixture.zoneB.pause()) {
            NodeReply.Written written = reply(fixture.a, fixture.put(item("c", 1)), NodeReply.Written.class);
            Consistency token = new Consistency.AtLeast(written.lsn());
            read = fixture.b.call(get(key("c", 1), token), DEADLINE).toCompletableFuture();
            assertThat(failure(fixture.b.call(get(key("c", 1), token), Duration.ofMillis(30)))
                            .kind())
                    .isEqualTo(Kind.TIMEOUT);
        }
        assertThat(((NodeReply.GetResult) read.join()).item()).contains(item("c", 1));
        assertThat(fixture.end()).isEqualTo(new Lsn(2));
    }

    @Test
    void whatTheShardDoesNotHaveIsNamed() {
        assertThat(failure(
                                node,
                                new NodeRequest.Get(
                                        SHARD, new TableId(99), key("c", 1), Optional.empty(), Consistency.EVENTUAL))
                        .kind())
                .isEqualTo(Kind.UNKNOWN_TABLE);
        assertThat(failure(node, get(PrimaryKey.of(new AttributeValue.S("c")), Consistency.EVENTUAL))
                        .kind())
                .isEqualTo(Kind.INVALID_REQUEST);
        fixture.zoneA.takeAway(SHARD);
        for (Consistency consistency :
                List.of(Consistency.EVENTUAL, Consistency.STRONG, new Consistency.AtLeast(Lsn.FIRST))) {
            assertThat(failure(node, get(key("c", 1), consistency)).kind()).isEqualTo(Kind.NOT_SERVING);
        }
    }

    @Test
    void aClosedTableIsUnknown() {
        reply(node, fixture.control(SHARD, new Command.CloseTable(TABLE)));
        assertThat(failure(node, get(key("c", 1), Consistency.EVENTUAL)).kind()).isEqualTo(Kind.UNKNOWN_TABLE);
    }

    @Test
    void keysAndRangesThatAnotherShardOwnsAreRefused() {
        int hash =
                KeyEncoding.encode(TABLE, NodeFixture.KEY_SCHEMA, key("c", 1)).keyHash();
        long unsigned = Integer.toUnsignedLong(hash);
        fixture.openPartition(NodeFixture.OTHER_SHARD, new HashRange(unsigned + 1, HashRange.HASH_COUNT));
        NodeRequest.Get get = new NodeRequest.Get(
                NodeFixture.OTHER_SHARD, TABLE, key("c", 1), Optional.empty(), Consistency.EVENTUAL);
        assertThat(failure(node, get).kind()).isEqualTo(Kind.WRONG_RANGE);
        NodeRequest.Scan scan = new NodeRequest.Scan(
                NodeFixture.OTHER_SHARD,
                TABLE,
                new HashRange(unsigned, HashRange.HASH_COUNT),
                10,
                NodeRequest.MAX_PAGE_BYTES,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Consistency.EVENTUAL);
        assertThat(failure(node, scan).kind()).isEqualTo(Kind.WRONG_RANGE);
    }

    @Test
    void aScanMayCoverNeighbouringRangesThatTheShardOwns() {
        fixture.openPartition(NodeFixture.OTHER_SHARD, HashRange.ALL.part(1, 3));
        fixture.openPartition(NodeFixture.OTHER_SHARD, HashRange.ALL.part(0, 3));
        HashRange both = new HashRange(0, HashRange.ALL.part(1, 3).end());
        NodeRequest.Scan scan = new NodeRequest.Scan(
                NodeFixture.OTHER_SHARD,
                TABLE,
                both,
                10,
                NodeRequest.MAX_PAGE_BYTES,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Consistency.EVENTUAL);
        assertThat(page(scan).items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 24, 25, 26, 10_000})
    void pagesTogetherGiveEveryItemOnceInBothDirections(int limit) {
        putAll("b");
        putAll("c");
        putAll("d");
        for (boolean forward : new boolean[] {true, false}) {
            List<Item> found = new ArrayList<>();
            Optional<PrimaryKey> start = Optional.empty();
            do {
                NodeReply.Page page = page(query(Optional.empty(), forward, limit, start));
                assertThat(page.scannedCount())
                        .isLessThanOrEqualTo(limit)
                        .isEqualTo(page.items().size());
                found.addAll(page.items());
                start = page.lastEvaluated();
            } while (start.isPresent());
            assertThat(times(found)).isEqualTo(forward ? range(0, TIMES - 1) : range(TIMES - 1, 0));
        }
    }

    @Test
    void aSortKeyConditionBoundsTheQueryInBothDirections() {
        putAll("c");
        SortKeyCondition between = new SortKeyCondition.Between(AttributeValue.N.of(3), AttributeValue.N.of(6));
        SortKeyCondition less = new SortKeyCondition.Compare(Comparator.LT, AttributeValue.N.of(3));
        SortKeyCondition reversed = new SortKeyCondition.Between(AttributeValue.N.of(6), AttributeValue.N.of(3));
        assertThat(times(page(query(Optional.of(between), true, 100, Optional.empty()))
                        .items()))
                .isEqualTo(range(3, 6));
        assertThat(times(page(query(Optional.of(between), false, 3, Optional.empty()))
                        .items()))
                .isEqualTo(range(6, 4));
        assertThat(times(page(query(Optional.of(less), true, 100, Optional.empty()))
                        .items()))
                .isEqualTo(range(0, 2));
        assertThat(failure(node, query(Optional.of(reversed), true, 100, Optional.empty()))
                        .kind())
                .isEqualTo(Kind.INVALID_REQUEST);
    }

    @Test
    void aScanEndsItsPageAtTheBytesItWasGiven() {
        putAll("c");
        int allBytes = page(scan(HashRange.ALL, 10_000, Optional.empty())).scannedBytes();
        NodeRequest.Scan half = new NodeRequest.Scan(
                SHARD,
                TABLE,
                HashRange.ALL,
                10_000,
                allBytes / 2,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Consistency.EVENTUAL);
        NodeRequest.Scan least = new NodeRequest.Scan(
                SHARD,
                TABLE,
                HashRange.ALL,
                10_000,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Consistency.EVENTUAL);

        NodeReply.Page page = page(half);

        assertThat(page.scannedBytes()).isPositive().isLessThanOrEqualTo(allBytes / 2);
        assertThat(page.lastEvaluated()).isPresent();
        assertThat(page(least).scannedCount()).isEqualTo(1);
    }

    @Test
    void aFilterThatNoTextCouldHoldIsRefused() {
        putAll("c");
        Condition one = new Condition.AttributeExists(DocumentPath.of("a"));
        Condition huge = new Condition.And(Collections.nCopies(5_000, one));
        NodeRequest.Scan scan = new NodeRequest.Scan(
                SHARD,
                TABLE,
                HashRange.ALL,
                10,
                NodeRequest.MAX_PAGE_BYTES,
                Optional.empty(),
                Optional.of(huge),
                Optional.empty(),
                Consistency.EVENTUAL);

        assertThat(failure(node, scan))
                .hasMessageContaining("filter")
                .satisfies(failed -> assertThat(failed.kind()).isEqualTo(Kind.INVALID_REQUEST));
    }

    @Test
    void aStartKeyOutsideTheConditionIsRefused() {
        SortKeyCondition between = new SortKeyCondition.Between(AttributeValue.N.of(3), AttributeValue.N.of(6));
        assertThat(failure(node, query(Optional.of(between), true, 1, Optional.of(key("c", 7))))
                        .kind())
                .isEqualTo(Kind.INVALID_REQUEST);
        assertThat(failure(node, query(Optional.empty(), true, 1, Optional.of(key("d", 7))))
                        .kind())
                .isEqualTo(Kind.INVALID_REQUEST);
    }

    @Test
    void theFilterComesAfterTheLimit() {
        putAll("c");
        Condition filter =
                new Condition.Compare(Comparator.GE, Operand.path("time"), Operand.literal(AttributeValue.N.of(8)));
        NodeReply.Page page = page(new NodeRequest.Query(
                SHARD,
                TABLE,
                new AttributeValue.S("c"),
                Optional.empty(),
                true,
                10,
                Optional.empty(),
                Optional.of(filter),
                Optional.of(new Projection(List.of(DocumentPath.of("time")))),
                Consistency.STRONG));
        assertThat(times(page.items())).isEqualTo(range(8, 9));
        assertThat(page.items()).allMatch(item -> item.attributes().size() == 1);
        assertThat(page.scannedCount()).isEqualTo(10);
        assertThat(page.lastEvaluated()).contains(key("c", 9));
    }

    @Test
    void aPageHoldsOneMebibyteAtMost() {
        String text = "x".repeat(300_000);
        for (int time = 0; time < 8; time++) {
            reply(
                    node,
                    fixture.put(Item.of(Map.of(
                            "channel",
                            new AttributeValue.S("c"),
                            "time",
                            AttributeValue.N.of(time),
                            "text",
                            new AttributeValue.S(text)))));
        }
        NodeReply.Page page = page(query(Optional.empty(), true, 100, Optional.empty()));
        assertThat(times(page.items())).isEqualTo(range(0, 2));
        assertThat(page.scannedBytes()).isBetween(900_000, NodeRequest.MAX_PAGE_BYTES);
        assertThat(page.lastEvaluated()).contains(key("c", 2));
        NodeReply.Page last = page(query(Optional.empty(), true, 100, Optional.of(key("c", 5))));
        assertThat(times(last.items())).isEqualTo(range(6, 7));
        assertThat(last.lastEvaluated()).isEmpty();
    }

    @Test
    void aScanGoesThroughItsHashRangeInPages() {
        for (int i = 0; i < 40; i++) {
            reply(node, fixture.put(item("channel-" + i, i)));
        }
        List<Item> found = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            HashRange range = HashRange.ALL.part(part, 3);
            Optional<PrimaryKey> start = Optional.empty();
            do {
                NodeReply.Page page = page(scan(range, 7, start));
                found.addAll(page.items());
                start = page.lastEvaluated();
            } while (start.isPresent());
        }
        assertThat(times(found)).containsExactlyInAnyOrderElementsOf(range(0, 39));
        assertThat(found.stream()
                        .map(item -> KeyEncoding.encode(
                                TABLE, NodeFixture.KEY_SCHEMA, KeyEncoding.primaryKeyOf(NodeFixture.KEY_SCHEMA, item))))
                .isSorted();
    }

    @Test
    void theStatusNamesEveryReplica() {
        NodeReply.StatusResult status = reply(node, new NodeRequest.Status(), NodeReply.StatusResult.class);
        assertThat(status.zone()).isEqualTo(new Zone("a"));
        assertThat(status.version()).isEqualTo("1.2.3");
        assertThat(status.replicas()).hasSize(2);
    }

    @Test
    void rejectedRecordsAreListed() {
        reply(
                node,
                new NodeRequest.Write(
                        NodeFixture.OTHER_SHARD, fixture.put(item("c", 1)).payload()));
        NodeReply.RejectionsResult result =
                reply(node, new NodeRequest.Rejections(NodeFixture.OTHER_SHARD, 10), NodeReply.RejectionsResult.class);
        assertThat(result.total()).isEqualTo(1);
        assertThat(result.latest()).hasSize(1);
    }

    @Test
    void aBindingWithoutRecordsHasNoOffsets() {
        NodeReply.SourceOffsetsResult result = reply(
                node, new NodeRequest.SourceOffsets(SHARD, 3, Consistency.STRONG), NodeReply.SourceOffsetsResult.class);
        assertThat(result.lastOffsets()).isEmpty();
        assertThat(result.position().nextLsn()).isEqualTo(new Lsn(1));
    }

    @Test
    void aQuarantineIsPassedOnAndFailsWaitingWrites() throws Exception {
        try (AutoCloseable pause = fixture.zoneA.pause()) {
            CompletableFuture<NodeReply> write =
                    node.call(fixture.put(item("c", 1)), DEADLINE).toCompletableFuture();
            assertThat(reply(node, new NodeRequest.Quarantine(SHARD, "different")))
                    .isEqualTo(new NodeReply.Quarantined());
            assertThat(failure(write).kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void readsUnderWayAreAnsweredWhenTheNodeCloses() {
        Consistency future = new Consistency.AtLeast(new Lsn(1_000_000));
        CompletableFuture<NodeReply> read =
                node.call(get(key("c", 1), future), DEADLINE).toCompletableFuture();
        node.close();
        assertThat(failure(read).kind()).isEqualTo(Kind.NOT_SERVING);
        assertThat(failure(node, get(key("c", 1), Consistency.EVENTUAL)).kind()).isEqualTo(Kind.NOT_SERVING);
    }
}
