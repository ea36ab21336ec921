package io.tidemark.catalog.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.CatalogConfig;
import io.tidemark.catalog.CatalogReplica;
import io.tidemark.catalog.CatalogView;
import io.tidemark.catalog.InterceptedLog;
import io.tidemark.catalog.ReplicatedShards;
import io.tidemark.catalog.ShardCaller;
import io.tidemark.log.Log;
import io.tidemark.log.MemoryLog;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconcilerTest {
    private static final int SHARDS = 2;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final KeySchema KEYS = KeySchema.of(new KeyAttribute("page", KeyType.S));
    private static final String NAME = "pages";

    private final Log catalogLog = new MemoryLog(1, InstantSource.system());
    private final Log wal = new MemoryLog(SHARDS, InstantSource.system());
    private final ReplicatedShards shards = new ReplicatedShards(wal, InstantSource.system());
    private final AtomicInteger ids = new AtomicInteger();

    @AfterEach
    void close() {
        shards.close();
        wal.close();
        catalogLog.close();
    }

    /** One control process on the shared logs. */
    private final class ControlProcess implements AutoCloseable {
        final CatalogReplica catalog;
        final Reconciler reconciler;

        ControlProcess(CrashPoint crash) {
            catalog = CatalogReplica.start(crash.on(catalogLog), CatalogConfig.DEFAULT, new SecureRandom());
            reconciler = Reconciler.start(catalog, crash.on(wal), crash.on(shards), new SecureRandom());
        }

        TableDescription create(String name) {
            return table(submit(new CatalogCommand.CreateTable(name, KEYS, 3, SHARDS)));
        }

        TableDescription delete(String name) {
            return table(submit(new CatalogCommand.DeleteTable(name)));
        }

        CatalogOutcome submit(CatalogCommand command) {
            return join(catalog.submit(new RequestId(1, ids.incrementAndGet()), command));
        }

        void awaitSettled() {
            await(view -> view.state().unsettledTables().isEmpty());
        }

        void await(Predicate<CatalogView> condition) {
            join(catalog.read());
            join(catalog.await(condition, LIMIT));
        }

        @Override
        public void close() {
            catalog.close();
            reconciler.close();
        }
    }

    /** Where a process dies: at its n-th operation, and nothing that it does after that has an effect. */
    static final class CrashPoint {
        enum Side {
            BEFORE_EFFECT,
            AFTER_EFFECT
        }

        private final int operation;
        private final Side side;
        private final AtomicInteger operations = new AtomicInteger();
        private final CompletableFuture<Void> crashed = new CompletableFuture<>();

        CrashPoint(int operation, Side side) {
            this.operation = operation;
            this.side = side;
        }

        static CrashPoint never() {
            return new CrashPoint(Integer.MAX_VALUE, Side.BEFORE_EFFECT);
        }

        private <T> CompletionStage<T> pass(Supplier<CompletionStage<T>> effect) {
            int number = operations.incrementAndGet();
            if (number < operation) {
                return effect.get();
            }
            if (number == operation && side == Side.AFTER_EFFECT) {
                var unused = effect.get();
            }
            crashed.complete(null);
            return new CompletableFuture<>();
        }

        Log on(Log log) {
            return new InterceptedLog(log) {
                @Override
                public CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
                    return pass(() -> super.append(shard, payload));
                }
            };
        }

        ShardCaller on(ShardCaller nodes) {
            return (shard, request) -> pass(() -> nodes.call(shard, request));
        }
    }

    @Test
    void aCreatedTableIsOpenedOnItsShards() {
        try (ControlProcess process = new ControlProcess(CrashPoint.never())) {
            TableDescription table = process.create(NAME);
            process.awaitSettled();
            assertThat(process.catalog.view().state().table(NAME)).contains(table.withStatus(TableStatus.ACTIVE));
            assertOpen(table);
            assertThat(process.reconciler.unsettled()).isEmpty();
        }
    }

    @Test
    void aDeletedTableIsPurgedFromItsShards() {
        try (ControlProcess process = new ControlProcess(CrashPoint.never())) {
            TableDescription table = process.create(NAME);
            TableDescription other = process.create("others");
            process.awaitSettled();
            put(table, 2_500);
            put(other, 10);
            process.delete(NAME);
            process.await(view -> view.state().table(NAME).isEmpty());
            assertGone(table);
            assertOpen(other);
            assertThat(shards.itemCount()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource(CrashPoint.Side.class)
    void aCreationSurvivesACrashAtEveryStep(CrashPoint.Side side) {
        boolean crashed = true;
        for (int operation = 2; crashed; operation++) {
            assertThat(operation).isLessThan(50);
            CrashPoint crash = new CrashPoint(operation, side);
            String name = "table-" + operation;
            TableDescription table;
            try (ControlProcess process = new ControlProcess(crash)) {
                table = process.create(name);
                crashed = crashesBeforeSettling(process, crash);
            }
            try (ControlProcess next = new ControlProcess(CrashPoint.never())) {
                next.awaitSettled();
                assertThat(next.catalog.view().state().table(name)).contains(table.withStatus(TableStatus.ACTIVE));
                assertOpen(table);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CrashPoint.Side.class)
    void aDeletionSurvivesACrashAtEveryStep(CrashPoint.Side side) {
        boolean crashed = true;
        for (int operation = 2; crashed; operation++) {
            assertThat(operation).isLessThan(50);
            String name = "table-" + operation;
            TableDescription table;
            try (ControlProcess process = new ControlProcess(CrashPoint.never())) {
                table = process.create(name);
                process.awaitSettled();
            }
            put(table, 1_500);
            CrashPoint crash = new CrashPoint(operation, side);
            try (ControlProcess process = new ControlProcess(crash)) {
                process.delete(name);
                crashed = crashesBeforeSettling(process, crash);
            }
            try (ControlProcess next = new ControlProcess(CrashPoint.never())) {
                next.awaitSettled();
                assertThat(next.catalog.view().state().table(name)).isEmpty();
                assertGone(table);
                assertThat(shards.itemCount()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CrashPoint.Side.class)
    void aTableDeletedAfterACrashInItsCreationLeavesNothing(CrashPoint.Side side) {
        boolean crashed = true;
        for (int operation = 2; crashed; operation++) {
            assertThat(operation).isLessThan(50);
            CrashPoint crash = new CrashPoint(operation, side);
            String name = "table-" + operation;
            TableDescription table;
            try (ControlProcess process = new ControlProcess(crash)) {
                table = process.create(name);
                crashed = crashesBeforeSettling(process, crash);
            }
            try (ControlProcess next = new ControlProcess(CrashPoint.never())) {
                next.delete(name);
                next.awaitSettled();
                assertGone(table);
            }
        }
    }

    /** The opening of a process that was stopped in the middle comes when another has removed the table already. */
    @Test
    void anOpeningThatComesLateIsTakenBack() {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        TableDescription table;
        try (CatalogReplica catalog = CatalogReplica.start(catalogLog, CatalogConfig.DEFAULT, new SecureRandom());
                Reconciler stopped = Reconciler.start(catalog, after(reached, goOn), shards, new SecureRandom())) {
            table = createAndRemoveElsewhere(catalog, reached);
            goOn.complete(null);
            join(catalog.await(view -> stopped.unsettled().isEmpty(), LIMIT));
        }
        assertGone(table);
    }

    /** As above, but the process ends before it could take anything back. */
    @Test
    void anOpeningThatComesAfterItsProcessHasNoEffect() {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        TableDescription table;
        try (CatalogReplica catalog = CatalogReplica.start(catalogLog, CatalogConfig.DEFAULT, new SecureRandom());
                Reconciler stopped = Reconciler.start(catalog, after(reached, goOn), shards, new SecureRandom())) {
            table = createAndRemoveElsewhere(catalog, reached);
        }
        Lsn before = join(wal.end(new ShardId(0)));
        goOn.complete(null);
        assertThat(join(wal.end(new ShardId(0)))).isGreaterThan(before);
        assertGone(table);
    }

    /** Its appends wait for {@code goOn}; the first one completes {@code reached}. */
    private Log after(CompletableFuture<Void> reached, CompletableFuture<Void> goOn) {
        return new InterceptedLog(wal) {
            @Override
            public CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
                reached.complete(null);
                return goOn.thenCompose(now -> super.append(shard, payload));
            }
        };
    }

    /** The other process begins when the stopped one is in the middle. */
    private TableDescription createAndRemoveElsewhere(CatalogReplica catalog, CompletableFuture<Void> reached) {
        TableDescription table =
                table(join(catalog.submit(new RequestId(2, 1), new CatalogCommand.CreateTable(NAME, KEYS, 3, SHARDS))));
        join(reached);
        try (ControlProcess other = new ControlProcess(CrashPoint.never())) {
            other.awaitSettled();
            other.delete(NAME);
            other.awaitSettled();
            assertGone(table);
            return table;
        }
    }

    @Test
    void twoProcessesAtOnceEndInTheSameState() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        RandomGenerator random = new SplittableRandom(seed);
        List<TableDescription> all = new ArrayList<>();
        try (ControlProcess one = new ControlProcess(CrashPoint.never());
                ControlProcess two = new ControlProcess(CrashPoint.never())) {
            for (int i = 0; i < 60; i++) {
                ControlProcess process = random.nextBoolean() ? one : two;
                String name = "table-" + random.nextInt(5);
                CatalogOutcome outcome = process.submit(
                        random.nextInt(3) > 0
                                ? new CatalogCommand.CreateTable(name, KEYS, 3, SHARDS)
                                : new CatalogCommand.DeleteTable(name));
                if (outcome instanceof CatalogOutcome.TableIs is && is.table().status() == TableStatus.CREATING) {
                    all.add(is.table());
                }
            }
            one.awaitSettled();
            two.awaitSettled();
            assertThat(join(one.catalog.read()).state())
                    .isEqualTo(join(two.catalog.read()).state());
            for (TableDescription table : all) {
                boolean active = one.catalog.view().state().table(table.id()).isPresent();
                if (active) {
                    assertOpen(table);
                } else {
                    assertGone(table);
                }
            }
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed, failure);
        }
    }

    @Test
    void aShardThatDoesNotAnswerIsTriedAgainAndNamed() {
        AtomicBoolean served = new AtomicBoolean();
        ShardCaller failing = (shard, request) -> served.get()
                ? shards.call(shard, request)
                : CompletableFuture.failedFuture(new IllegalStateException("no zone serves shard " + shard));
        try (CatalogReplica catalog = CatalogReplica.start(catalogLog, CatalogConfig.DEFAULT, new SecureRandom());
                Reconciler reconciler = Reconciler.start(catalog, wal, failing, new SecureRandom())) {
            TableDescription table = table(
                    join(catalog.submit(new RequestId(3, 1), new CatalogCommand.CreateTable(NAME, KEYS, 3, SHARDS))));
            join(catalog.submit(new RequestId(3, 2), new CatalogCommand.DeleteTable(NAME)));
            org.awaitility.Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(reconciler.unsettled())
                            .anySatisfy(unsettled ->
                                    assertThat(unsettled.lastError().orElse("")).contains("no zone serves shard")));
            served.set(true);
            join(catalog.await(view -> view.state().table(NAME).isEmpty(), LIMIT));
            assertGone(table);
        }
    }

    private static boolean crashesBeforeSettling(ControlProcess process, CrashPoint crash) {
        CompletableFuture<Void> settled = process.catalog
                .await(view -> view.state().unsettledTables().isEmpty(), LIMIT)
                .toCompletableFuture()
                .thenAccept(view -> {});
        CompletableFuture.anyOf(settled, crash.crashed)
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        return crash.crashed.isDone();
    }

    private void assertOpen(TableDescription table) {
        for (int shard = 0; shard < SHARDS; shard++) {
            ShardId id = new ShardId(shard);
            List<HashRange> expected = table.route().partitions().stream()
                    .filter(partition -> partition.shard().equals(id))
                    .map(TableRoute.Partition::range)
                    .toList();
            assertThat(shards.openRanges(id, table.id())).isEqualTo(expected);
        }
    }

    private void assertGone(TableDescription table) {
        for (int shard = 0; shard < SHARDS; shard++) {
            assertThat(shards.knows(new ShardId(shard), table.id()))
                    .as("shard %s knows of table %s", shard, table.id())
                    .isFalse();
        }
    }

    private void put(TableDescription table, int count) {
        TableId id = table.id();
        for (int i = 0; i < count; i++) {
            AttributeValue key = new AttributeValue.S("page-" + i);
            Command.PutItem put = Command.PutItem.of(id, Item.of(Map.of("page", key)));
            ShardId shard = table.route().shardOf(KeyEncoding.encode(id, KEYS, PrimaryKey.of(key)));
            RequestId requestId = new RequestId(id.value() + 1_000L, i);
            NodeReply.Written written = shards.write(shard, WalCodec.encode(KEYS, Envelope.of(requestId, put)));
            assertThat(written.outcome()).isInstanceOf(Outcome.Applied.class);
        }
    }

    private static TableDescription table(CatalogOutcome outcome) {
        assertThat(outcome).isInstanceOf(CatalogOutcome.TableIs.class);
        return ((CatalogOutcome.TableIs) outcome).table();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
