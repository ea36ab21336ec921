package io.tidemark.verifier.reference;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.archive.Archiver;
import io.tidemark.archiver.archive.ArchiverSettings;
import io.tidemark.archiver.object.MemoryObjectStore;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.segment.SegmentName;
import io.tidemark.log.LogReader;
import io.tidemark.log.MemoryLog;
import io.tidemark.materializer.store.MemoryReplicaStore;
import io.tidemark.materializer.store.Replica;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** One shard's log and its archive, both in memory, in segments of some hundred records. */
public final class ArchivedLog implements AutoCloseable {
    public static final ShardId SHARD = new ShardId(0);

    private static final TableId TABLE = new TableId(1);
    private static final KeySchema SCHEMA = KeySchema.of(new KeyAttribute("id", KeyType.N));
    private static final int KEYS = 500;
    private static final int SEGMENT_BYTES = 20_000;

    private final MemoryLog log = new MemoryLog(1, InstantSource.system());
    private final MemoryObjectStore store = new MemoryObjectStore();
    private final SplittableRandom random;

    public ArchivedLog(long seed) {
        random = new SplittableRandom(seed);
        append(new Command.OpenPartition(TABLE, SCHEMA, HashRange.ALL));
    }

    public ObjectStore store() {
        return store;
    }

    public List<String> keys() {
        return store.list(SegmentName.prefix(SHARD), Optional.empty(), 1_000).stream()
                .map(ObjectStore.ObjectSummary::key)
                .toList();
    }

    public void put(int count) {
        for (int i = 0; i < count; i++) {
            Item item = Item.of(Map.of(
                    "id",
                    AttributeValue.N.of(random.nextInt(KEYS)),
                    "text",
                    new AttributeValue.S(Long.toHexString(random.nextLong()).repeat(4))));
            Envelope envelope = Envelope.of(RequestId.random(random), Command.PutItem.of(TABLE, item));
            log.append(SHARD, WalCodec.encode(SCHEMA, envelope))
                    .toCompletableFuture()
                    .join();
        }
    }

    private void append(Command command) {
        log.append(SHARD, WalCodec.encodeControl(Envelope.of(RequestId.random(random), command)))
                .toCompletableFuture()
                .join();
    }

    public Lsn end() {
        return log.end(SHARD).toCompletableFuture().join();
    }

    /** Archives all that is in the log. */
    public void archive() {
        ArchiverSettings settings = new ArchiverSettings(
                SEGMENT_BYTES, Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofMillis(20));
        try (Archiver archiver = Archiver.start(
                log, store, settings, InstantSource.system(), random.split(), new SimpleMeterRegistry())) {
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> new Archive(store).end(SHARD).equals(end()));
        }
    }

    /** What a replica must be that has applied everything before {@code nextLsn}, by another store and from the log itself. */
    public StateDigest digest(Lsn nextLsn) {
        List<WalRecord> records = new ArrayList<>();
        try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
            while (reader.position().isBefore(nextLsn)) {
                records.addAll(reader.poll(Duration.ofSeconds(5)));
            }
        }
        try (Replica replica = new Replica(new MemoryReplicaStore(SHARD), InstantSource.system())) {
            replica.applyAll(records.subList(0, (int) nextLsn.offset()));
            try (ReplicaSnapshot snapshot = replica.reader().snapshot()) {
                return snapshot.digest();
            }
        }
    }

    @Override
    public void close() {
        log.close();
        store.close();
    }
}
