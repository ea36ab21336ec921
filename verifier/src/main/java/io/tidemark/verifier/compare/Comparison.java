package io.tidemark.verifier.compare;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.Zone;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.verifier.report.ItemDifferences;
import io.tidemark.verifier.report.Suspect;
import io.tidemark.verifier.report.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out who is wrong. A replica is called wrong only if the reference and more than half of all zones agree against it,
 * or its own checksums do; one that could not be compared with the reference is never called equal.
 */
public final class Comparison {
    private final Lsn nextLsn;
    private final SortedMap<Zone, ZoneAnswer> answers;
    private final Optional<StateDigest> reference;
    private final String noReference;
    /** The digests that may be compared: whole, and of the right position. */
    private final SortedMap<Zone, StateDigest> sound = new TreeMap<>();

    private Comparison(
            Lsn nextLsn, SortedMap<Zone, ZoneAnswer> answers, Optional<StateDigest> reference, String noReference) {
        this.nextLsn = nextLsn;
        this.answers = answers;
        this.reference = reference;
        this.noReference = noReference;
        answers.forEach((zone, answer) -> {
            if (answer instanceof ZoneAnswer.Digested digested
                    && digested.result().damage().isEmpty()
                    && digested.result().digest().nextLsn().equals(nextLsn)) {
                sound.put(zone, digested.result().digest());
            }
        });
    }

    /** @param answers of all zones; {@code nextLsn} is the LSN after the barrier */
    public static SortedMap<Zone, Verdict> withReference(
            Lsn nextLsn, StateDigest reference, SortedMap<Zone, ZoneAnswer> answers) {
        return new Comparison(nextLsn, answers, Optional.of(reference), "").verdicts();
    }

    /** @param why there is no reference */
    public static SortedMap<Zone, Verdict> withoutReference(
            Lsn nextLsn, String why, SortedMap<Zone, ZoneAnswer> answers) {
        return new Comparison(nextLsn, answers, Optional.empty(), why).verdicts();
    }

    private SortedMap<Zone, Verdict> verdicts() {
        SortedMap<Zone, Verdict> verdicts = new TreeMap<>();
        answers.forEach((zone, answer) -> verdicts.put(zone, verdict(zone, answer)));
        return verdicts;
    }

    private Verdict verdict(Zone zone, ZoneAnswer answer) {
        return switch (answer) {
            case ZoneAnswer.Silent silent ->
                new Verdict.Unknown(
                        "zone " + zone + " gave no digest of its replica (" + silent.kind() + "): " + silent.detail());
            case ZoneAnswer.Unreadable unreadable ->
                damaged("the replica cannot be read", new TreeSet<>(), List.of(unreadable.detail()));
            case ZoneAnswer.Digested digested -> verdict(zone, digested);
        };
    }

    private Verdict verdict(Zone zone, ZoneAnswer.Digested answer) {
        StateDigest digest = answer.result().digest();
        List<String> damage = answer.result().damage();
        if (!damage.isEmpty()) {
            SortedSet<Integer> lanes =
                    reference.map(expected -> lanes(expected, digest)).orElseGet(TreeSet::new);
            return damaged("what the replica holds at rest is not what it wrote", lanes, damage);
        }
        if (!digest.nextLsn().equals(nextLsn)) {
            return new Verdict.Unknown(
                    "zone " + zone + " gave its digest at LSN " + digest.nextLsn() + " instead of " + nextLsn);
        }
        return reference
                .map(expected -> againstReference(expected, digest))
                .orElseGet(() -> againstOthers(zone, digest));
    }

    private static Verdict damaged(String why, SortedSet<Integer> lanes, List<String> damage) {
        return new Verdict.Different(Suspect.REPLICA, why, lanes, ItemDifferences.NONE, damage);
    }

