package io.tidemark.launcher.bench;

import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.output.Terminal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * The same operations by the same client at Tidemark's router and at DynamoDB Local, in turns; and, to see what the way there costs, as
 * prepared HTTP requests and by the Java client.
 */
final class ApiComparison {
    private static final double WRITE_RATE_AT_LEAST = 3;
    private static final double READ_RATE_AT_LEAST = 1;
    private static final double WRITE_P99_AT_MOST = 1;
    private static final double HTTP_P50_AT_MOST_MILLIS = 0.5;
    /** Clients, router, nodes and brokers in one process are so much code that compiling it takes minutes on two processors. */
    private static final int WARM_UPS = 5;
    /** From so many callers on the targets for writes hold. */
    private static final int SEVERAL_CALLERS = 16;

    /** What is done, in the order of the report. */
    enum Kind {
        PUT("PutItem", true),
        UPDATE("UpdateItem", true),
        GET_EVENTUAL("GetItem, eventual", false),
        GET_STRONG("GetItem, strong", false);

        private final String title;
        private final boolean write;

        Kind(String title, boolean write) {
            this.title = title;
            this.write = write;
        }
    }

    /** Where it is done. */
    enum Way {
        TIDEMARK(""),
        LOCAL(", DynamoDB Local"),
        PREPARED(", prepared HTTP request"),
        JAVA(", Java client");

        private final String suffix;

        Way(String suffix) {
            this.suffix = suffix;
        }
    }

    private record Measured(Kind kind, Way way, int callers) {
        String title() {
            return kind.title + way.suffix;
        }
    }

    private final BenchOptions options;
    private final Terminal terminal;
    private final BenchReport report;
    private final SplittableRandom random;

    ApiComparison(BenchOptions options, Terminal terminal, BenchReport report, SplittableRandom random) {
        this.options = options;
        this.terminal = terminal;
        this.report = report;
        this.random = random;
    }

    void run(ApiCluster tidemark, ApiClient local) throws InterruptedException {
        Map<Measured, Operation> plan = plan(tidemark, local);
        warmUp(plan);
        Map<Measured, Sample> samples = rounds(plan);
        for (int callers : options.api().callers()) {
            for (Kind kind : Kind.values()) {
                describe(kind, callers, samples);
            }
        }
    }

    /** Tidemark and DynamoDB Local take turns at each operation; with one caller the other ways do, too. */
    private Map<Measured, Operation> plan(ApiCluster tidemark, ApiClient local) {
        Map<Measured, Operation> plan = new LinkedHashMap<>();
        for (int callers : options.api().callers()) {
            for (Kind kind : Kind.values()) {
                plan.put(new Measured(kind, Way.TIDEMARK, callers), joined(kind, tidemark.api()));
                plan.put(new Measured(kind, Way.LOCAL, callers), joined(kind, local));
                if (callers == 1) {
                    plan.put(
                            new Measured(kind, Way.PREPARED, callers),
                            caller -> tidemark.prepared().call(kind, caller));
                    plan.put(new Measured(kind, Way.JAVA, callers), caller -> byJavaClient(kind, tidemark, caller));
                }
            }
        }
        return plan;
    }

    private static Operation joined(Kind kind, ApiClient client) {
        BiFunction<Kind, SplittableRandom, CompletableFuture<?>> call = (which, caller) -> switch (which) {
            case PUT -> client.put(caller);
            case UPDATE -> client.update(caller);
            case GET_EVENTUAL -> client.get(caller, false);
            case GET_STRONG -> client.get(caller, true);
        };
        return caller -> {
            var unused = call.apply(kind, caller).join();
        };
    }

    private static void byJavaClient(Kind kind, ApiCluster tidemark, SplittableRandom caller) {
        switch (kind) {
            case PUT -> tidemark.put(caller);
            case UPDATE -> tidemark.update(caller);
            case GET_EVENTUAL -> tidemark.get(caller, false);
            case GET_STRONG -> tidemark.get(caller, true);
        }
    }

