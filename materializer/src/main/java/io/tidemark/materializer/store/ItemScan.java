package io.tidemark.materializer.store;

import io.tidemark.schema.Bytes;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;

/** Reads one range of a snapshot's items again and sums up their lanes. Used once, by one thread. */
final class ItemScan {
    /** How many entries are read between two questions whether to stop. */
    private static final int ENTRIES_BETWEEN_STOPS = 1_024;

    private static final long READ_AHEAD_BYTES = 2 << 20;

    private static final int KEY_HASH_OFFSET = Integer.BYTES;
    private static final int SHORTEST_KEY_BYTES = 2 * Integer.BYTES;

    private final RocksReplicaSnapshot snapshot;
    private final Damage damage;
    private final BooleanSupplier stop;
    private final Lanes lanes = new Lanes();
    private long itemCount;

    ItemScan(RocksReplicaSnapshot snapshot, Damage damage, BooleanSupplier stop) {
        this.snapshot = snapshot;
        this.damage = damage;
        this.stop = stop;
    }

    Lanes lanes() {
        return lanes;
    }

    long itemCount() {
        return itemCount;
    }

    /**
     * @param start inclusive; absent for the first item
     * @param end exclusive; absent for the last item
     * @throws CancellationException if it was stopped
     */
    ItemScan run(byte @Nullable [] start, byte @Nullable [] end) {
        try (ReadOptions options = new ReadOptions(snapshot.readOptions())
                        .setFillCache(false)
                        .setVerifyChecksums(true)
                        .setReadaheadSize(READ_AHEAD_BYTES);
                EntryCursor cursor = snapshot.cursor(Family.ITEMS, options, start, end, true)) {
            while (cursor.next()) {
                if (itemCount % ENTRIES_BETWEEN_STOPS == 0) {
                    requireNotStopped();
                }
                itemCount++;
                scan(cursor.key(), cursor.value());
            }
        } catch (DamagedStoreException e) {
            damage.report(
                    "items cannot be read on after the first " + itemCount + " of their range: " + e.getMessage());
        }
        return this;
    }

    private void scan(byte[] key, byte[] sealed) {
        if (key.length < SHORTEST_KEY_BYTES || !Seal.isIntact(key, sealed)) {
            damage.report("item: " + Seal.nameOf(key) + " fails its checksum");
            return;
        }
        int keyHash = ByteBuffer.wrap(key).getInt(KEY_HASH_OFFSET);
        lanes.add(keyHash, Bytes.wrap(key), Bytes.wrap(Seal.content(sealed)));
    }

    private void requireNotStopped() {
        if (stop.getAsBoolean()) {
            throw new CancellationException(
                    "stopped while reading the " + snapshot.database().name());
        }
    }
}