    private Verdict againstReference(StateDigest expected, StateDigest digest) {
        if (digest.equals(expected)) {
            return new Verdict.Equal();
        }
        List<Zone> agreeing = zonesWith(expected);
        String what = describe(expected, digest);
        if (isMajority(agreeing.size())) {
            return different(
                    Suspect.REPLICA, what + "; the archive agrees with " + zones(agreeing), lanes(expected, digest));
        }
        if (agreeing.isEmpty() && isMajority(largestGroup().size())) {
            return different(
                    Suspect.REFERENCE,
                    what + "; " + zones(largestGroup())
                            + " agree with each other, so the archive or this verifier is suspect and nothing is healed",
                    lanes(expected, digest));
        }
        String others = agreeing.isEmpty() ? "no zone agrees" : zones(agreeing) + " alone agrees";
        return different(
                Suspect.UNDECIDED,
                what + "; " + others + " with the archive: there is no majority",
                lanes(expected, digest));
    }

    private Verdict againstOthers(Zone zone, StateDigest digest) {
        List<Zone> same = zonesWith(digest);
        List<Zone> largest = largestGroup();
        if (same.size() == sound.size()) {
            List<Zone> others =
                    same.stream().filter(other -> !other.equals(zone)).toList();
            String agreement = others.isEmpty() ? "" : "; it agrees with " + zones(others);
            return new Verdict.Unknown("not compared with the archive: " + noReference + agreement);
        }
        if (isMajority(same.size())) {
            return new Verdict.Unknown("not compared with the archive: " + noReference + "; it agrees with "
                    + zones(same.stream().filter(other -> !other.equals(zone)).toList()));
        }
        StateDigest most = sound.getOrDefault(largest.getFirst(), digest);
        boolean outvoted = isMajority(largest.size());
        SortedSet<Integer> lanes = outvoted ? lanes(most, digest) : new TreeSet<>();
        String what = outvoted
                ? describe(most, digest) + "; " + zones(largest) + " agree with each other"
                : "the zones differ from each other: there is no majority";
        return different(
                outvoted ? Suspect.REPLICA : Suspect.UNDECIDED,
                what + "; not compared with the archive: " + noReference,
                lanes);
    }

    private static Verdict different(Suspect suspect, String why, SortedSet<Integer> lanes) {
        return new Verdict.Different(suspect, why, lanes, ItemDifferences.NONE, List.of());
    }

    private boolean isMajority(int zones) {
        return 2 * zones > answers.size();
    }

    private List<Zone> zonesWith(StateDigest digest) {
        return sound.entrySet().stream()
                .filter(entry -> entry.getValue().equals(digest))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The most zones that agree with each other. */
    private List<Zone> largestGroup() {
        List<Zone> largest = List.of();
        for (StateDigest digest : sound.values()) {
            List<Zone> group = zonesWith(digest);
            largest = group.size() > largest.size() ? group : largest;
        }
        return largest;
    }

    /** The lanes in which two digests differ. */
    static SortedSet<Integer> lanes(StateDigest expected, StateDigest digest) {
        SortedSet<Integer> lanes = new TreeSet<>();
        for (int lane = 0; lane < StateDigest.LANE_COUNT; lane++) {
            Bytes mine = digest.lanes().get(lane);
            if (!mine.equals(expected.lanes().get(lane))) {
                lanes.add(lane);
            }
        }
        return Collections.unmodifiableSortedSet(lanes);
    }

    private static String describe(StateDigest expected, StateDigest digest) {
        List<String> parts = new ArrayList<>();
        int lanes = lanes(expected, digest).size();
        if (lanes > 0) {
            parts.add(lanes + " of " + StateDigest.LANE_COUNT + " lanes differ");
        }
        if (digest.itemCount() != expected.itemCount()) {
            parts.add("it has " + digest.itemCount() + " items instead of " + expected.itemCount());
        }
        if (!digest.control().equals(expected.control())) {
            parts.add("its tables, outcomes, source offsets or rejections differ");
        }
        return parts.isEmpty() ? "it is another shard's" : String.join(", ", parts);
    }

    private static String zones(List<Zone> zones) {
        return (zones.size() == 1 ? "zone " : "zones ")
                + zones.stream().map(Zone::name).collect(Collectors.joining(", "));
    }
}
