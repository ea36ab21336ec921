package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.materializer.core.KeyedItem;
import io.tidemark.materializer.core.StateMachine;
import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeyRange;
import io.tidemark.schema.node.NodeReply.LaneEntriesResult;
import io.tidemark.schema.node.NodeReply.LaneEntry;
import io.tidemark.schema.node.NodeReply.Rejection;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ReplicaStore} does. */
abstract class ReplicaStoreContract {
    private final TestLog log = new TestLog(1);
    private ReplicaStore store;

    abstract ReplicaStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void anEmptyStoreStandsAtTheFirstLsn() {
        assertThat(store.nextLsn()).isEqualTo(Lsn.FIRST);
        ReplicaReader reader = store.reader();
        assertThat(reader.nextLsn()).isEqualTo(Lsn.FIRST);
        assertThat(reader.itemCount()).isZero();
        assertThat(reader.rejectedCount()).isZero();
        assertThat(reader.table(TestLog.TABLE)).isEmpty();
        assertThat(reader.item(TestLog.itemKey("a"))).isNull();
        assertThat(reader.latestRejections(10)).isEmpty();
        assertThat(reader.sourceOffsets(1)).isEmpty();
        try (ReplicaSnapshot snapshot = reader.snapshot()) {
            assertThat(Set.copyOf(snapshot.digest().lanes())).containsExactly(Bytes.wrap(new byte[32]));
        }
    }

    @Test
    void whatWasCommittedIsRead() {
        apply(log.open(), log.put("a", "one"), log.put("b", "two"), log.put("a", "three"), log.delete("b"));

        assertThat(text("a")).contains("three");
        assertThat(text("b")).isEmpty();
        assertThat(store.reader().itemCount()).isEqualTo(1);
        assertThat(store.reader().nextLsn()).isEqualTo(new Lsn(5));
        assertThat(store.reader().table(TestLog.TABLE)).isPresent();
        assertThat(store.reader().item(TestLog.itemKey("a")).lsn()).isEqualTo(new Lsn(3));
    }

    @Test
    void aBatchSeesItsOwnTransitionsAndReadersSeeThemOnceCommitted() {
        apply(log.open());
        try (ReplicaStore.Batch batch = store.begin()) {
            add(batch, log.put("a", "one"));
            assertThat(batch.item(TestLog.itemKey("a"))).isNotNull();
            assertThat(batch.nextLsn()).isEqualTo(new Lsn(2));
            assertThat(store.reader().item(TestLog.itemKey("a"))).isNull();
            assertThat(store.reader().nextLsn()).isEqualTo(new Lsn(1));
            assertThat(store.reader().itemCount()).isZero();
            batch.commit();
        }
        assertThat(text("a")).contains("one");
        assertThat(store.reader().nextLsn()).isEqualTo(new Lsn(2));
    }

