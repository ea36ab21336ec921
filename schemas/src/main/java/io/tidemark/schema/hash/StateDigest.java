package io.tidemark.schema.hash;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.security.MessageDigest;
import java.util.List;

/**
 * A hash of everything in one replica at one LSN. Two replicas of a shard at the same {@code nextLsn} must have equal
 * digests.
 *
 * @param nextLsn everything before it is applied, nothing from it on
 * @param lanes {@link #LANE_COUNT} lane sums of 32 bytes over the items, see {@link LaneSum}
 * @param control SHA-256 over all that is not an item: tables, ranges, remembered outcomes, source offsets, rejections
 * @param itemCount number of items
 */
public record StateDigest(ShardId shard, Lsn nextLsn, List<Bytes> lanes, Bytes control, long itemCount) {
    public static final int LANE_COUNT = 256;

    public StateDigest {
        lanes = List.copyOf(lanes);
        if (lanes.size() != LANE_COUNT) {
            throw new IllegalArgumentException("a state digest has " + LANE_COUNT + " lanes, not " + lanes.size());
        }
        for (Bytes lane : lanes) {
            requireHash("lane", lane);
        }
        requireHash("control hash", control);
        if (itemCount < 0) {
            throw new IllegalArgumentException("item count must not be negative: " + itemCount);
        }
    }

    /** The lane that items with this key hash belong to: its most significant byte. */
    public static int laneOf(int keyHash) {
        return keyHash >>> 24;
    }

    /**
     * One hash of the whole state: SHA-256 over the lanes in their order, then the control hash. What people
     * compare: two replicas of a shard at the same {@code nextLsn} with the same state hash have the same content.
     */
    public Bytes stateHash() {
        MessageDigest digest = ItemHash.newSha256();
        lanes.forEach(lane -> digest.update(lane.array()));
        return Bytes.wrap(digest.digest(control.array()));
    }

    private static void requireHash(String what, Bytes hash) {
        if (hash.length() != LaneSum.SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "a " + what + " has " + LaneSum.SIZE_BYTES + " bytes, not " + hash.length());
        }
    }
}
