package io.tidemark.simulation.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.archive.ArchiveReader;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.client.ScanRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.log.Log;
import io.tidemark.materializer.store.MemoryReplicaStore;
import io.tidemark.materializer.store.Replica;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What must hold of a cluster after whatever happened to it, once it serves again. Each method fails with what does not hold. */
public record ClusterCheck(TidemarkClient client, Log wal, ObjectStore store, RandomGenerator random) {
    private static final Duration DIGEST_LIMIT = Duration.ofSeconds(60);
    private static final Duration ARCHIVE_LIMIT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int RECORDS_AT_ONCE = 1_000;

    /** No acknowledged write is lost, and none took effect twice. */
    public void requireWhatTheLedgerSays(String table, Ledger ledger) {
        List<Item> items = new ArrayList<>();
        client.scanAll(ScanRequest.of(table).consistency(Consistency.STRONG)).forEach(items::add);
        assertThat(ledger.check(items))
                .as("what is in the table against what was answered")
                .isEmpty();
        assertThat(ledger.acknowledged()).as("acknowledged writes").isPositive();
    }

    /**
     * All zones hold the same, down to the bytes at rest, and a replica rebuilt from the archive alone holds it too; so the chain
     * of segments has no hole from the first record on.
     *
     * @return records in the archive that were replayed
     */
    public long requireZonesAndArchiveToBeEqual() throws InterruptedException {
        long records = 0;
        for (int value = 0; value < wal.shardCount(); value++) {
            ShardId shard = new ShardId(value);
            Lsn barrier = wal.append(
                            shard,
                            WalCodec.encodeControl(
                                    Envelope.of(RequestId.random(random), new Command.Barrier(BarrierKind.VERIFY))))
                    .toCompletableFuture()
                    .join();
            Map<String, StateDigest> digests = new LinkedHashMap<>();
            client.nodes()
                    .zones()
                    .forEach(zone -> digests.put("zone " + zone.zone(), digest(zone.zone(), shard, barrier)));
            digests.put("archive", replay(shard, barrier.next()));
            assertThat(digests.values().stream().distinct())
                    .as("state of shard %s at %s: %s", shard, barrier, digests.keySet())
                    .hasSize(1);
            records += barrier.offset() + 1;
        }
        return records;
    }

    private StateDigest digest(Zone zone, ShardId shard, Lsn barrier) {
        NodeReply reply = client.callZoneAsync(zone, shard, new NodeRequest.Digest(shard, barrier, true), DIGEST_LIMIT)
                .join();
        NodeReply.DigestResult result = (NodeReply.DigestResult) reply;
        assertThat(result.damage()).as("damage at rest in zone %s", zone).isEmpty();
        return result.digest();
    }

    /** The reader checks every bit of every segment, that none is missing, and that each names the hash of the one before it. */
    private StateDigest replay(ShardId shard, Lsn end) throws InterruptedException {
        Archive archive = new Archive(store);
        awaitArchived(archive, shard, end);
        ArchiveReader reader = archive.reader(shard, Lsn.FIRST);
        try (Replica replica = new Replica(new MemoryReplicaStore(shard), InstantSource.system())) {
            List<WalRecord> records = reader.read(end, RECORDS_AT_ONCE);
            while (!records.isEmpty()) {
                replica.applyAll(records);
                records = reader.read(end, RECORDS_AT_ONCE);
            }
            assertThat(replica.nextLsn())
                    .as("end of the replay of shard %s", shard)
                    .isEqualTo(end);
            try (ReplicaSnapshot snapshot = replica.reader().snapshot()) {
                return snapshot.digest();
            }
        }
    }

    private static void awaitArchived(Archive archive, ShardId shard, Lsn end) throws InterruptedException {
        long deadline = System.nanoTime() + ARCHIVE_LIMIT.toNanos();
        while (archive.end(shard).isBefore(end)) {
            assertThat(System.nanoTime() - deadline)
                    .as("nanoseconds that the archive of shard %s is late with %s", shard, end)
                    .isNegative();
            Thread.sleep(POLL);
        }
    }
}
