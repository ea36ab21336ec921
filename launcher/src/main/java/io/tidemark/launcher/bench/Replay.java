package io.tidemark.launcher.bench;

import io.tidemark.archiver.segment.Segment;
import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.archiver.segment.SegmentWriter;
import io.tidemark.archiver.segment.Sha256;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.materializer.store.Replica;
import io.tidemark.materializer.store.RocksReplicaStore;
import io.tidemark.materializer.store.RocksResources;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.wire.WalRecord;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rebuilds a replica from archived segments alone, in one thread: checks and decodes each segment and applies its records in
 * batches, as the verifier's reference replica does. Keys are random among half as many as there are records, so that most puts
 * replace an item.
 */
final class Replay {
    private static final int BATCH_RECORDS = 1_000;
    private static final long SEGMENT_BYTES = 8 << 20;

    private final List<Segment> segments = new ArrayList<>();
    private final int records;

    /** Writes the segments. */
    Replay(int records, SplittableRandom random, ProgressBar progress) {
        this.records = records;
        SegmentWriter writer = new SegmentWriter(Workload.LOCAL_SHARD, Lsn.FIRST, Sha256.ZERO);
        writer.append(Workload.open(random));
        int keys = Math.max(1, records / 2);
        for (int i = 1; i < records; i++) {
            if (writer.sizeBytes() >= SEGMENT_BYTES) {
                writer = next(writer);
            }
            int key = random.nextInt(keys);
            writer.append(Workload.record(new Lsn(i), Workload.put(Workload.LOCAL_TABLE, key, random)));
            progress.add(1);
        }
        segments.add(writer.finish());
    }

    private SegmentWriter next(SegmentWriter full) {
        Segment segment = full.finish();
        segments.add(segment);
        return new SegmentWriter(Workload.LOCAL_SHARD, segment.header().next(), segment.sha256());
    }

    int records() {
        return records;
    }

    /** Replays everything into an empty directory and flushes it; the caller's thread does all of it. */
    CpuClock.Reading run(Path directory, RocksResources resources, ProgressBar progress) {
        RocksReplicaStore store = RocksReplicaStore.open(Workload.LOCAL_SHARD, directory, resources);
        try (Replica replica = new Replica(store, InstantSource.system())) {
            CpuClock clock = new CpuClock();
            for (Segment segment : segments) {
                replay(segment, replica, progress);
            }
            store.flush();
            CpuClock.Reading reading = clock.read();
            requireAll(replica);
            return reading;
        }
    }

    private static void replay(Segment segment, Replica replica, ProgressBar progress) {
        List<WalRecord> batch = new ArrayList<>(BATCH_RECORDS);
        for (WalRecord record : SegmentReader.open(segment.name().key(), segment.content())) {
            batch.add(record);
            if (batch.size() == BATCH_RECORDS) {
                replica.applyAll(batch);
                progress.add(batch.size());
                batch.clear();
            }
        }
        replica.applyAll(batch);
        progress.add(batch.size());
    }

    private void requireAll(Replica replica) {
        long rejected = replica.reader().rejectedCount();
        if (replica.nextLsn().offset() != records || rejected > 0) {
            throw new BenchException(
                    "the replay ended at LSN " + replica.nextLsn() + " with " + rejected + " rejections, expected "
                            + records + " and none",
                    null);
        }
    }
}