    @Test
    void aBatchThatWasGivenUpMakesTheStoreUnusable() {
        apply(log.open());
        try (ReplicaStore.Batch batch = store.begin()) {
            add(batch, log.put("a", "one"));
        }
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.begin());
        assertThat(store.reader().item(TestLog.itemKey("a"))).isNull();
    }

    @Test
    void aTransitionOfAnotherLsnIsRefused() {
        apply(log.open());
        Transition applied =
                new Transition(new Lsn(7), 0, List.of(), Optional.empty(), new Lsn(7), new Outcome.BarrierReached());
        try (ReplicaStore.Batch batch = store.begin()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> batch.add(applied))
                    .withMessageContaining("1")
                    .withMessageContaining("7");
        }
    }

    @Test
    void aRepeatedRequestIdIsFoundWithItsFirstOutcome() {
        RequestId requestId = new RequestId(7, 8);
        Envelope envelope = Envelope.of(requestId, Command.PutItem.of(TestLog.TABLE, TestLog.item("a", "one")));
        apply(log.open(), log.put(envelope));

        try (ReplicaStore.Batch batch = store.begin()) {
            assertThat(batch.rememberedOutcomes()).isEqualTo(2);
            assertThat(batch.outcome(new RequestId(7, 9))).isEmpty();
            assertThat(batch.outcome(requestId)).hasValueSatisfying(remembered -> {
                assertThat(remembered.mark().lsn()).isEqualTo(new Lsn(1));
                assertThat(remembered.mark().logTimeMs()).isEqualTo(TestLog.START_MS + 1);
                assertThat(remembered.outcome()).isInstanceOf(Outcome.Applied.class);
            });
            assertThat(batch.oldestOutcomes(1))
                    .singleElement()
                    .satisfies(mark -> assertThat(mark.lsn()).isEqualTo(Lsn.FIRST));
        }
    }

    @Test
    void itemsOfARangeComeInKeyOrderAndAgainstIt() {
        apply(log.items(50, 10));
        KeyRange all = KeyEncoding.tableRange(TestLog.TABLE);

        List<KeyedItem> forward = items(all, true);

        assertThat(forward).hasSize(50).isSortedAccordingTo(Comparator.comparing(KeyedItem::key));
        assertThat(items(all, false)).isEqualTo(forward.reversed());
        Bytes start = forward.get(10).key().bytes();
        Bytes end = forward.get(20).key().bytes();
        assertThat(items(new KeyRange(start, end), true)).isEqualTo(forward.subList(10, 20));
        assertThat(items(new KeyRange(start, end), false))
                .isEqualTo(forward.subList(10, 20).reversed());
        assertThat(items(new KeyRange(end, start), true)).isEmpty();
    }

    @Test
    void aCursorDoesNotSeeWhatCameAfterIt() {
        apply(log.items(3, 10));
        try (ItemCursor cursor = store.reader().items(KeyEncoding.tableRange(TestLog.TABLE), true)) {
            apply(log.items(20, 10));
            List<KeyedItem> seen = new ArrayList<>();
            cursor.forEachRemaining(seen::add);
            assertThat(seen).hasSize(3);
        }
    }

    @Test
    void theFirstItemsOfATableMergeWhatIsCommittedWithTheBatch() {
        apply(log.items(6, 10));
        List<KeyedItem> committed = items(KeyEncoding.tableRange(TestLog.TABLE), true);
        try (ReplicaStore.Batch batch = store.begin()) {
            for (KeyedItem item : committed.subList(0, 2)) {
                add(batch, log.delete(idOf(item)));
            }
            add(batch, log.put(idOf(committed.get(3)), "changed"));
            for (int i = 6; i < 12; i++) {
                add(batch, log.put(TestLog.id(i), "new"));
            }
            List<KeyedItem> all = batch.firstItems(TestLog.TABLE, 100, Integer.MAX_VALUE);
            assertThat(all).hasSize(10).isSortedAccordingTo(Comparator.comparing(KeyedItem::key));
            for (int limit = 0; limit < 10; limit++) {
                assertThat(batch.firstItems(TestLog.TABLE, limit, Integer.MAX_VALUE))
                        .isEqualTo(all.subList(0, limit));
                int bytes = all.subList(0, limit).stream()
                        .mapToInt(item -> item.item().sizeBytes())
                        .sum();
                assertThat(batch.firstItems(TestLog.TABLE, 100, bytes)).isEqualTo(all.subList(0, limit));
                assertThat(batch.firstItems(TestLog.TABLE, 100, bytes + 1)).isEqualTo(all.subList(0, limit + 1));
            }
            batch.commit();
            assertThat(items(KeyEncoding.tableRange(TestLog.TABLE), true)).isEqualTo(all);
        }
    }

    @Test
    void rejectionsAreCountedAndTheLatestAreKept() {
        List<WalRecord> records =
                IntStream.range(0, 1_005).mapToObj(i -> log.misdirected("a")).toList();
        apply(records);

        ReplicaReader reader = store.reader();
        assertThat(reader.rejectedCount()).isEqualTo(1_005);
        List<Rejection> latest = reader.latestRejections(3);
        assertThat(latest).extracting(Rejection::lsn).containsExactly(new Lsn(1_004), new Lsn(1_003), new Lsn(1_002));
        assertThat(latest).extracting(Rejection::reason).containsOnly(RejectReason.UNKNOWN_TABLE);
        assertThat(reader.latestRejections(5_000)).hasSize(1_000);
    }

    @Test
    void sourceOffsetsAreKeptByBindingAndPartition() {
        apply(log.open(), sourced("a", new SourceMark(3, 0, 5, SourceMark.NONE)));
        apply(sourced("b", new SourceMark(3, 7, 2, SourceMark.NONE)), sourced("c", new SourceMark(4, 0, 9, -1)));

        assertThat(store.reader().sourceOffsets(3)).isEqualTo(Map.of(0, 5L, 7, 2L));
        assertThat(store.reader().sourceOffsets(5)).isEmpty();
        try (ReplicaStore.Batch batch = store.begin()) {
            assertThat(batch.sourceOffset(4, 0)).isEqualTo(9);
            assertThat(batch.sourceOffset(4, 1)).isEqualTo(SourceMark.NONE);
        }
    }

    @Test
    void aSnapshotStaysAsItWas() {
        apply(log.items(10, 10));
        try (ReplicaSnapshot snapshot = store.reader().snapshot()) {
            StateDigest digest = snapshot.digest();
            apply(log.put(TestLog.id(3), "changed"), log.delete(TestLog.id(4)), log.misdirected("x"));

            assertThat(snapshot.digest()).isEqualTo(digest);
            assertThat(snapshot.nextLsn()).isEqualTo(new Lsn(11));
            assertThat(snapshot.itemCount()).isEqualTo(10);
            assertThat(snapshot.rejectedCount()).isZero();
            assertThat(snapshot.item(TestLog.itemKey(TestLog.id(4)))).isNotNull();
            DeepDigest deep = snapshot.deepDigest(() -> false);
            assertThat(deep.damage()).isEmpty();
            assertThat(deep.digest()).isEqualTo(digest);
            assertThat(digestNow()).isNotEqualTo(digest);
        }
    }

    @Test
    void handlesOnASnapshotAreClosedOneByOne() {
        apply(log.items(3, 10));
        ReplicaSnapshot first = store.reader().snapshot();
        ReplicaSnapshot second = first.snapshot();
        first.close();
        first.close();
        assertThat(second.item(TestLog.itemKey(TestLog.id(0)))).isNotNull();
        second.close();
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(second::digest);
    }

    @Test
    void equalContentHasEqualLanesWhateverTheWayToIt() {
        apply(log.open(), log.put("a", "one"), log.put("b", "two"));
        StateDigest before = digestNow();
        apply(log.put("c", "three"), log.delete("c"));
        StateDigest after = digestNow();
        assertThat(after.lanes()).isEqualTo(before.lanes());
        assertThat(after.control()).isNotEqualTo(before.control());
        assertThat(after.itemCount()).isEqualTo(before.itemCount());
    }

    @Test
    void theEntriesOfLanesArePagedInKeyOrder() {
        apply(log.items(300, 10));
        Set<Integer> lanes = Set.of(0, 7, 8, 100, 200, 255);
        try (ReplicaSnapshot snapshot = store.reader().snapshot()) {
            List<KeyedItem> expected = items(KeyEncoding.tableRange(TestLog.TABLE), true).stream()
                    .filter(item -> lanes.contains(StateDigest.laneOf(item.key().keyHash())))
                    .toList();
            for (int limit : new int[] {1, 2, 1_000}) {
                List<LaneEntry> entries = pages(snapshot, lanes, limit);
                assertThat(entries)
                        .extracting(LaneEntry::storeKey)
                        .containsExactlyElementsOf(expected.stream()
                                .map(item -> item.key().bytes())
                                .toList());
                assertThat(entries)
                        .extracting(LaneEntry::lsn)
                        .containsExactlyElementsOf(
                                expected.stream().map(item -> item.item().lsn()).toList());
            }
            assertThat(new HashSet<>(pages(snapshot, Set.of(), 10))).isEmpty();
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        ReplicaReader reader = store.reader();
        store.close();
        store.close();
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(() -> reader.item(TestLog.itemKey("a")));
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(() -> store.begin());
    }

    private List<LaneEntry> pages(ReplicaSnapshot snapshot, Set<Integer> lanes, int limit) {
        List<LaneEntry> entries = new ArrayList<>();
        Optional<Bytes> after = Optional.empty();
        do {
            LaneEntriesResult page = snapshot.laneEntries(lanes, after, limit);
            assertThat(page.entries().size()).isLessThanOrEqualTo(limit);
            entries.addAll(page.entries());
            after = page.next();
        } while (after.isPresent());
        return entries;
    }

    private WalRecord sourced(String id, SourceMark mark) {
        Command command = Command.PutItem.of(TestLog.TABLE, TestLog.item(id, "sourced"));
        Envelope plain = Envelope.of(new RequestId(mark.bindingId(), mark.partition()), command);
        return log.put(new Envelope(plain.semanticsVersion(), plain.requestId(), Optional.of(mark), plain.command()));
    }

    private static String idOf(KeyedItem item) {
        return ((AttributeValue.S)
                        KeyEncoding.decode(TestLog.SCHEMA, item.key()).partition())
                .value();
    }

    private StateDigest digestNow() {
        try (ReplicaSnapshot snapshot = store.reader().snapshot()) {
            return snapshot.digest();
        }
    }

    private List<KeyedItem> items(KeyRange range, boolean forward) {
        List<KeyedItem> items = new ArrayList<>();
        try (ItemCursor cursor = store.reader().items(range, forward)) {
            cursor.forEachRemaining(items::add);
        }
        return items;
    }

    private Optional<String> text(String id) {
        StoredItem stored = store.reader().item(TestLog.itemKey(id));
        return Optional.ofNullable(stored)
                .flatMap(item -> item.item().attribute("text"))
                .map(value -> ((AttributeValue.S) value).value());
    }

    private void apply(WalRecord... records) {
        apply(List.of(records));
    }

    private void apply(List<WalRecord> records) {
        try (ReplicaStore.Batch batch = store.begin()) {
            records.forEach(record -> add(batch, record));
            batch.commit();
        }
    }

    private static void add(ReplicaStore.Batch batch, WalRecord record) {
        batch.add(StateMachine.apply(batch, record));
    }
}
