package io.tidemark.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.cluster.EmbeddedClusterOptions;
import io.tidemark.launcher.config.ClientSection;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.Terminal;
import io.tidemark.launcher.roles.Entropy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The whole demo, on a cluster that it starts itself in this process or on one that runs elsewhere. */
public final class DemoRun {
    private static final Path PROCESS_STATUS = Path.of("/proc/self/status");

    private final Terminal terminal;
    private final boolean json;

    /** @param json print one JSON object at the end, and nothing else on standard output */
    public DemoRun(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /**
     * Runs it on the cluster that the section describes, which must not have the demo's tables yet.
     *
     * @return whether every check held
     */
    public boolean connected(ClientSection client) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        DemoLog log = new DemoLog(terminal, json);
        log.step("Connect to " + client.control());
        try (ConnectedTarget target = new ConnectedTarget(client)) {
            log.say("zones %s", Demo.zones(target));
            story(target, log);
        }
        return conclude(log, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /**
     * Runs it on a cluster in this process.
     *
     * @param data an empty folder for all that the cluster keeps
     * @return whether every check held
     */
    public boolean embedded(Path data) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        DemoLog log = new DemoLog(terminal, json);
        log.step("Start a cluster in this process: 3 brokers, S3, 3 storage nodes, control plane, archiver");
        try (EmbeddedCluster cluster = EmbeddedCluster.start(
                EmbeddedClusterOptions.in(data),
                (part, detail, elapsed) -> log.say("%5.1f s  %-9s %s", elapsed.toMillis() / 1000.0, part, detail))) {
            log.figure("start_ms", Duration.ofNanos(System.nanoTime() - startNanos));
            try (EmbeddedTarget target = new EmbeddedTarget(cluster, data.resolve("verifier"))) {
                story(target, log);
            }
            log.step("Stop the cluster");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        log.figure("total_ms", took);
        peakMemory().ifPresent(bytes -> {
            log.figure("peak_resident_bytes", bytes);
            log.say("the process took at most %.2f GB of memory, heap limit %.2f GB", bytes / 1e9, heapLimit() / 1e9);
        });
        return conclude(log, took);
    }

    /** What fails is in the log. */
    private static void story(DemoTarget target, DemoLog log) throws IOException, InterruptedException {
        try {
            new Demo(target, log, Entropy.threadSafe()).run();
        } catch (DemoFailedException failed) {
            log.say("%s; the rest is left out", String.valueOf(failed.getMessage()));
        }
    }

    private boolean conclude(DemoLog log, Duration took) {
        boolean held = log.failedChecks() == 0;
        String line = held
                ? terminal.good(
                        String.format(Locale.ROOT, "All %d checks held, in %s.", log.checks(), DemoLog.seconds(took)))
                : terminal.bad(String.format(Locale.ROOT, "%d of %d checks FAILED.", log.failedChecks(), log.checks()));
        if (json) {
            ObjectNode result = Output.newObject().put("held", held);
            JsonNode steps = new ObjectMapper().valueToTree(log.steps());
            result.set("steps", steps);
            terminal.out().println(Output.pretty(result));
        } else {
            terminal.out().println();
            terminal.out().println(line);
        }
        return held;
    }

    private static long heapLimit() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
    }

    /** The greatest resident size that the process has had, where the operating system tells. */
    private static Optional<Long> peakMemory() throws IOException {
        if (!Files.isReadable(PROCESS_STATUS)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(PROCESS_STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                    .findFirst();
        }
    }
}
