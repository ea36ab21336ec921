package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.log.Log;
import io.tidemark.log.LogException;
import io.tidemark.log.MemoryLog;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.wire.CatalogCodec;
import io.tidemark.schema.wire.WalPayload;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogReplicaTest {
    private static final KeySchema KEYS = KeySchema.of(new KeyAttribute("page", KeyType.S));

    private final Log log = new MemoryLog(1, InstantSource.system());
    private final List<CatalogReplica> replicas = new ArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();

    @AfterEach
    void close() {
        replicas.forEach(CatalogReplica::close);
        log.close();
    }

    @Test
    void aChangeIsAnsweredWhenItIsInTheView() {
        CatalogReplica catalog = start(log, CatalogConfig.DEFAULT);
        CatalogOutcome outcome = join(catalog.submit(id(), create("pages")));
        assertThat(outcome).isInstanceOf(CatalogOutcome.TableIs.class);
        assertThat(catalog.view().state().table("pages")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReadSeesWhatAnotherProcessWasTold(boolean endCanBeConfirmed) {
        CatalogReplica writer = start(log, CatalogConfig.DEFAULT);
        CatalogReplica reader = start(endCanBeConfirmed ? log : unconfirmed(log), CatalogConfig.DEFAULT);
        for (int i = 0; i < 200; i++) {
            String name = "table-" + i;
            join(writer.submit(id(), create(name)));
            assertThat(join(reader.read()).state().table(name)).isPresent();
        }
    }

    @Test
    void aNewReplicaReadsEverythingAndAgrees() {
        CatalogReplica first = start(log, CatalogConfig.DEFAULT);
        for (int i = 0; i < 50; i++) {
            join(first.submit(id(), create("table-" + i)));
        }
        join(first.submit(id(), new CatalogCommand.DeleteTable("table-7")));
        first.close();
        CatalogReplica second = start(log, CatalogConfig.DEFAULT);
        assertThat(join(second.read()).state()).isEqualTo(first.view().state());
    }

    @Test
    void oneRequestSentTwiceAtOnceTakesEffectOnce() {
        CatalogReplica catalog = start(log, CatalogConfig.DEFAULT);
        RequestId id = id();
        CompletionStage<CatalogOutcome> first = catalog.submit(id, create("pages"));
        CompletionStage<CatalogOutcome> second = catalog.submit(id, create("pages"));
        assertThat(join(first)).isEqualTo(join(second)).isInstanceOf(CatalogOutcome.TableIs.class);
    }

    @Test
    void anAppendThatMayHaveFailedIsRepeatedAndTakesEffectOnce() {
        AtomicInteger appends = new AtomicInteger();
        Log unsure = new InterceptedLog(log) {
            @Override
            public CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
                CompletionStage<Lsn> appended = super.append(shard, payload);
                return appends.incrementAndGet() <= 2
                        ? CompletableFuture.failedFuture(
                                new LogException(LogException.Kind.UNAVAILABLE, "no answer from the broker"))
                        : appended;
            }
        };
        CatalogReplica catalog = start(unsure, CatalogConfig.DEFAULT);
        assertThat(join(catalog.submit(id(), create("pages")))).isInstanceOf(CatalogOutcome.TableIs.class);
        assertThat(catalog.view().state().tableCount()).isEqualTo(1);
    }

    @Test
    void aLogThatFailsForAWhileIsFollowedFromWhereItFailed() {
        AtomicInteger polls = new AtomicInteger();
        Log failing = new InterceptedLog(log) {
            @Override
            protected void beforePoll() {
                if (polls.incrementAndGet() % 2 == 0) {
                    throw new LogException(LogException.Kind.UNAVAILABLE, "the broker is gone");
                }
            }
        };
        CatalogReplica catalog = start(failing, CatalogConfig.DEFAULT);
        for (int i = 0; i < 10; i++) {
            assertThat(join(catalog.submit(id(), create("table-" + i)))).isInstanceOf(CatalogOutcome.TableIs.class);
        }
        assertThat(catalog.view().nextLsn()).isEqualTo(new Lsn(10));
        assertThat(catalog.fault()).isEmpty();
    }

    @Test
    void aChangeThatNobodyAppliesTimesOutAndSaysHowToRepeatIt() {
        Log silent = new InterceptedLog(log) {
            @Override
            public CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
                return new CompletableFuture<>();
            }
        };
        CatalogReplica catalog = start(silent, config(Duration.ofMillis(50), 100));
        RequestId id = id();
        assertFails(catalog.submit(id, create("pages")), CatalogException.Kind.TIMEOUT, id.toString());
    }

    @Test
    void tooManyChangesAtOnceAreRefused() {
        Log silent = new InterceptedLog(log) {
            @Override
            public CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
                return new CompletableFuture<>();
            }
        };
        CatalogReplica catalog = start(silent, config(Duration.ofSeconds(20), 2));
        CompletionStage<CatalogOutcome> first = catalog.submit(id(), create("one"));
        CompletionStage<CatalogOutcome> second = catalog.submit(id(), create("two"));
        assertFails(catalog.submit(id(), create("three")), CatalogException.Kind.OVERLOADED, "2 changes");
        catalog.close();
        assertFails(first, CatalogException.Kind.UNAVAILABLE, "closed");
        assertFails(second, CatalogException.Kind.UNAVAILABLE, "closed");
        assertFails(catalog.submit(id(), create("four")), CatalogException.Kind.UNAVAILABLE, "closed");
    }

    @Test
    void aForeignRecordIsPassedOver() {
        CatalogReplica catalog = start(log, CatalogConfig.DEFAULT);
        join(log.append(
                CatalogReplica.SHARD,
                new WalPayload(Bytes.wrap(new byte[] {1}), Bytes.wrap(new byte[] {2}), List.of())));
        join(catalog.submit(id(), create("pages")));
        assertThat(catalog.view().state().skippedRecords()).isEqualTo(1);
    }

    @Test
    void newerSemanticsStopTheReplicaAndFailItsCallers() {
        CatalogReplica catalog = start(log, CatalogConfig.DEFAULT);
        join(catalog.submit(id(), create("pages")));
        CatalogEnvelope newer =
                new CatalogEnvelope(CatalogEnvelope.CURRENT_VERSION + 1, id(), new CatalogCommand.Barrier());
        join(log.append(CatalogReplica.SHARD, CatalogCodec.encode(newer)));
        Awaitility.await().until(() -> catalog.fault().isPresent());
        assertThat(catalog.fault().orElseThrow()).contains("install a newer build");
        assertThat(catalog.view().state().table("pages")).isPresent();
        assertFails(catalog.submit(id(), create("others")), CatalogException.Kind.UNAVAILABLE, "newer build");
        assertFails(catalog.read(), CatalogException.Kind.UNAVAILABLE, "newer build");
    }

    @Test
    void whoeverWaitsForAStateIsToldWhenItComes() {
        CatalogReplica catalog = start(log, CatalogConfig.DEFAULT);
        CompletionStage<CatalogView> two =
                catalog.await(view -> view.state().tableCount() == 2, Duration.ofSeconds(20));
        join(catalog.submit(id(), create("one")));
        assertThat(two.toCompletableFuture()).isNotDone();
        join(catalog.submit(id(), create("two")));
        assertThat(join(two).state().tableCount()).isEqualTo(2);
        assertFails(
                catalog.await(view -> view.state().tableCount() == 3, Duration.ofMillis(20)),
                CatalogException.Kind.TIMEOUT,
                "");
    }

    @Test
    void aTableThatIsNotThereIsNotOpened() {
        CatalogReplica catalog = start(log, CatalogConfig.DEFAULT);
        CatalogOutcome outcome = join(catalog.submit(id(), new CatalogCommand.TableOpened(new TableId(1))));
        assertThat(outcome).isInstanceOf(CatalogOutcome.Refused.class);
    }

    private CatalogReplica start(Log of, CatalogConfig config) {
        CatalogReplica replica = CatalogReplica.start(of, config, new SecureRandom());
        replicas.add(replica);
        return replica;
    }

    private static Log unconfirmed(Log log) {
        return new InterceptedLog(log) {
            @Override
            public CompletionStage<Lsn> confirmedEnd(ShardId shard) {
                return CompletableFuture.failedStage(
                        new LogException(LogException.Kind.UNAVAILABLE, "nobody vouches for an end"));
            }
        };
    }

    private RequestId id() {
        return new RequestId(1, ids.incrementAndGet());
    }

    private static CatalogConfig config(Duration timeout, int maxPending) {
        return new CatalogConfig(timeout, maxPending, Duration.ofMillis(5), Duration.ofMillis(50));
    }

    private static CatalogCommand create(String name) {
        return new CatalogCommand.CreateTable(name, KEYS, 3, 3);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    private static void assertFails(CompletionStage<?> stage, CatalogException.Kind kind, String message) {
        assertThatThrownBy(() -> join(stage))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(CatalogException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(kind);
                    assertThat(failure).hasMessageContaining(message);
                });
    }
}
