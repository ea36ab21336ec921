package io.tidemark.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.launcher.output.Terminal;
import io.tidemark.schema.TableId;
import io.tidemark.schema.wire.WalPayload;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final Terminal TERMINAL = new Terminal(NOWHERE, NOWHERE, false);

    private static BenchOptions options(Set<Part> parts) {
        return new BenchOptions(
                parts,
                List.of(1),
                Duration.ofSeconds(1),
                1,
                Duration.ZERO,
                20_000,
                1_000,
                false,
                new ApiOptions(List.of(1), Duration.ofSeconds(1), Optional.empty()));
    }

    @Test
    void replayAndScanGiveTheirFiguresAndTargets() throws InterruptedException {
        BenchReport report = Bench.run(options(EnumSet.of(Part.REPLAY, Part.SCAN)), TERMINAL, new SplittableRandom(1));

        ObjectNode json = report.toJson();
        assertThat(json.path("operations").size()).isZero();
        assertThat(json.path("targets").findValuesAsText("name"))
                .containsExactly("replay on one core", "deep scan against a bare iterator");
        assertThat(json.path("figures"))
                .allSatisfy(
                        figure -> assertThat(figure.path("value").doubleValue()).isPositive());
        assertThat(report.toText()).contains("replay on one core", "at least 100,000 records/s");
    }

    @Test
    void everyCallerIsMeasuredUntilTheTimeIsUp() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        ClosedLoop loop = new ClosedLoop(new SplittableRandom(1), () -> {});

        Sample sample = loop.run(
                random -> {
                    Thread.sleep(10);
                    done.incrementAndGet();
                },
                4,
                Duration.ofMillis(200));

        assertThat(sample.count()).isEqualTo(done.get()).isGreaterThanOrEqualTo(4);
        assertThat(sample.p50Millis()).isGreaterThan(9);
        assertThat(sample.perSecond()).isPositive();
    }

    @Test
    void anOperationThatFailsEndsTheMeasurementAndIsNamed() {
        ClosedLoop loop = new ClosedLoop(new SplittableRandom(1), () -> {});

        assertThatThrownBy(() -> loop.run(
                        random -> {
                            throw new IllegalStateException("no leader");
                        },
                        2,
                        Duration.ofMillis(50)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("no leader");
    }

    @Test
    void operationsOfASteadyRateCountFromWhenTheyWereDue() throws InterruptedException {
        OpenLoop loop = new OpenLoop(new SplittableRandom(1));
        AtomicInteger begun = new AtomicInteger();

        // The first one keeps the thread that begins them; those after it are late, though they are quick.
        Sample sample = loop.run(
                random -> {
                    if (begun.getAndIncrement() == 0) {
                        LockSupport.parkNanos(Duration.ofMillis(120).toNanos());
                    }
                    return CompletableFuture.completedFuture("done");
                },
                100,
                Duration.ofMillis(200));

        assertThat(sample.count()).isEqualTo(20);
        assertThat(sample.p50Millis()).isGreaterThan(5);
    }

    @Test
    void aRateThatIsTooHighIsSaid() {
        OpenLoop loop = new OpenLoop(new SplittableRandom(1));

        assertThatThrownBy(() -> loop.run(random -> new CompletableFuture<>(), 1_000_000, Duration.ofSeconds(1)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("too high");
    }

    @Test
    void withoutDynamoDbLocalItSaysHowToGetItBeforeAnythingStarts() {
        assertThatThrownBy(() -> Bench.run(options(EnumSet.of(Part.API)), TERMINAL, new SplittableRandom(1)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("--dynamodb-local");
    }

    @Test
    void theWorkloadsRecordsHaveTheFloorsSize() {
        WalPayload put = Workload.put(new TableId(7), 12_345, new SplittableRandom(1));

        assertThat(put.key().length() + put.value().length())
                .isBetween(Workload.RECORD_BYTES - 10, Workload.RECORD_BYTES + 10);
    }

    @Test
    void nothingToMeasureIsRefused() {
        assertThatThrownBy(() -> options(Set.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
