package io.tidemark.materializer.store;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.hash.ItemHash;
import io.tidemark.schema.hash.LaneSum;
import io.tidemark.schema.hash.StateDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** The lane sums of a replica's items, and which of them changed since they were last at rest. For one thread. */
final class Lanes {
    private final LaneSum[] sums = new LaneSum[StateDigest.LANE_COUNT];
    private final BitSet changed = new BitSet(StateDigest.LANE_COUNT);

    Lanes() {
        Arrays.setAll(sums, lane -> new LaneSum());
    }

    void load(int lane, Bytes sum) {
        sums[lane] = new LaneSum(sum);
    }

    /** @param storedItem as {@link io.tidemark.materializer.core.StoredItem#encoded} */
    void add(int keyHash, Bytes storeKey, Bytes storedItem) {
        int lane = StateDigest.laneOf(keyHash);
        sums[lane].add(ItemHash.sha256(storeKey, storedItem));
        changed.set(lane);
    }

    void subtract(int keyHash, Bytes storeKey, Bytes storedItem) {
        int lane = StateDigest.laneOf(keyHash);
        sums[lane].subtract(ItemHash.sha256(storeKey, storedItem));
        changed.set(lane);
    }

    /** Adds the items that {@code other} sums up. */
    void addAll(Lanes other) {
        for (int lane = 0; lane < StateDigest.LANE_COUNT; lane++) {
            sums[lane].add(other.sums[lane].toBytes().array());
            changed.set(lane);
        }
    }

    /** Hands out each changed lane's sum, and takes it as being at rest from then on. */
    void drainChanged(ObjIntConsumer<Bytes> consumer) {
        changed.stream().forEach(lane -> consumer.accept(sums[lane].toBytes(), lane));
        changed.clear();
    }

    List<Bytes> toBytes() {
        return Arrays.stream(sums).map(LaneSum::toBytes).toList();
    }
}
