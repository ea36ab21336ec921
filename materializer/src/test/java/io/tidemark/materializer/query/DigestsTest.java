package io.tidemark.materializer.query;

import static io.tidemark.materializer.query.NodeFixture.SHARD;
import static io.tidemark.materializer.query.NodeFixture.failure;
import static io.tidemark.materializer.query.NodeFixture.item;
import static io.tidemark.materializer.query.NodeFixture.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeReply.LaneEntry;
import io.tidemark.schema.node.NodeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DigestsTest {
    private static final int ITEMS = 30;
    private static final Set<Integer> ALL_LANES =
            IntStream.range(0, StateDigest.LANE_COUNT).boxed().collect(Collectors.toSet());

    private final NodeFixture fixture = new NodeFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Lsn verifyBarrier() {
        for (int i = 0; i < ITEMS; i++) {
            reply(fixture.a, fixture.put(item("channel-" + i, i)));
        }
        NodeRequest.Write barrier = fixture.control(SHARD, new Command.Barrier(BarrierKind.VERIFY));
        return reply(fixture.a, barrier, NodeReply.Written.class).lsn();
    }

    @Test
    void zonesAgreeOnTheStateAtABarrierWhateverCameLater() {
        Lsn barrier = verifyBarrier();
        reply(fixture.a, fixture.put(item("later", 1)));
        NodeReply.DigestResult kept =
                reply(fixture.a, new NodeRequest.Digest(SHARD, barrier, false), NodeReply.DigestResult.class);
        NodeReply.DigestResult deep =
                reply(fixture.b, new NodeRequest.Digest(SHARD, barrier, true), NodeReply.DigestResult.class);
        assertThat(deep.digest()).isEqualTo(kept.digest());
        assertThat(kept.digest().nextLsn())
                .isEqualTo(barrier.next())
                .isEqualTo(kept.position().nextLsn());
        assertThat(kept.digest().itemCount()).isEqualTo(ITEMS);
        assertThat(deep.damage()).isEmpty();
    }

    @Test
    void aBarrierThatIsNoBarrierHasNoDigest() {
        verifyBarrier();
        assertThat(failure(fixture.a, new NodeRequest.Digest(SHARD, Lsn.FIRST, false))
                        .kind())
                .isEqualTo(Kind.EXPIRED);
    }

    @Test
    void theEntriesOfLanesComeInPages() {
        Lsn barrier = verifyBarrier();
        List<LaneEntry> entries = new ArrayList<>();
        Optional<Bytes> after = Optional.empty();
        do {
            NodeReply.LaneEntriesResult page = reply(
                    fixture.a,
                    new NodeRequest.LaneEntries(SHARD, barrier, ALL_LANES, after, 7),
                    NodeReply.LaneEntriesResult.class);
            entries.addAll(page.entries());
            after = page.next();
        } while (after.isPresent());
        assertThat(entries).hasSize(ITEMS);
        assertThat(entries).extracting(LaneEntry::storeKey).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aLaneThatDoesNotExistIsRefused() {
        Lsn barrier = verifyBarrier();
        NodeRequest.LaneEntries request =
                new NodeRequest.LaneEntries(SHARD, barrier, Set.of(256), Optional.empty(), 10);
        assertThat(failure(fixture.a, request).kind()).isEqualTo(Kind.INVALID_REQUEST);
    }
}
