package io.tidemark.verifier.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.hash.LaneSum;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply.DigestResult;
import io.tidemark.schema.node.NodeReply.Position;
import io.tidemark.verifier.report.Conclusion;
import io.tidemark.verifier.report.Suspect;
import io.tidemark.verifier.report.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final ShardId SHARD = new ShardId(3);
    private static final Lsn NEXT = new Lsn(100);
    private static final Zone A = new Zone("a");
    private static final Zone B = new Zone("b");
    private static final Zone C = new Zone("c");

    /** What a replica holds is told apart by one number. */
    private static StateDigest digest(int content) {
        return digest(NEXT, content, 0);
    }

    private static StateDigest digest(Lsn nextLsn, int content, int control) {
        List<Bytes> lanes = new ArrayList<>(Collections.nCopies(StateDigest.LANE_COUNT, hash(0)));
        lanes.set(17, hash(content));
        return new StateDigest(SHARD, nextLsn, lanes, hash(control), 5);
    }

    private static Bytes hash(int value) {
        byte[] bytes = new byte[LaneSum.SIZE_BYTES];
        bytes[0] = (byte) value;
        return Bytes.wrap(bytes);
    }

    private static ZoneAnswer holds(int content) {
        return answer(digest(content), List.of());
    }

    private static ZoneAnswer answer(StateDigest digest, List<String> damage) {
        Position position = new Position(A, SHARD, digest.nextLsn());
        return new ZoneAnswer.Digested(new DigestResult(digest, damage, position), Duration.ZERO);
    }

    private static ZoneAnswer down() {
        return new ZoneAnswer.Silent(NodeException.Kind.TIMEOUT, "connection refused", Duration.ZERO);
    }

    private static SortedMap<Zone, Verdict> withReference(int reference, ZoneAnswer a, ZoneAnswer b, ZoneAnswer c) {
        return Comparison.withReference(NEXT, digest(reference), answers(a, b, c));
    }

    private static SortedMap<Zone, Verdict> withoutReference(ZoneAnswer a, ZoneAnswer b, ZoneAnswer c) {
        return Comparison.withoutReference(NEXT, "the bucket is gone", answers(a, b, c));
    }

    private static SortedMap<Zone, ZoneAnswer> answers(ZoneAnswer a, ZoneAnswer b, ZoneAnswer c) {
        SortedMap<Zone, ZoneAnswer> answers = new TreeMap<>();
        answers.put(A, a);
        answers.put(B, b);
        answers.put(C, c);
        return answers;
    }

    private static Verdict.Different different(SortedMap<Zone, Verdict> verdicts, Zone zone) {
        assertThat(verdicts.get(zone)).isInstanceOf(Verdict.Different.class);
        return (Verdict.Different) verdicts.get(zone);
    }

    private static void assertUnknown(SortedMap<Zone, Verdict> verdicts, Zone zone, String... parts) {
        assertThat(verdicts.get(zone))
                .isInstanceOfSatisfying(
                        Verdict.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains(parts));
    }

    @Test
    void allThatEqualTheReferenceAreEqual() {
        assertThat(withReference(1, holds(1), holds(1), holds(1)).values())
                .allSatisfy(verdict -> assertThat(verdict).isEqualTo(new Verdict.Equal()));
    }

    @Test
    void theOneThatDiffersFromReferenceAndMajorityIsWrong() {
        SortedMap<Zone, Verdict> verdicts = withReference(1, holds(1), holds(2), holds(1));
        assertThat(verdicts.get(A)).isEqualTo(new Verdict.Equal());
        Verdict.Different different = different(verdicts, B);
        assertThat(different.suspect()).isEqualTo(Suspect.REPLICA);
        assertThat(different.lanes()).containsExactly(17);
        assertThat(different.why()).contains("zones a, c").contains("1 of 256 lanes");
    }

    @Test
    void aReferenceThatStandsAloneIsSuspectItself() {
        SortedMap<Zone, Verdict> verdicts = withReference(1, holds(2), holds(2), holds(2));
        for (Zone zone : List.of(A, B, C)) {
            assertThat(different(verdicts, zone).suspect()).isEqualTo(Suspect.REFERENCE);
        }
    }

    @Test
    void withoutMajorityNobodyIsCalledWrong() {
        SortedMap<Zone, Verdict> verdicts = withReference(1, holds(1), holds(2), holds(3));
        assertThat(verdicts.get(A)).isEqualTo(new Verdict.Equal());
        assertThat(different(verdicts, B).suspect()).isEqualTo(Suspect.UNDECIDED);
        assertThat(different(verdicts, C).suspect()).isEqualTo(Suspect.UNDECIDED);
    }

    @Test
    void aZoneThatIsDownDoesNotCountForAMajority() {
        SortedMap<Zone, Verdict> verdicts = withReference(1, holds(1), holds(2), down());
        assertThat(different(verdicts, B).suspect()).isEqualTo(Suspect.UNDECIDED);
        assertUnknown(verdicts, C, "zone c", "TIMEOUT", "connection refused");
    }

    @Test
    void damageOutweighsAnEqualDigest() {
        SortedMap<Zone, Verdict> verdicts =
                withReference(1, answer(digest(1), List.of("file 7 is torn")), holds(1), holds(1));
        Verdict.Different different = different(verdicts, A);
        assertThat(different.suspect()).isEqualTo(Suspect.REPLICA);
        assertThat(different.damage()).containsExactly("file 7 is torn");
    }

    @Test
    void aReplicaThatCannotBeReadIsDifferent() {
        SortedMap<Zone, Verdict> verdicts =
                withReference(1, new ZoneAnswer.Unreadable("bad magic number", Duration.ZERO), holds(1), holds(1));
        assertThat(different(verdicts, A).damage()).containsExactly("bad magic number");
    }

    @Test
    void aDigestOfAnotherPositionIsUnknown() {
        SortedMap<Zone, Verdict> verdicts =
                withReference(1, answer(digest(new Lsn(99), 1, 0), List.of()), holds(1), holds(1));
        assertUnknown(verdicts, A, "LSN 99", "100");
    }

    @Test
    void aDifferenceOutsideTheItemsIsSaid() {
        SortedMap<Zone, Verdict> verdicts = withReference(1, answer(digest(NEXT, 1, 9), List.of()), holds(1), holds(1));
        Verdict.Different different = different(verdicts, A);
        assertThat(different.lanes()).isEmpty();
        assertThat(different.why()).contains("tables, outcomes");
    }

    @Test
    void withoutReferenceAgreementIsUnknown() {
        SortedMap<Zone, Verdict> verdicts = withoutReference(holds(1), holds(1), holds(1));
        assertUnknown(verdicts, A, "the bucket is gone", "agrees with zones b, c");
        assertUnknown(withoutReference(holds(1), down(), down()), A, "the bucket is gone");
    }

    @Test
    void withoutReferenceTheMinorityIsDifferentAndTheMajorityUnknown() {
        SortedMap<Zone, Verdict> verdicts = withoutReference(holds(1), holds(2), holds(1));
        assertUnknown(verdicts, A, "agrees with zone c");
        assertThat(different(verdicts, B).suspect()).isEqualTo(Suspect.REPLICA);
        assertThat(different(verdicts, B).why()).contains("zones a, c");
        assertThat(different(withoutReference(holds(1), holds(2), down()), A).suspect())
                .isEqualTo(Suspect.UNDECIDED);
    }

    @Test
    void nothingIsEverEqualWithoutReference() {
        for (ZoneAnswer b : List.of(holds(1), holds(2), down())) {
            for (ZoneAnswer c : List.of(holds(1), holds(2), down())) {
                assertThat(withoutReference(holds(1), b, c).values())
                        .noneMatch(verdict -> verdict.conclusion() == Conclusion.EQUAL);
            }
        }
    }
}
