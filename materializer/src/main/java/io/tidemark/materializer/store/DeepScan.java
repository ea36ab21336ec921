package io.tidemark.materializer.store;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.hash.LaneSum;
import io.tidemark.schema.hash.StateDigest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.ReadOptions;

/** Reads everything at rest again and computes the digest from it. Used once, by one thread. */
final class DeepScan {
    /** How many entries are read between two questions whether to stop. */
    private static final int ENTRIES_BETWEEN_STOPS = 1_024;

    private static final long READ_AHEAD_BYTES = 2 << 20;

    private static final int KEY_HASH_OFFSET = Integer.BYTES;
    private static final int SHORTEST_KEY_BYTES = 2 * Integer.BYTES;

    private final RocksReplicaSnapshot snapshot;
    private final BooleanSupplier stop;
    private final List<String> damage = new ArrayList<>();
    private final Lanes lanes = new Lanes();
    private long itemCount;
    private long moreDamage;

    DeepScan(RocksReplicaSnapshot snapshot, BooleanSupplier stop) {
        this.snapshot = snapshot;
        this.stop = () -> snapshot.database().leases().isClosed() || stop.getAsBoolean();
    }

    DeepDigest run() {
        checkFiles();
        scanItems();
        Bytes control = checkControl();
        List<Bytes> found = lanes.toBytes();
        compareWithKept(found);
        if (moreDamage > 0) {
            damage.add("and " + moreDamage + " more");
        }
        return new DeepDigest(new StateDigest(snapshot.shard(), snapshot.nextLsn(), found, control, itemCount), damage);
    }

    private void checkFiles() {
        RocksDatabase database = snapshot.database();
        snapshot.acquire();
        try {
            for (LiveFileMetaData file : database.holdFiles()) {
                SstFiles.check(file, stop).ifPresent(this::report);
            }
        } finally {
            database.releaseFiles();
            snapshot.release();
        }
    }

    private void scanItems() {
        try (ReadOptions options = new ReadOptions(snapshot.readOptions())
                        .setFillCache(false)
                        .setVerifyChecksums(true)
                        .setReadaheadSize(READ_AHEAD_BYTES);
                EntryCursor cursor = snapshot.cursor(Family.ITEMS, options, null, null, true)) {
            while (cursor.next()) {
                if (itemCount % ENTRIES_BETWEEN_STOPS == 0) {
                    requireNotStopped();
                }
                itemCount++;
                scan(cursor.key(), cursor.value());
            }
        } catch (DamagedStoreException e) {
            report("items after the first " + itemCount + " cannot be read: " + e.getMessage());
        }
    }

    private void scan(byte[] key, byte[] sealed) {
        if (key.length < SHORTEST_KEY_BYTES || !Seal.isIntact(key, sealed)) {
            report("item: " + Seal.nameOf(key) + " fails its checksum");
            return;
        }
        int keyHash = ByteBuffer.wrap(key).getInt(KEY_HASH_OFFSET);
        lanes.add(keyHash, Bytes.wrap(key), Bytes.wrap(Seal.content(sealed)));
    }

    /** Zeros where something in it is damaged, which is equal to no other hash. */
    private Bytes checkControl() {
        requireNotStopped();
        try {
            return ControlHash.of(snapshot);
        } catch (DamagedStoreException e) {
            report("tables, outcomes, source offsets or rejections cannot be read: " + e.getMessage());
            return Bytes.wrap(new byte[LaneSum.SIZE_BYTES]);
        }
    }

    private void compareWithKept(List<Bytes> found) {
        if (itemCount != snapshot.itemCount()) {
            report("found " + itemCount + " items, the replica counted " + snapshot.itemCount());
        }
        List<Bytes> kept;
        try {
            kept = snapshot.lanes();
        } catch (DamagedStoreException e) {
            report("lanes cannot be read: " + e.getMessage());
            return;
        }
        for (int lane = 0; lane < StateDigest.LANE_COUNT; lane++) {
            if (!found.get(lane).equals(kept.get(lane))) {
                report("lane " + lane + ": its items are not those that the replica wrote");
            }
        }
    }

    private void requireNotStopped() {
        if (stop.getAsBoolean()) {
            throw new CancellationException(
                    "stopped while reading the " + snapshot.database().name());
        }
    }

    private void report(String what) {
        if (damage.size() < DeepDigest.MAX_DAMAGE - 1) {
            damage.add(what);
        } else {
            moreDamage++;
        }
    }
}
