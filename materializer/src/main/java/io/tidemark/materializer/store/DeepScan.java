package io.tidemark.materializer.store;

import io.tidemark.materializer.store.ControlContent.Section;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.hash.LaneSum;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.key.HashRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.LiveFileMetaData;

/** Reads everything at rest again and computes the digest from it. Used once, by one thread; has {@link #THREADS} of its own. */
final class DeepScan {
    /** More would take the processors from those who serve. */
    private static final int THREADS = 2;

    /** A table's hashes are read in so many parts, so that the threads have equal shares of one large table. */
    private static final int PARTS_PER_TABLE = 16;

    /** With more tables than this each is one part. */
    private static final int MANY_TABLES = 64;

    private final RocksReplicaSnapshot snapshot;
    private final BooleanSupplier stop;
    private final Damage damage = new Damage();
    private final Lanes lanes = new Lanes();
    private long itemCount;

    DeepScan(RocksReplicaSnapshot snapshot, BooleanSupplier stop) {
        this.snapshot = snapshot;
        this.stop = () -> snapshot.database().leases().isClosed() || stop.getAsBoolean();
    }

    /** @throws CancellationException if it was stopped */
    DeepDigest run() {
        RocksDatabase database = snapshot.database();
        Bytes control;
        snapshot.acquire();
        try {
            control = readAll(fileChecks(database.holdFiles()), itemScans());
        } finally {
            database.releaseFiles();
            snapshot.release();
        }
        List<Bytes> found = lanes.toBytes();
        compareWithKept(found);
        StateDigest digest = new StateDigest(snapshot.shard(), snapshot.nextLsn(), found, control, itemCount);
        return new DeepDigest(digest, damage.texts());
    }

    /** Gives the control hash; the rest is summed up in the fields. */
    private Bytes readAll(List<Callable<Boolean>> fileChecks, List<Callable<ItemScan>> itemScans) {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            Future<Bytes> control = threads.submit(this::readControl);
            List<Future<Boolean>> checked =
                    fileChecks.stream().map(threads::submit).toList();
            for (Future<ItemScan> scanned : threads.invokeAll(itemScans)) {
                ItemScan scan = scanned.get();
                lanes.addAll(scan.lanes());
                itemCount += scan.itemCount();
            }
            for (Future<Boolean> file : checked) {
                file.get();
            }
            return control.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException(
                    "interrupted while reading the " + snapshot.database().name());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a scan failed", e);
        }
    }

    private List<Callable<Boolean>> fileChecks(List<LiveFileMetaData> files) {
        return files.stream()
                .<Callable<Boolean>>map(file -> () -> {
                    SstFiles.check(file, stop).ifPresent(damage::report);
                    return true;
                })
                .toList();
    }

    /** Together they cover every key there can be, of known tables or not. */
    private List<Callable<ItemScan>> itemScans() {
        List<byte[]> boundaries = boundaries();
        List<Callable<ItemScan>> scans = new ArrayList<>();
        for (int i = 0; i <= boundaries.size(); i++) {
            byte @Nullable [] start = i == 0 ? null : boundaries.get(i - 1);
            byte @Nullable [] end = i == boundaries.size() ? null : boundaries.get(i);
            scans.add(() -> new ItemScan(snapshot, damage, stop).run(start, end));
        }
        return scans;
    }

    /** Store keys in order, without the first. */
    private List<byte[]> boundaries() {
        List<Integer> tables = new ArrayList<>();
        try {
            snapshot.forEach(
                    Section.TABLES,
                    (key, content) -> tables.add(StoreFormat.tableIdOf(key).value()));
        } catch (DamagedStoreException e) {
            // Reported with the rest of the control content; the parts only share out the work.
        }
        int parts = tables.size() > MANY_TABLES ? 1 : PARTS_PER_TABLE;
        List<byte[]> boundaries = new ArrayList<>();
        for (int table : tables) {
            for (int part = 0; part < parts; part++) {
                int firstHash = (int) HashRange.ALL.part(part, parts).start();
                boundaries.add(ByteBuffer.allocate(2 * Integer.BYTES)
                        .putInt(table)
                        .putInt(firstHash)
                        .array());
            }
        }
        return boundaries;
    }

    /** Zeros where something in it is damaged, which is equal to no other hash. */
    private Bytes readControl() {
        try {
            return ControlHash.of(snapshot);
        } catch (DamagedStoreException e) {
            damage.report("tables, outcomes, source offsets or rejections cannot be read: " + e.getMessage());
            return Bytes.wrap(new byte[LaneSum.SIZE_BYTES]);
        }
    }

    private void compareWithKept(List<Bytes> found) {
        if (itemCount != snapshot.itemCount()) {
            damage.report("found " + itemCount + " items, the replica counted " + snapshot.itemCount());
        }
        List<Bytes> kept;
        try {
            kept = snapshot.lanes();
        } catch (DamagedStoreException e) {
            damage.report("lanes cannot be read: " + e.getMessage());
            return;
        }
        for (int lane = 0; lane < StateDigest.LANE_COUNT; lane++) {
            if (!found.get(lane).equals(kept.get(lane))) {
                damage.report("lane " + lane + ": its items are not those that the replica wrote");
            }
        }
    }
}