    private void warmUp(Map<Measured, Operation> plan) throws InterruptedException {
        Duration all = options.warmUp().multipliedBy(WARM_UPS);
        int callers = Collections.max(options.api().callers());
        // The others are the same operations, with other numbers of callers.
        List<Operation> operations = plan.entrySet().stream()
                .filter(entry ->
                        entry.getKey().callers() == options.api().callers().getFirst())
                .map(Map.Entry::getValue)
                .toList();
        try (ProgressBar progress = seconds("warm-up", all)) {
            new ClosedLoop(random, () -> progress.add(1)).warmUp(operations, callers, all);
        }
    }

    private Map<Measured, Sample> rounds(Map<Measured, Operation> plan) throws InterruptedException {
        Map<Measured, Sample> samples = new LinkedHashMap<>();
        try (ProgressBar progress = seconds("API", options.measurement().multipliedBy(plan.size()))) {
            ClosedLoop loop = new ClosedLoop(random, () -> progress.add(1));
            for (int round = 0; round < options.rounds(); round++) {
                for (Map.Entry<Measured, Operation> entry : plan.entrySet()) {
                    Sample turn = loop.run(entry.getValue(), entry.getKey().callers(), options.turn());
                    samples.computeIfAbsent(entry.getKey(), key -> new Sample()).add(turn);
                }
            }
        }
        return samples;
    }

    private void describe(Kind kind, int callers, Map<Measured, Sample> samples) {
        Measured measured = new Measured(kind, Way.TIDEMARK, callers);
        Measured peer = new Measured(kind, Way.LOCAL, callers);
        Sample own = get(samples, measured);
        Sample local = get(samples, peer);
        report.add(LatencyFigure.of(peer.title(), callers, local));
        report.add(LatencyFigure.of(measured.title(), callers, own).against(local));
        String subject = kind.title + " against DynamoDB Local, callers: " + callers;
        if (!kind.write) {
            report.add(Target.atLeast(subject, own.perSecond() / local.perSecond(), READ_RATE_AT_LEAST, "×"));
        } else if (callers >= SEVERAL_CALLERS) {
            report.add(Target.atLeast(subject, own.perSecond() / local.perSecond(), WRITE_RATE_AT_LEAST, "×"));
            report.add(Target.atMost("p99 of " + subject, own.p99Millis() / local.p99Millis(), WRITE_P99_AT_MOST, "×"));
        }
        if (callers == 1) {
            describeWay(kind, callers, samples);
        }
    }

    private void describeWay(Kind kind, int callers, Map<Measured, Sample> samples) {
        Measured sent = new Measured(kind, Way.PREPARED, callers);
        Measured java = new Measured(kind, Way.JAVA, callers);
        Sample prepared = get(samples, sent);
        Sample direct = get(samples, java);
        double sdkMillis =
                get(samples, new Measured(kind, Way.TIDEMARK, callers)).p50Millis();
        report.add(LatencyFigure.of(sent.title(), callers, prepared));
        report.add(LatencyFigure.of(java.title(), callers, direct));
        report.add(new Figure("p50 that the SDK adds to " + kind.title, sdkMillis - prepared.p50Millis(), "ms"));
        report.add(Target.atMost(
                "p50 that HTTP adds to " + kind.title,
                prepared.p50Millis() - direct.p50Millis(),
                HTTP_P50_AT_MOST_MILLIS,
                "ms"));
    }

    private static Sample get(Map<Measured, Sample> samples, Measured measured) {
        Sample sample = samples.get(measured);
        if (sample == null || sample.count() == 0) {
            throw new BenchException("nothing was measured: " + measured, null);
        }
        return sample;
    }

    private ProgressBar seconds(String title, Duration total) {
        return new ProgressBar(terminal, title, Math.max(1, total.toSeconds()), "s", System::nanoTime);
    }
}
