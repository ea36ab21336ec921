package io.tidemark.materializer.query;

import static io.tidemark.materializer.query.NodeFixture.DEADLINE;
import static io.tidemark.materializer.query.NodeFixture.KEY_SCHEMA;
import static io.tidemark.materializer.query.NodeFixture.SHARD;
import static io.tidemark.materializer.query.NodeFixture.TABLE;
import static io.tidemark.materializer.query.NodeFixture.failure;
import static io.tidemark.materializer.query.NodeFixture.item;
import static io.tidemark.materializer.query.NodeFixture.key;
import static io.tidemark.materializer.query.NodeFixture.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Semantics;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WritesTest {
    private final NodeFixture fixture = new NodeFixture(ReplicaNodeConfig.DEFAULT.withMaxParked(8));
    private final ReplicaNode node = fixture.a;

    @AfterEach
    void close() {
        fixture.close();
    }

    private CompletableFuture<NodeReply> call(NodeRequest request) {
        return node.call(request, DEADLINE).toCompletableFuture();
    }

    private static Command.UpdateItem increment() {
        return Command.UpdateItem.of(
                TABLE,
                key("c", 1),
                UpdateExpression.of(new UpdateAction.Add(DocumentPath.of("count"), AttributeValue.N.of(1))));
    }

    @Test
    void aWriteIsAnsweredWhenItsZoneHasAppliedIt() throws Exception {
        CompletableFuture<NodeReply> reply;
        try (AutoCloseable pause = fixture.zoneA.pause()) {
            reply = call(fixture.put(item("c", 1)));
            Thread.sleep(50);
            assertThat(reply).isNotDone();
        }
        NodeReply.Written written = (NodeReply.Written) reply.join();
        assertThat(written.outcome()).isInstanceOf(Outcome.Applied.class);
        assertThat(written.lsn()).isEqualTo(new Lsn(1));
    }

    @Test
    void aRepeatedWriteTakesEffectOnceAndHasTheSameAnswer() {
        NodeRequest.Write write = NodeFixture.write(new RequestId(1, 1), increment());
        NodeReply first = reply(node, write);
        NodeReply second = reply(node, write);
        NodeReply elsewhere = reply(fixture.b, write);
        assertThat(second).isEqualTo(first);
        assertThat(elsewhere).isEqualTo(first);
        assertThat(fixture.end()).isEqualTo(new Lsn(4));
        NodeRequest.Get get = new NodeRequest.Get(
                SHARD, TABLE, key("c", 1), Optional.empty(), io.tidemark.schema.node.Consistency.STRONG);
        assertThat(reply(node, get, NodeReply.GetResult.class)
                        .item()
                        .orElseThrow()
                        .get("count"))
                .isEqualTo(AttributeValue.N.of(1));
    }

    @Test
    void everybodyWhoWaitsForARequestIdIsAnswered() throws Exception {
        NodeRequest.Write write = NodeFixture.write(new RequestId(1, 1), increment());
        List<CompletableFuture<NodeReply>> replies = new ArrayList<>();
        try (AutoCloseable pause = fixture.zoneA.pause()) {
            for (int i = 0; i < 5; i++) {
                replies.add(call(write));
            }
        }
        assertThat(replies.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @Test
    void oneOfSeveralWhoWaitForARequestIdMayGiveUpAlone() throws Exception {
        NodeRequest.Write write = NodeFixture.write(new RequestId(1, 1), increment());
        CompletableFuture<NodeReply> before;
        CompletableFuture<NodeReply> after;
        try (AutoCloseable pause = fixture.zoneA.pause()) {
            before = call(write);
            CompletableFuture<NodeReply> impatient =
                    node.call(write, Duration.ofMillis(30)).toCompletableFuture();
            after = call(write);
            assertThat(failure(impatient).kind()).isEqualTo(Kind.TIMEOUT);
        }
        assertThat(before.join()).isEqualTo(after.join());
    }

    @Test
    void whereTheShardIsNotServedNothingIsAppended() {
        fixture.zoneA.takeAway(SHARD);
        Lsn end = fixture.end();
        assertThat(failure(node, fixture.put(item("c", 1))).kind()).isEqualTo(Kind.NOT_SERVING);
        assertThat(fixture.end()).isEqualTo(end);
    }

    @Test
    void aWriteThatMayBeInTheLogNeverClaimsThatItIsNot() throws Exception {
        CompletableFuture<NodeReply> moved;
        try (AutoCloseable pause = fixture.zoneA.pause()) {
            moved = call(fixture.put(item("c", 1)));
        }
        fixture.zoneA.say(SHARD, ReplicaState.FAILED, "disk gone");
        moved.handle((reply, failure) -> reply == null).join();
        CompletableFuture<NodeReply> closed;
        try (AutoCloseable pause = fixture.zoneA.pause()) {
            CompletableFuture<NodeReply> failed = call(fixture.put(item("c", 2)));
            fixture.zoneA.say(SHARD, ReplicaState.QUARANTINED, "different");
            assertThat(failure(failed).kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure(failed)).hasMessageContaining("different").hasMessageContaining("same request id");
            closed = call(fixture.put(item("c", 3)));
            node.close();
            assertThat(failure(closed).kind()).isEqualTo(Kind.TIMEOUT);
        }
        assertThat(failure(node, fixture.put(item("c", 4))).kind()).isEqualTo(Kind.NOT_SERVING);
        assertThat(fixture.end()).isEqualTo(new Lsn(4));
    }

    @Test
    void aWriteWhoseShardMovesAwayIsTold() throws Exception {
        Thread mover;
        try (AutoCloseable pause = fixture.zoneA.pause()) {
            CompletableFuture<NodeReply> reply = call(fixture.put(item("c", 1)));
            mover = Thread.ofPlatform().start(() -> fixture.zoneA.takeAway(SHARD));
            assertThat(failure(reply).kind()).isEqualTo(Kind.TIMEOUT);
        }
        mover.join();
    }

    @Test
    void aWriteIsGivenUpAtItsDeadline() throws Exception {
        try (AutoCloseable pause = fixture.zoneA.pause()) {
            NodeException failure = failure(node.call(fixture.put(item("c", 1)), Duration.ofMillis(40)));
            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        }
        assertThat(failure(node.call(fixture.put(item("c", 1)), Duration.ZERO)).kind())
                .isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void moreWritesThanMayWaitAreRefusedBeforeTheyAreAppended() throws Exception {
        List<CompletableFuture<NodeReply>> replies = new ArrayList<>();
        try (AutoCloseable pause = fixture.zoneA.pause()) {
            for (int i = 0; i < 8; i++) {
                replies.add(call(fixture.put(item("c", i))));
            }
            Lsn end = fixture.end();
            assertThat(failure(node, fixture.put(item("c", 9))).kind()).isEqualTo(Kind.OVERLOADED);
            assertThat(fixture.end()).isEqualTo(end);
        }
        replies.forEach(CompletableFuture::join);
        reply(node, fixture.put(item("c", 9)));
    }

    @Test
    void whatCannotBeACommandIsKeptOutOfTheLog() {
        WalPayload sound = fixture.put(item("c", 1)).payload();
        Bytes damaged = Bytes.wrap(new byte[sound.value().length()]);
        List<RecordHeader> headers = sound.headers();
        List<RecordHeader> noId = headers.stream()
                .filter(header -> !header.key().equals(RecordHeader.REQUEST_ID))
                .toList();
        Lsn end = fixture.end();
        for (WalPayload payload : List.of(
                new WalPayload(sound.key(), damaged, headers),
                new WalPayload(sound.key(), sound.value(), noId),
                new WalPayload(sound.key(), sound.value(), List.of()))) {
            NodeException failure = failure(node, new NodeRequest.Write(SHARD, payload));
            assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
        }
        assertThat(fixture.end()).isEqualTo(end);
    }

    @Test
    void aCommandThatWouldStopTheReplicasIsKeptOutOfTheLog() {
        Envelope newer = new Envelope(
                Semantics.CURRENT_VERSION + 1,
                new RequestId(1, 1),
                Optional.empty(),
                Command.PutItem.of(TABLE, item("c", 1)));
        NodeRequest.Write write = new NodeRequest.Write(SHARD, WalCodec.encode(KEY_SCHEMA, newer));
        NodeException failure = failure(node, write);
        assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(failure).hasMessageContaining("upgrade");
        assertThat(fixture.end()).isEqualTo(new Lsn(1));
    }

    @Test
    void aShardThatTheLogDoesNotHaveIsAnInvalidRequest() {
        WalPayload payload = fixture.put(item("c", 1)).payload();
        NodeException failure = failure(node, new NodeRequest.Write(new ShardId(2), payload));
        assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(failure).hasMessageContaining("2 shards");
    }

    @Test
    void aCommandForAnotherShardsTableIsRejectedByTheLog() {
        WalPayload payload = fixture.put(item("c", 1)).payload();
        NodeReply.Written written =
                reply(node, new NodeRequest.Write(NodeFixture.OTHER_SHARD, payload), NodeReply.Written.class);
        assertThat(written.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(RejectReason.UNKNOWN_TABLE));
    }
}
