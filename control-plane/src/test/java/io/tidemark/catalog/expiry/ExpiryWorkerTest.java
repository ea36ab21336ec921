package io.tidemark.catalog.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.client.UpdateRequest;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.TableId;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.value.AttributeValue;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Expired items on a real storage node with a log in memory. */
@Timeout(180)
class ExpiryWorkerTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.700Z");
    private static final long NOW_SECONDS = NOW.getEpochSecond();
    private static final ExpiryConfig QUICK =
            new ExpiryConfig(Duration.ofMillis(10), 10_000_000, 10_000_000, 1_000, 32);

    private final MemoryCluster cluster = new MemoryCluster();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whatHasExpiredIsDeletedAndNothingElse() {
        cluster.put("now", 1, AttributeValue.N.of(NOW_SECONDS));
        cluster.put("half a second ago", 1, AttributeValue.N.of(NOW_SECONDS + ".5"));
        cluster.put("long ago", 1, seconds(Instant.parse("2021-01-31T12:00:00Z")));
        cluster.put("in a second", 1, AttributeValue.N.of(NOW_SECONDS + 1));
        cluster.put("in milliseconds", 1, AttributeValue.N.of(NOW.toEpochMilli()));
        cluster.put("too long ago", 1, seconds(Instant.parse("2021-01-31T11:59:59Z")));
        cluster.put("zero", 1, AttributeValue.N.of(0));
        cluster.put("text", 1, new AttributeValue.S(Long.toString(NOW_SECONDS)));
        cluster.put("bytes", 1, new AttributeValue.B(Bytes.wrap(new byte[] {1})));
        cluster.put("list", 1, new AttributeValue.L(List.of(AttributeValue.N.of(NOW_SECONDS))));
        cluster.put("null", 1, new AttributeValue.Null());

        worker().pass();

        // Times are compared in whole seconds: what expires within this one goes in the next.
        for (String gone : List.of("now", "long ago")) {
            assertThat(cluster.has(gone, 1)).as(gone).isFalse();
        }
        for (String there : List.of(
                "half a second ago",
                "in a second",
                "in milliseconds",
                "too long ago",
                "zero",
                "text",
                "bytes",
                "list",
                "null")) {
            assertThat(cluster.has(there, 1)).as(there).isTrue();
        }
        assertThat(count("deleted.items")).isEqualTo(2);
        assertThat(count("scanned.items")).isEqualTo(11);
        assertThat(count("failures")).isZero();
    }

    @Test
    void anItemIsReadableUntilItIsDeletedAndGoesWhenItsTimeHasCome() {
        cluster.put("later", 1, AttributeValue.N.of(NOW_SECONDS + 5));
        ExpiryWorker worker = worker();
        worker.pass();
        now.set(NOW.plusSeconds(5));
        assertThat(cluster.has("later", 1)).isTrue();
        worker.pass();
        assertThat(cluster.has("later", 1)).isFalse();
    }

    @Test
    void anItemWhoseTimeIsPutOffBetweenSearchAndDeletionStays() {
        cluster.put("put off", 1, AttributeValue.N.of(NOW_SECONDS - 1));
        cluster.put("gone", 1, AttributeValue.N.of(NOW_SECONDS - 1));
        cluster.afterScan(() -> cluster.client()
                .update(UpdateRequest.of(
                        MemoryCluster.TABLE,
                        MemoryCluster.key("put off", 1),
                        set("expires", AttributeValue.N.of(NOW_SECONDS + 100)))));

        worker().pass();

        assertThat(cluster.has("put off", 1)).isTrue();
        assertThat(cluster.has("gone", 1)).isFalse();
        assertThat(count("deleted.items")).isEqualTo(1);
        assertThat(count("failures")).isZero();
    }

    @Test
    void twoProcessesThatRaceDeleteEachItemOnce() {
        int items = 300;
        for (int i = 0; i < items; i++) {
            cluster.put("user-" + i % 7, i, AttributeValue.N.of(NOW_SECONDS - i));
        }
        ExpiryWorker first = worker();
        ExpiryWorker second = worker();
        CompletableFuture.allOf(CompletableFuture.runAsync(first::pass), CompletableFuture.runAsync(second::pass))
                .join();
        assertThat(cluster.itemCount()).isZero();
        assertThat(count("deleted.items")).isEqualTo(items);
        assertThat(count("failures")).isZero();
    }

    @Test
    void aTableIsSearchedPageByPage() {
        for (int i = 0; i < 250; i++) {
            cluster.put("user-" + i % 3, i, AttributeValue.N.of(i % 2 == 0 ? NOW_SECONDS : NOW_SECONDS + 60));
        }
        worker(
                        () -> List.of(MemoryCluster.table()),
                        new ExpiryConfig(Duration.ofSeconds(1), 1_000_000, 1_000_000, 7, 4))
                .pass();
        assertThat(cluster.itemCount()).isEqualTo(125);
        assertThat(count("scanned.items")).isEqualTo(250);
    }

    @Test
    void theSearchOfATableEndsWhenItsItemsExpireNoMore() {
        for (int i = 0; i < 50; i++) {
            cluster.put("user", i, AttributeValue.N.of(NOW_SECONDS));
        }
        AtomicReference<List<ExpiringTable>> tables = new AtomicReference<>(List.of(MemoryCluster.table()));
        cluster.afterScan(() -> tables.set(List.of()));
        worker(tables::get, new ExpiryConfig(Duration.ofSeconds(1), 1_000_000, 1_000_000, 10, 10))
                .pass();
        assertThat(cluster.itemCount()).isBetween(40L, 50L);
    }

    @Test
    void aTableThatCannotBeSearchedDoesNotKeepOthersFromIt() {
        cluster.put("gone", 1, AttributeValue.N.of(NOW_SECONDS));
        ExpiringTable unknown = new ExpiringTable(
                "unknown", new TableId(9), KeySchema.of(new KeyAttribute("k", KeyType.S)), "expires", 1);
        worker(() -> List.of(unknown, MemoryCluster.table()), QUICK).pass();
        assertThat(cluster.has("gone", 1)).isFalse();
        assertThat(count("failures")).isEqualTo(1);
    }

    @Test
    void thePaceBoundsWhatIsDeleted() {
        for (int i = 0; i < 30; i++) {
            cluster.put("user", i, AttributeValue.N.of(NOW_SECONDS));
        }
        long start = System.nanoTime();
        worker(() -> List.of(MemoryCluster.table()), new ExpiryConfig(Duration.ofSeconds(1), 1_000_000, 100, 10, 10))
                .pass();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
        assertThat(cluster.itemCount()).isZero();
    }

    @Test
    void aStartedWorkerSearchesAgainAndAgainUntilItIsClosed() {
        now.set(Instant.EPOCH.plusSeconds(1_000));
        try (ExpiryWorker worker = ExpiryWorker.start(
                cluster.client(), () -> List.of(MemoryCluster.table()), QUICK, now::get, new SecureRandom(), metrics)) {
            for (int i = 0; i < 3; i++) {
                int at = i;
                cluster.put("user", at, AttributeValue.N.of(1_000));
                Awaitility.await().until(() -> !cluster.has("user", at));
            }
        }
        cluster.put("user", 4, AttributeValue.N.of(1_000));
        double scanned = count("scanned.items");
        assertThat(metrics.get("tidemark.expiry.last.pass.seconds").gauge().value())
                .isPositive();
        assertThat(cluster.has("user", 4)).isTrue();
        assertThat(count("scanned.items")).isEqualTo(scanned);
    }

    private ExpiryWorker worker() {
        return worker(() -> List.of(MemoryCluster.table()), QUICK);
    }

    private ExpiryWorker worker(Supplier<List<ExpiringTable>> tables, ExpiryConfig config) {
        InstantSource clock = now::get;
        return new ExpiryWorker(cluster.client(), tables, config, clock, System::nanoTime, new SecureRandom(), metrics);
    }

    private double count(String name) {
        return metrics.get("tidemark.expiry." + name).counter().count();
    }

    private static AttributeValue seconds(Instant time) {
        return AttributeValue.N.of(time.getEpochSecond());
    }

    private static UpdateExpression set(String attribute, AttributeValue value) {
        return UpdateExpression.of(new UpdateAction.Set(DocumentPath.of(attribute), new UpdateValue.Literal(value)));
    }
}
