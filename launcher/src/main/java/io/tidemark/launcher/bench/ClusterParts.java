package io.tidemark.launcher.bench;

import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.output.Terminal;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.node.Consistency;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** What needs a cluster: writes beside their floor, reads, and the restart of a zone's replicas. */
final class ClusterParts {
    private static final String FLOOR = "raw Kafka acknowledgement (floor)";
    private static final String WRITE = "applied write";
    private static final String HTTP_WRITE = "applied write, HTTP";
    private static final String EVENTUAL = "eventual read";
    private static final String STRONG = "strong read";
    private static final String HTTP_EVENTUAL = "eventual read, HTTP";
    private static final String HTTP_STRONG = "strong read, HTTP";

    private static final int MANY_CALLERS = 256;
    private static final double WRITE_P50_RATIO_AT_MOST = 1.6;
    private static final double WRITE_RATE_RATIO_AT_LEAST = 0.25;
    private static final double EVENTUAL_P50_AT_MOST_MILLIS = 0.3;

    private final BenchOptions options;
    private final Terminal terminal;
    private final BenchReport report;
    private final SplittableRandom random;

    /** An operation with a number of callers. */
    private record Measured(String operation, int callers) {}

    ClusterParts(BenchOptions options, Terminal terminal, BenchReport report, SplittableRandom random) {
        this.options = options;
        this.terminal = terminal;
        this.report = report;
        this.random = random;
    }

    void run() throws InterruptedException {
        if (!options.needsCluster()) {
            return;
        }
        try (TemporaryFolder folder = new TemporaryFolder();
                BenchCluster cluster = BenchCluster.start(
                        folder.path(),
                        (part, detail, elapsed) -> terminal.err()
                                .printf(Locale.ROOT, "  %5.1f s  %s: %s%n", elapsed.toMillis() / 1e3, part, detail),
                        random.split())) {
            if (!options.archiver()) {
                cluster.cluster().archiver().close();
            }
            if (options.parts().contains(Part.WRITES) || options.parts().contains(Part.READS)) {
                measure(cluster);
            }
            if (options.parts().contains(Part.RESTART)) {
                new Restart(cluster, options.items(), terminal, report, random.split()).run();
            }
        }
    }

    private void measure(BenchCluster cluster) throws InterruptedException {
        ClusterDescription description = cluster.cluster().description();
        List<Zone> zones = description.zones().stream()
                .map(ClusterDescription.ZoneNodes::zone)
                .toList();
        String brokers = cluster.cluster().brokers().bootstrapServers();
        try (Floor floor = new Floor(brokers, zones, description.shardCount())) {
            Map<String, Operation> operations = operations(floor, new Operations(cluster));
            warmUp(operations);
            Map<Measured, Sample> samples = rounds(operations);
            describe(operations, samples);
        }
    }

    /** In the order in which they are measured and shown. Reads are compared with writes, so these are always there. */
    private Map<String, Operation> operations(Floor floor, Operations operations) {
        Map<String, Operation> all = new LinkedHashMap<>();
        all.put(FLOOR, floor::append);
        all.put(WRITE, operations::write);
        boolean http = options.parts().contains(Part.HTTP);
        if (http && options.parts().contains(Part.WRITES)) {
            all.put(HTTP_WRITE, operations::writeOverHttp);
        }
        if (options.parts().contains(Part.READS)) {
            all.put(EVENTUAL, caller -> operations.read(caller, Consistency.EVENTUAL));
            all.put(STRONG, caller -> operations.read(caller, Consistency.STRONG));
        }
        if (http && options.parts().contains(Part.READS)) {
            all.put(HTTP_EVENTUAL, caller -> operations.readOverHttp(caller, Consistency.EVENTUAL));
            all.put(HTTP_STRONG, caller -> operations.readOverHttp(caller, Consistency.STRONG));
        }
        return all;
    }

    private void warmUp(Map<String, Operation> operations) throws InterruptedException {
        try (ProgressBar progress = seconds("warm-up", options.warmUp())) {
            new ClosedLoop(random, () -> progress.add(1))
                    .warmUp(operations.values(), Collections.max(options.callers()), options.warmUp());
        }
    }

    private Map<Measured, Sample> rounds(Map<String, Operation> operations) throws InterruptedException {
        Map<Measured, Sample> samples = new LinkedHashMap<>();
        Duration total = options.measurement()
                .multipliedBy((long) operations.size() * options.callers().size());
        try (ProgressBar progress = seconds("measuring", total)) {
            ClosedLoop loop = new ClosedLoop(random, () -> progress.add(1));
            for (int round = 0; round < options.rounds(); round++) {
                for (int callers : options.callers()) {
                    for (Map.Entry<String, Operation> operation : operations.entrySet()) {
                        Sample turn = loop.run(operation.getValue(), callers, options.turn());
                        samples.computeIfAbsent(new Measured(operation.getKey(), callers), key -> new Sample())
                                .add(turn);
                    }
                }
            }
        }
        return samples;
    }

    private void describe(Map<String, Operation> operations, Map<Measured, Sample> samples) {
        for (int callers : options.callers()) {
            Sample floor = get(samples, FLOOR, callers);
            Sample write = get(samples, WRITE, callers);
            for (String operation : operations.keySet()) {
                Sample sample = get(samples, operation, callers);
                LatencyFigure figure = LatencyFigure.of(operation, callers, sample);
                report.add(
                        switch (operation) {
                            case FLOOR -> figure;
                            case WRITE, HTTP_WRITE -> figure.against(floor);
                            default -> figure.against(write);
                        });
            }
            addTargets(callers, floor, write, samples);
        }
    }

    private void addTargets(int callers, Sample floor, Sample write, Map<Measured, Sample> samples) {
        if (callers < MANY_CALLERS) {
            report.add(Target.atMost(
                    "write p50 against the floor, callers: " + callers,
                    write.p50Millis() / floor.p50Millis(),
                    WRITE_P50_RATIO_AT_MOST,
                    "×"));
        } else {
            report.add(Target.atLeast(
                    "write rate against the floor, callers: " + callers,
                    write.perSecond() / floor.perSecond(),
                    WRITE_RATE_RATIO_AT_LEAST,
                    "×"));
        }
        if (options.parts().contains(Part.READS)) {
            report.add(Target.atMost(
                    "strong read p50 against the write's, callers: " + callers,
                    get(samples, STRONG, callers).p50Millis() / write.p50Millis(),
                    1,
                    "×"));
            if (callers == 1) {
                report.add(Target.atMost(
                        "eventual read p50, callers: 1",
                        get(samples, EVENTUAL, callers).p50Millis(),
                        EVENTUAL_P50_AT_MOST_MILLIS,
                        "ms"));
            }
        }
    }

    private static Sample get(Map<Measured, Sample> samples, String operation, int callers) {
        Sample sample = samples.get(new Measured(operation, callers));
        if (sample == null || sample.count() == 0) {
            throw new BenchException("nothing was measured: " + operation + ", callers: " + callers, null);
        }
        return sample;
    }

    private ProgressBar seconds(String title, Duration total) {
        return new ProgressBar(terminal, title, Math.max(1, total.toSeconds()), "s", System::nanoTime);
    }
}
