package io.tidemark.launcher.bench;

import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.output.Terminal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Whether latency stays where it is when ten times as much is asked, as long as that is less than the cluster can do. */
final class RateSteps {
    /** Ten times as many are a tenth of what two processors do at once: far from where waiting in line begins. */
    private static final double LOW_PER_SECOND = 25;

    private static final double HIGH_PER_SECOND = 10 * LOW_PER_SECOND;
    private static final double P99_AT_MOST = 1.5;
    /** Of the usual length: a hundredth of a low rate is few operations. */
    private static final int TURNS = 3;

    private final BenchOptions options;
    private final Terminal terminal;
    private final BenchReport report;
    private final SplittableRandom random;

    RateSteps(BenchOptions options, Terminal terminal, BenchReport report, SplittableRandom random) {
        this.options = options;
        this.terminal = terminal;
        this.report = report;
        this.random = random;
    }

    void run(ApiClient api) throws InterruptedException {
        Map<String, Function<SplittableRandom, CompletableFuture<?>>> operations = new LinkedHashMap<>();
        operations.put("PutItem", api::put);
        operations.put("GetItem, eventual", caller -> api.get(caller, false));
        Map<String, Sample> low = new LinkedHashMap<>();
        Map<String, Sample> high = new LinkedHashMap<>();
        Duration turn = options.turn().multipliedBy(TURNS);
        Duration total = turn.multipliedBy(2L * options.rounds() * operations.size());
        OpenLoop loop = new OpenLoop(random);
        try (ProgressBar progress =
                new ProgressBar(terminal, "rates", Math.max(1, total.toSeconds()), "s", System::nanoTime)) {
            for (int round = 0; round < options.rounds(); round++) {
                for (var operation : operations.entrySet()) {
                    add(low, operation.getKey(), loop.run(operation.getValue(), LOW_PER_SECOND, turn));
                    add(high, operation.getKey(), loop.run(operation.getValue(), HIGH_PER_SECOND, turn));
                    progress.add(2 * turn.toSeconds());
                }
            }
        }
        operations.keySet().forEach(operation -> describe(operation, low, high));
    }

    private static void add(Map<String, Sample> samples, String operation, Sample sample) {
        samples.computeIfAbsent(operation, key -> new Sample()).add(sample);
    }

    private void describe(String operation, Map<String, Sample> low, Map<String, Sample> high) {
        double lowMillis = p99(operation, low);
        double highMillis = p99(operation, high);
        report.add(new Figure(operation + ", p99 at " + (int) LOW_PER_SECOND + " a second", lowMillis, "ms"));
        report.add(new Figure(operation + ", p99 at " + (int) HIGH_PER_SECOND + " a second", highMillis, "ms"));
        report.add(Target.atMost(
                "p99 of " + operation + " at ten times the rate", highMillis / lowMillis, P99_AT_MOST, "×"));
    }

    private static double p99(String operation, Map<String, Sample> samples) {
        Sample sample = samples.get(operation);
        if (sample == null || sample.count() == 0) {
            throw new BenchException("nothing was measured: " + operation, null);
        }
        return sample.p99Millis();
    }
}
