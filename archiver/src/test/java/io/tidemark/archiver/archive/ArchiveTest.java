package io.tidemark.archiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.archiver.object.MemoryObjectStore;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.archiver.segment.Segment;
import io.tidemark.archiver.segment.SegmentName;
import io.tidemark.archiver.segment.Sha256;
import io.tidemark.archiver.segment.TestRecords;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    private static final ShardId SHARD = new ShardId(1);

    private final ObjectStore store = new MemoryObjectStore();
    private final Archive archive = new Archive(store);
    private final Random random = new Random(41);

    @Test
    void anEmptyArchiveHasNoShardsAndEndsAtTheFirstLsn() {
        assertThat(archive.shards()).isEmpty();
        assertThat(archive.end(SHARD)).isEqualTo(Lsn.FIRST);
        assertThat(archive.floor(SHARD, new Lsn(10))).isEmpty();
        assertThat(archive.chain(SHARD, Lsn.FIRST).next()).isEmpty();
        assertThat(archive.chain(SHARD, new Lsn(10)).next()).isEmpty();
    }

    @Test
    void shardsAreThoseThatHaveASegment() {
        for (int shard : new int[] {10, 1, 0, 2, 100}) {
            write(new ShardId(shard), 3, 4);
        }
        store.putIfAbsent("wal/5/readme.txt", Bytes.EMPTY);

        assertThat(archive.shards()).extracting(ShardId::value).containsExactly(0, 1, 2, 10, 100);
    }

    @Test
    void recordsAreReadAcrossSegmentsFromAnyLsnToAnyLsn() {
        List<WalRecord> records = write(SHARD, 5, 1, 7, 20);

        for (int start = 0; start <= records.size(); start++) {
            int end = start + random.nextInt(records.size() - start + 1);
            assertThat(readAll(start, end)).as("%d to %d", start, end).isEqualTo(records.subList(start, end));
        }
        assertThat(archive.end(SHARD)).isEqualTo(new Lsn(33));
    }

    @Test
    void aReaderGoesOnWhenTheArchiveDoes() {
        List<WalRecord> records = random(SHARD, 30);
        Segment first = put(records.subList(0, 10), Sha256.ZERO);
        ArchiveReader reader = archive.reader(SHARD, new Lsn(4));
        Lsn end = new Lsn(30);

        assertThat(reader.read(end, 100)).isEqualTo(records.subList(4, 10));
        assertThat(reader.read(end, 100)).isEmpty();
        put(records.subList(10, 30), first.sha256());

        assertThat(reader.read(end, 15)).isEqualTo(records.subList(10, 25));
        assertThat(reader.read(end, 100)).isEqualTo(records.subList(25, 30));
        assertThat(reader.read(end, 100)).isEmpty();
    }

    @Test
    void aReaderBeyondTheEndWaitsForTheArchive() {
        List<WalRecord> records = random(SHARD, 30);
        Segment first = put(records.subList(0, 10), Sha256.ZERO);
        ArchiveReader reader = archive.reader(SHARD, new Lsn(12));

        assertThat(reader.read(new Lsn(30), 100)).isEmpty();
        put(records.subList(10, 30), first.sha256());

        assertThat(reader.read(new Lsn(30), 100)).isEqualTo(records.subList(12, 30));
    }

    @Test
    void theEndIsSeenAsSoonAsTheArchiveGrows() {
        List<WalRecord> records = random(SHARD, 30);
        Segment first = put(records.subList(0, 10), Sha256.ZERO);
        assertThat(archive.end(SHARD)).isEqualTo(new Lsn(10));

        put(records.subList(10, 30), first.sha256());

        assertThat(archive.end(SHARD)).isEqualTo(new Lsn(30));
        assertThat(archive.lastHeader(SHARD).orElseThrow().first()).isEqualTo(new Lsn(10));
    }

    @Test
    void aMissingSegmentIsNamed() {
        write(SHARD, 5, 5, 5);
        store.delete("wal/1/00000000000000000005.avro");

        ChainReader chain = archive.chain(SHARD, Lsn.FIRST);
        assertThat(chain.next()).isPresent();
        assertThatExceptionOfType(DamagedSegmentException.class)
                .isThrownBy(chain::next)
                .withMessageContaining("wal/1/00000000000000000010.avro is there")
                .satisfies(e -> assertThat(e.key()).isEqualTo("wal/1/00000000000000000005.avro"));
        assertThatExceptionOfType(DamagedSegmentException.class)
                .isThrownBy(() -> archive.chain(SHARD, new Lsn(7)).next())
                .satisfies(e -> assertThat(e.key()).isEqualTo("wal/1/00000000000000000005.avro"));
    }

    @Test
    void aMissingFirstSegmentIsNamed() {
        write(SHARD, 5, 5);
        store.delete("wal/1/00000000000000000000.avro");

        for (long from : new long[] {0, 3}) {
            assertThatExceptionOfType(DamagedSegmentException.class)
                    .isThrownBy(() -> archive.chain(SHARD, new Lsn(from)).next())
                    .satisfies(e -> assertThat(e.key()).isEqualTo("wal/1/00000000000000000000.avro"));
        }
    }

    @Test
    void aSegmentOfAnotherChainIsRefused() {
        List<WalRecord> records = random(SHARD, 20);
        Segment first = put(records.subList(0, 10), Sha256.ZERO);
        Sha256 other = Sha256.of(Bytes.EMPTY);
        put(records.subList(10, 20), other);
        ChainReader continued = archive.chain(SHARD, new Lsn(10), first.sha256());

        for (ChainReader chain : List.of(archive.chain(SHARD, Lsn.FIRST), continued)) {
            assertThatExceptionOfType(DamagedSegmentException.class)
                    .isThrownBy(() -> {
                        chain.next();
                        chain.next();
                    })
                    .withMessageContaining("it continues a segment with hash " + other)
                    .satisfies(e -> assertThat(e.key()).isEqualTo("wal/1/00000000000000000010.avro"));
        }
    }

    @Test
    void aDamagedSegmentIsNamed() {
        write(SHARD, 5, 5, 5);
        String key = "wal/1/00000000000000000005.avro";
        byte[] content = store.get(key).orElseThrow().array().clone();
        content[content.length / 2] ^= 4;
        store.delete(key);
        store.putIfAbsent(key, Bytes.wrap(content));

        assertThatExceptionOfType(DamagedSegmentException.class)
                .isThrownBy(() -> readAll(0, 15))
                .satisfies(e -> assertThat(e.key()).isEqualTo(key));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 1000, 1001, 5000, 200_000})
    void theFloorIsFoundInFewRequests(int segments) {
        long lsn = 0;
        List<Long> firsts = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            firsts.add(lsn);
            store.putIfAbsent(new SegmentName(SHARD, new Lsn(lsn)).key(), Bytes.EMPTY);
            lsn += 1 + (random.nextInt(50) == 0 ? random.nextInt(100_000) : random.nextInt(100));
        }
        AtomicInteger requests = new AtomicInteger();
        Archive counted = new Archive(new CountingStore(store, requests));

        for (int i = 0; i < 20; i++) {
            int index = i == 0 ? segments - 1 : random.nextInt(segments);
            long next = index == segments - 1 ? Long.MAX_VALUE : firsts.get(index + 1);
            long target = firsts.get(index) + random.nextLong(next - firsts.get(index));
            requests.set(0);

            assertThat(counted.floor(SHARD, new Lsn(target)))
                    .contains(new SegmentName(SHARD, new Lsn(firsts.get(index))));
            assertThat(requests).hasValueLessThan(60);
        }
    }

    private List<WalRecord> readAll(int start, int end) {
        ArchiveReader reader = archive.reader(SHARD, new Lsn(start));
        List<WalRecord> read = new ArrayList<>();
        while (true) {
            List<WalRecord> batch = reader.read(new Lsn(end), 4);
            if (batch.isEmpty()) {
                assertThat(reader.position()).isEqualTo(new Lsn(end));
                return read;
            }
            read.addAll(batch);
        }
    }

    private List<WalRecord> write(ShardId shard, int... counts) {
        List<WalRecord> records = random(shard, Arrays.stream(counts).sum());
        Sha256 previous = Sha256.ZERO;
        int start = 0;
        for (int count : counts) {
            previous = put(records.subList(start, start + count), previous).sha256();
            start += count;
        }
        return records;
    }

    private List<WalRecord> random(ShardId shard, int count) {
        return TestRecords.random(random, shard, 0, count, 50);
    }

    private Segment put(List<WalRecord> records, Sha256 previous) {
        Segment segment = TestRecords.segment(records, previous);
        assertThat(store.putIfAbsent(segment.name().key(), segment.content())).isTrue();
        return segment;
    }

    private record CountingStore(ObjectStore store, AtomicInteger requests) implements ObjectStore {
        @Override
        public boolean putIfAbsent(String key, Bytes content) {
            requests.incrementAndGet();
            return store.putIfAbsent(key, content);
        }

        @Override
        public Optional<Bytes> get(String key) {
            requests.incrementAndGet();
            return store.get(key);
        }

        @Override
        public List<ObjectSummary> list(String prefix, Optional<String> after, int limit) {
            requests.incrementAndGet();
            return store.list(prefix, after, limit);
        }

        @Override
        public void delete(String key) {
            requests.incrementAndGet();
            store.delete(key);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
