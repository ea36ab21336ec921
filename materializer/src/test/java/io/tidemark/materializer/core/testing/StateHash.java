package io.tidemark.materializer.core.testing;

import io.tidemark.materializer.core.RememberedOutcome;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.hash.ItemHash;
import io.tidemark.schema.hash.LaneSum;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.wire.OutcomeCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Hashes of a {@link PlainState}. The lanes are those of a replica; the rest is hashed as text that this class makes, so that a
 * golden log does not depend on any store.
 */
public final class StateHash {
    private StateHash() {}

    /** The lanes as every replica must have them. */
    public static List<Bytes> lanes(PlainState state) {
        List<LaneSum> sums = new ArrayList<>();
        for (int i = 0; i < StateDigest.LANE_COUNT; i++) {
            sums.add(new LaneSum());
        }
        state.items()
                .forEach((key, item) ->
                        sums.get(StateDigest.laneOf(key.keyHash())).add(ItemHash.sha256(key.bytes(), item.encoded())));
        return sums.stream().map(LaneSum::toBytes).toList();
    }

    /** SHA-256 over all lanes, hexadecimal. */
    public static String itemsHash(PlainState state) {
        MessageDigest digest = sha256();
        for (Bytes lane : lanes(state)) {
            digest.update(lane.array());
        }
        return hex(digest);
    }

    /** SHA-256 over everything that is not an item, hexadecimal. */
    public static String controlHash(PlainState state) {
        MessageDigest digest = sha256();
        add(digest, "position " + state.nextLsn() + " " + state.logTimeMs() + " " + state.rejectedCount());
        state.tables().forEach((id, table) -> add(digest, "table " + id + " " + table));
        state.outcomes()
                .forEach(outcome -> add(digest, "outcome " + text(outcome.mark()) + " " + hex(outcome.outcome())));
        state.sourceOffsets().forEach((partition, offset) -> add(digest, "source " + partition + " " + offset));
        state.rejections().forEach(rejection -> add(digest, "rejection " + rejection));
        return hex(digest);
    }

    /** As it stands in the files: what an outcome counts for follows from the outcome. */
    private static String text(RememberedOutcome.Mark mark) {
        return "Mark[lsn=" + mark.lsn() + ", logTimeMs=" + mark.logTimeMs() + ", requestId=" + mark.requestId() + "]";
    }

    /** The canonical encoding, hexadecimal. */
    public static String hex(Outcome outcome) {
        return HexFormat.of().formatHex(OutcomeCodec.encode(outcome));
    }

    static void add(MessageDigest digest, String line) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
