package io.tidemark.materializer.store;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.node.NodeReply.LaneEntriesResult;
import io.tidemark.schema.node.NodeReply.LaneEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks over the entries of some lanes, skipping the others. It asks the store alone, not the list of tables, and shows
 * entries that fail their checksum as they are: a drill-down must find what should not be there.
 */
final class LaneWalk {
    private static final int HASH_OFFSET = Integer.BYTES;
    private static final int PREFIX_BYTES = 2 * Integer.BYTES;
    private static final int LANE_SHIFT = 24;

    private final EntryCursor cursor;
    private final Set<Integer> lanes;

    /** @param cursor over all items, not moved yet; closed by the caller */
    LaneWalk(EntryCursor cursor, Set<Integer> lanes) {
        this.cursor = cursor;
        this.lanes = lanes;
    }

    LaneEntriesResult page(Optional<Bytes> after, int limit) {
        List<LaneEntry> entries = new ArrayList<>();
        boolean present =
                skipUnwanted(cursor.seek(after.map(LaneWalk::successor).orElseGet(() -> new byte[0])));
        while (present && entries.size() < limit) {
            entries.add(entry(cursor.key(), cursor.value()));
            present = skipUnwanted(cursor.next());
        }
        Optional<Bytes> next = present ? Optional.of(entries.getLast().storeKey()) : Optional.empty();
        return new LaneEntriesResult(entries, next);
    }

    /** Moves on to the first entry whose lane is wanted, from the current one if that is {@code present}. */
    private boolean skipUnwanted(boolean present) {
        boolean found = present;
        while (found) {
            byte[] key = cursor.key();
            if (key.length < PREFIX_BYTES || lanes.contains(laneOf(key))) {
                return true;
            }
            found = cursor.seek(startOfNextWantedLane(key));
        }
        return false;
    }

    private byte[] startOfNextWantedLane(byte[] key) {
        int tableId = ByteBuffer.wrap(key).getInt();
        for (int lane = laneOf(key) + 1; lane < StateDigest.LANE_COUNT; lane++) {
            if (lanes.contains(lane)) {
                return prefix(tableId, lane << LANE_SHIFT);
            }
        }
        return prefix(tableId + 1, 0);
    }

    private static byte[] prefix(int tableId, int keyHash) {
        return ByteBuffer.allocate(PREFIX_BYTES).putInt(tableId).putInt(keyHash).array();
    }

    private static int laneOf(byte[] key) {
        return StateDigest.laneOf(ByteBuffer.wrap(key).getInt(HASH_OFFSET));
    }

    private static byte[] successor(Bytes key) {
        return Arrays.copyOf(key.array(), key.length() + 1);
    }

    private static LaneEntry entry(byte[] key, byte[] sealed) {
        byte[] content = sealed.length < Seal.SIZE_BYTES ? sealed : Seal.content(sealed);
        Lsn lsn = content.length < Long.BYTES ? Lsn.FIRST : lsnOf(content);
        Bytes valueHash = Bytes.wrap(ControlHash.sha256().digest(content));
        return new LaneEntry(Bytes.wrap(key), lsn, valueHash);
    }

    /** The sign is dropped: a damaged entry may hold any bits. */
    private static Lsn lsnOf(byte[] content) {
        return new Lsn(ByteBuffer.wrap(content).getLong() & Long.MAX_VALUE);
    }
}
