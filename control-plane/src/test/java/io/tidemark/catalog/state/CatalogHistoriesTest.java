package io.tidemark.catalog.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.catalog.LimitChange;
import io.tidemark.schema.catalog.OnDemandLimits;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableClass;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.catalog.Tags;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Random histories of commands: what must hold after each, and that two replays of one log agree. */
class CatalogHistoriesTest {
    private static final int HISTORIES = 150;
    private static final int RECORDS = 200;

    @Test
    void everyHistoryKeepsTheInvariantsAndReplaysAlike() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        RandomGenerator seeds = new SplittableRandom(seed);
        for (int i = 0; i < HISTORIES; i++) {
            long historySeed = seeds.nextLong();
            try {
                runHistory(new SplittableRandom(historySeed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ", history " + i + " of seed " + historySeed, failure);
            }
        }
    }

    private static void runHistory(RandomGenerator random) {
        CatalogRecords records = new CatalogRecords();
        List<WalRecord> log = new ArrayList<>();
        Map<Integer, CatalogOutcome> outcomes = new HashMap<>();
        Set<TableId> ids = new HashSet<>();
        CatalogState state = CatalogState.EMPTY;
        for (int i = 0; i < RECORDS; i++) {
            records.advanceMs(random.nextInt(-1_000, 20_000));
            WalRecord record = records.record(
                    random.nextInt(20) == 0
                            ? garbage(random)
                            : payload(random, random.nextInt(60), random.nextInt(14)));
            log.add(record);
            CatalogState before = state;
            switch (CatalogStateMachine.apply(before, record)) {
                case CatalogStep.Applied applied -> {
                    state = applied.state();
                    outcomes.put(i, applied.outcome());
                    if (applied.outcome() instanceof CatalogOutcome.TableIs created
                            && before.table(created.table().id()).isEmpty()
                            && state.table(created.table().id()).isPresent()) {
                        assertThat(ids.add(created.table().id()))
                                .as("a new id: %s", created.table().id())
                                .isTrue();
                    }
                }
                case CatalogStep.Skipped skipped -> state = skipped.state();
                case CatalogStep.TooNew tooNew -> throw new AssertionError(tooNew);
            }
            assertInvariants(state);
        }
        assertReplaysAlike(log, state, outcomes);
    }

    private static void assertReplaysAlike(
            List<WalRecord> log, CatalogState expected, Map<Integer, CatalogOutcome> outcomes) {
        CatalogState state = CatalogState.EMPTY;
        for (int i = 0; i < log.size(); i++) {
            switch (CatalogStateMachine.apply(state, log.get(i))) {
                case CatalogStep.Applied applied -> {
                    state = applied.state();
                    assertThat(applied.outcome()).isEqualTo(outcomes.get(i));
                }
                case CatalogStep.Skipped skipped -> state = skipped.state();
                case CatalogStep.TooNew tooNew -> throw new AssertionError(tooNew);
            }
        }
        assertThat(state).isEqualTo(expected);
    }

    private static void assertInvariants(CatalogState state) {
        List<TableDescription> tables = state.tables(Optional.empty(), Integer.MAX_VALUE);
        Map<ShardId, Integer> partitions = new HashMap<>();
        Set<TableId> unsettled = new HashSet<>();
        for (TableDescription table : tables) {
            assertThat(state.table(table.id())).contains(table);
            for (TableRoute.Partition partition : table.route().partitions()) {
                partitions.merge(partition.shard(), 1, Integer::sum);
            }
            if (table.status() != TableStatus.ACTIVE) {
                unsettled.add(table.id());
            }
            if (table.status() == TableStatus.DELETING) {
                assertThat(table.settings().deletionProtected()).isFalse();
            }
            assertThat(table.settings().tags().byKey()).hasSizeLessThanOrEqualTo(Tags.MAX_COUNT);
            if (!table.settings().throughput().capacity().equals(Capacity.ON_DEMAND)) {
                assertThat(table.settings().onDemandLimits()).isEqualTo(OnDemandLimits.NONE);
            }
        }
        assertThat(state.partitionsByShard()).isEqualTo(partitions);
        assertThat(state.unsettledTables())
                .extracting(TableDescription::id)
                .containsExactlyInAnyOrderElementsOf(unsettled);
        for (BindingDescription binding : state.bindings()) {
            assertThat(state.table(binding.tableId()))
                    .hasValueSatisfying(table -> assertThat(table.status()).isNotEqualTo(TableStatus.DELETING));
        }
    }

    private static WalPayload payload(RandomGenerator random, int requestId, int kind) {
        String name = "table-" + random.nextInt(6);
        TableId id = new TableId(random.nextInt(1, 12));
        CatalogCommand command = switch (kind) {
            case 0, 1, 2 ->
                new CatalogCommand.CreateTable(name, CatalogRecords.KEYS, random.nextInt(0, 5), random.nextInt(1, 4));
            case 3 -> new CatalogCommand.TableOpened(id);
            case 4 -> new CatalogCommand.DeleteTable(name);
            case 5 -> new CatalogCommand.TableRemoved(id);
            case 6 ->
                new CatalogCommand.BindSource(
                        new BindingSpec("topic-" + random.nextInt(3), name, SourceFormat.JSON, SourceKey.RECORD_KEY));
            case 7 -> new CatalogCommand.UnbindSource(random.nextInt(1, 8));
            case 8 ->
                new CatalogCommand.CreateTable(
                        name,
                        CatalogRecords.KEYS,
                        1,
                        1,
                        new Capacity.Provisioned(random.nextInt(1, 4), random.nextInt(1, 4)),
                        random.nextInt(4) == 0,
                        new Tags(Map.of("key-" + random.nextInt(3), "value")));
            case 9, 10, 11, 12 -> new CatalogCommand.ChangeTable(name, change(random));
            default -> new CatalogCommand.Barrier();
        };
        return io.tidemark.schema.wire.CatalogCodec.encode(CatalogEnvelope.of(new RequestId(7, requestId), command));
    }

    private static TableChange change(RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0 -> new TableChange.SetCapacity(Capacity.ON_DEMAND);
            case 1 -> new TableChange.SetCapacity(new Capacity.Provisioned(random.nextInt(1, 4), random.nextInt(1, 4)));
            case 2 -> new TableChange.SetDeletionProtection(random.nextInt(4) == 0);
            case 3 ->
                new TableChange.AddTags(
                        new Tags(Map.of("key-" + random.nextInt(60), "value", "key-x" + random.nextInt(60), "other")));
            case 4 -> new TableChange.RemoveTags(new TreeSet<>(Set.of("key-" + random.nextInt(60))));
            case 5 ->
                new TableChange.SetTableClass(
                        random.nextBoolean() ? TableClass.STANDARD : TableClass.STANDARD_INFREQUENT_ACCESS);
            case 6 -> new TableChange.SetOnDemandLimits(limit(random), limit(random), random.nextBoolean());
            default -> new TableChange.SetTimeToLive("attribute-" + random.nextInt(2), random.nextBoolean());
        };
    }

    private static LimitChange limit(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> LimitChange.KEEP;
            case 1 -> LimitChange.REMOVE;
            default -> new LimitChange.Replace(random.nextInt(1, 4));
        };
    }

    private static WalPayload garbage(RandomGenerator random) {
        byte[] value = new byte[random.nextInt(40)];
        random.nextBytes(value);
        return new WalPayload(Bytes.wrap(new byte[] {1}), Bytes.wrap(value), List.of());
    }
}
