package io.tidemark.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.log.LogException.Kind;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every log promises. Each implementation runs it. */
@Timeout(180)
abstract class LogContractTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final ShardId SHARD = new ShardId(0);
    private static final ShardId OTHER = new ShardId(1);

    private Log log;

    /** A new, empty log of two shards. */
    abstract Log openNewLog();

    @BeforeEach
    void open() {
        log = openNewLog();
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void appendsGetContiguousLsnsFromZero() {
        assertThat(log.shardCount()).isEqualTo(2);
        assertThat(join(log.start(SHARD))).isEqualTo(Lsn.FIRST);
        assertThat(join(log.end(SHARD))).isEqualTo(Lsn.FIRST);
        for (int i = 0; i < 5; i++) {
            assertThat(join(log.append(SHARD, payload("record " + i)))).isEqualTo(new Lsn(i));
        }
        assertThat(join(log.end(SHARD))).isEqualTo(new Lsn(5));
    }

    @Test
    void shardsAreIndependent() {
        join(log.append(SHARD, payload("a")));
        join(log.append(SHARD, payload("b")));
        assertThat(join(log.append(OTHER, payload("c")))).isEqualTo(Lsn.FIRST);
        try (LogReader reader = log.read(OTHER, Lsn.FIRST)) {
            WalRecord record = read(reader, 1).getFirst();
            assertThat(record.shard()).isEqualTo(OTHER);
            assertThat(text(record)).isEqualTo("c");
        }
    }

    @Test
    void aReaderSeesKeyValueHeadersAndTheTimeOfTheAppend() {
        List<RecordHeader> headers = List.of(
                new RecordHeader("first", bytes("1")),
                new RecordHeader("twice", bytes("old")),
                new RecordHeader("twice", bytes("new")),
                new RecordHeader("empty", Bytes.EMPTY));
        Instant before = Instant.now().minusSeconds(1);
        join(log.append(SHARD, new WalPayload(bytes("key"), Bytes.EMPTY, headers)));
        Instant after = Instant.now().plusSeconds(1);
        try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
            WalRecord record = read(reader, 1).getFirst();
            assertThat(record.key()).isEqualTo(bytes("key"));
            assertThat(record.value()).isEqualTo(Bytes.EMPTY);
            assertThat(record.headers()).isEqualTo(headers);
            assertThat(record.header("twice")).contains(bytes("new"));
            assertThat(Instant.ofEpochMilli(record.timestampMs())).isBetween(before, after);
        }
    }

    @Test
    void everyReaderSeesTheSameRecordsInOrderFromWhereItBegan() {
        for (int i = 0; i < 20; i++) {
            join(log.append(SHARD, payload("record " + i)));
        }
        try (LogReader whole = log.read(SHARD, Lsn.FIRST);
                LogReader tail = log.read(SHARD, new Lsn(15))) {
            List<WalRecord> all = read(whole, 20);
            assertThat(all)
                    .extracting(record -> record.lsn().offset())
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(all)
                    .extracting(LogContractTest::text)
                    .startsWith("record 0")
                    .endsWith("record 19");
            assertThat(whole.position()).isEqualTo(new Lsn(20));
            assertThat(read(tail, 5)).isEqualTo(all.subList(15, 20));
        }
    }

    @Test
    void appendsOfOneCallerKeepTheirOrder() {
        List<CompletionStage<Lsn>> appended = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            appended.add(log.append(SHARD, payload("record " + i)));
        }
        for (int i = 0; i < appended.size(); i++) {
            assertThat(join(appended.get(i))).isEqualTo(new Lsn(i));
        }
        try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
            List<WalRecord> records = read(reader, 500);
            for (int i = 0; i < records.size(); i++) {
                assertThat(text(records.get(i))).isEqualTo("record " + i);
            }
        }
    }

    @Test
    void concurrentAppendsGetEveryLsnOnce() throws Exception {
        int callers = 8;
        int each = 50;
        ConcurrentHashMap<Lsn, String> acknowledged = new ConcurrentHashMap<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int number = caller;
                done.add(executor.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        String value = number + "/" + i;
                        assertThat(acknowledged.put(join(log.append(SHARD, payload(value))), value))
                                .isNull();
                    }
                }));
            }
            for (Future<?> caller : done) {
                caller.get(WAIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
        try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
            TreeMap<Lsn, String> read = new TreeMap<>();
            read(reader, callers * each).forEach(record -> read.put(record.lsn(), text(record)));
            assertThat(read).isEqualTo(new TreeMap<>(acknowledged));
        }
    }

    @Test
    void aReaderAtTheEndGetsWhatComes() {
        join(log.append(SHARD, payload("before")));
        try (LogReader reader = log.read(SHARD, new Lsn(1))) {
            assertThat(reader.poll(SHORT)).isEmpty();
            log.append(SHARD, payload("after"));
            assertThat(read(reader, 1)).extracting(LogContractTest::text).containsExactly("after");
        }
    }

    @Test
    void aPollIsEmptyWhenNothingCame() {
        try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
            assertThat(reader.poll(SHORT)).isEmpty();
            assertThat(reader.position()).isEqualTo(Lsn.FIRST);
        }
    }

    @Test
    void wakeupEndsAPollThatWaits() {
        try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(reader::wakeup);
            long startNanos = System.nanoTime();
            assertThat(reader.poll(Duration.ofSeconds(30))).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void wakeupBeforeAPollEndsTheNextOneOnly() {
        try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
            reader.wakeup();
            long startNanos = System.nanoTime();
            assertThat(reader.poll(Duration.ofSeconds(30))).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(15));
            join(log.append(SHARD, payload("a")));
            assertThat(read(reader, 1)).hasSize(1);
        }
    }

    @Test
    void theEndIsNeverBeforeAnAcknowledgedAppend() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                done.add(executor.submit(() -> {
                    for (int i = 0; i < 40; i++) {
                        Lsn appended = join(log.append(SHARD, payload("x")));
                        assertThat(join(log.end(SHARD))).isGreaterThan(appended);
                    }
                }));
            }
            for (Future<?> caller : done) {
                caller.get(WAIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void trimDropsWhatIsBeforeAndNeverMovesTheStartBack() {
        appendMany(10);
        assertThat(join(log.trim(SHARD, new Lsn(6)))).isEqualTo(new Lsn(6));
        assertThat(join(log.trim(SHARD, new Lsn(3)))).isEqualTo(new Lsn(6));
        assertThat(join(log.start(SHARD))).isEqualTo(new Lsn(6));
        assertThat(join(log.end(SHARD))).isEqualTo(new Lsn(10));
        try (LogReader reader = log.read(SHARD, new Lsn(6))) {
            assertThat(read(reader, 4)).extracting(WalRecord::lsn).startsWith(new Lsn(6));
        }
    }

    @Test
    void aLogTrimmedToItsEndIsEmptyAndGoesOn() {
        appendMany(4);
        assertThat(join(log.trim(SHARD, new Lsn(4)))).isEqualTo(new Lsn(4));
        assertThat(join(log.end(SHARD))).isEqualTo(new Lsn(4));
        assertThat(join(log.append(SHARD, payload("next")))).isEqualTo(new Lsn(4));
        try (LogReader reader = log.read(SHARD, new Lsn(4))) {
            assertThat(read(reader, 1)).extracting(LogContractTest::text).containsExactly("next");
        }
    }

    @Test
    void trimmingBeyondTheEndIsRefused() {
        appendMany(2);
        assertFails(Kind.BEYOND_END, log.trim(SHARD, new Lsn(3)));
        assertThat(join(log.start(SHARD))).isEqualTo(Lsn.FIRST);
    }

    @Test
    void aReaderBeforeTheStartIsToldThatTheLogWasTrimmed() {
        appendMany(10);
        join(log.trim(SHARD, new Lsn(5)));
        try (LogReader reader = log.read(SHARD, new Lsn(4))) {
            for (int repetition = 0; repetition < 2; repetition++) {
                assertThatExceptionOfType(LogException.class)
                        .isThrownBy(() -> pollUntilRecords(reader))
                        .withMessageContaining("starts at 5")
                        .extracting(LogException::kind)
                        .isEqualTo(Kind.TRIMMED);
            }
            assertThat(reader.position()).isEqualTo(new Lsn(4));
        }
    }

    @Test
    void aReaderBeyondTheEndIsToldSo() {
        appendMany(2);
        try (LogReader reader = log.read(SHARD, new Lsn(7))) {
            assertThatExceptionOfType(LogException.class)
                    .isThrownBy(() -> pollUntilRecords(reader))
                    .extracting(LogException::kind)
                    .isEqualTo(Kind.BEYOND_END);
        }
    }

    @Test
    void theLargestPayloadIsAdmittedAndALargerOneIsRefused() {
        WalPayload largest = new WalPayload(bytes("k"), Bytes.wrap(new byte[Log.MAX_PAYLOAD_BYTES - 1]), List.of());
        WalPayload tooLarge = new WalPayload(bytes("k"), Bytes.wrap(new byte[Log.MAX_PAYLOAD_BYTES]), List.of());
        assertThat(join(log.append(SHARD, largest))).isEqualTo(Lsn.FIRST);
        assertFails(Kind.TOO_LARGE, log.append(SHARD, tooLarge));
        assertThat(join(log.end(SHARD))).isEqualTo(new Lsn(1));
        try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
            assertThat(read(reader, 1).getFirst().value()).isEqualTo(largest.value());
        }
    }

    @Test
    void aShardThatTheLogDoesNotHaveIsABugOfTheCaller() {
        ShardId missing = new ShardId(2);
        assertThatThrownBy(() -> log.append(missing, payload("a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.end(missing)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.read(missing, Lsn.FIRST)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedLogRefusesEverythingAndItsReadersFail() {
        join(log.append(SHARD, payload("a")));
        try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
            read(reader, 1);
            log.close();
            log.close();
            assertThatExceptionOfType(LogException.class)
                    .isThrownBy(() -> reader.poll(WAIT))
                    .extracting(LogException::kind)
                    .isEqualTo(Kind.CLOSED);
        }
        assertFails(Kind.CLOSED, log.append(SHARD, payload("b")));
        assertFails(Kind.CLOSED, log.start(SHARD));
        assertFails(Kind.CLOSED, log.end(SHARD));
        assertFails(Kind.CLOSED, log.trim(SHARD, Lsn.FIRST));
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(() -> log.read(SHARD, Lsn.FIRST))
                .extracting(LogException::kind)
                .isEqualTo(Kind.CLOSED);
    }

    private void appendMany(int count) {
        for (int i = 0; i < count; i++) {
            join(log.append(SHARD, payload("record " + i)));
        }
    }

    /** Reads exactly {@code count} records and checks that they follow each other. */
    static List<WalRecord> read(LogReader reader, int count) {
        List<WalRecord> records = new ArrayList<>();
        long deadlineNanos = System.nanoTime() + WAIT.toNanos();
        while (records.size() < count && System.nanoTime() < deadlineNanos) {
            Lsn position = reader.position();
            for (WalRecord record : reader.poll(SHORT)) {
                assertThat(record.lsn()).isEqualTo(position);
                position = position.next();
                records.add(record);
            }
            assertThat(reader.position()).isEqualTo(position);
        }
        assertThat(records).hasSize(count);
        return records;
    }

    private static void pollUntilRecords(LogReader reader) {
        long deadlineNanos = System.nanoTime() + WAIT.toNanos();
        while (System.nanoTime() < deadlineNanos) {
            assertThat(reader.poll(SHORT)).isEmpty();
        }
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(WAIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    static void assertFails(Kind kind, CompletionStage<?> stage) {
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> join(stage))
                .havingCause()
                .isInstanceOfSatisfying(
                        LogException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    static WalPayload payload(String value) {
        return new WalPayload(bytes("key"), bytes(value), List.of());
    }

    static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(WalRecord record) {
        return new String(record.value().array(), StandardCharsets.UTF_8);
    }
}
