package io.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.client.ScanRequest;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.value.Item;
import io.tidemark.simulation.load.Ledger;
import io.tidemark.simulation.load.Load;
import io.tidemark.simulation.process.ChildProcess;
import io.tidemark.simulation.process.RemoteCluster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark dev} as its user has it: a process, which is killed and stopped. */
class DevProcessTest {
    private static final long SEED = Long.getLong("tidemark.simulation.seed", System.nanoTime());
    private static final int WRITERS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** It takes some seconds; a machine that does other things at the same time takes longer. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    /** 128 + 15, as a shell reports a process that a SIGTERM ended; its shutdown hooks have run. */
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noAcknowledgedWriteIsLostByAKillAndAStopIsOrderly() throws Exception {
        System.out.println("seed " + SEED);
        Ledger ledger = writeUntilKilled();
        System.out.println(ledger.figures());
        try (ChildProcess again = start("again")) {
            URI control = ready(again);
            try (RemoteCluster remote = RemoteCluster.connect(control, random.split())) {
                remote.awaitServing(PATIENCE);
                List<Item> items = new ArrayList<>();
                remote.client()
                        .scanAll(ScanRequest.of("dev").consistency(Consistency.STRONG))
                        .forEach(items::add);
                assertThat(ledger.check(items)).isEmpty();
                assertThat(ledger.acknowledged()).isPositive();
            }
            requireSecondStartIsRefused(control);
            long stopNanos = System.nanoTime();
            assertThat(again.stop(STOP_LIMIT)).isIn(0, ENDED_BY_SIGTERM);
            System.out.println("stopped after "
                    + Duration.ofNanos(System.nanoTime() - stopNanos).toMillis() + " ms");
        }
    }

    /** Neither the data directory nor the port of a running cluster can be had a second time; and the cluster does not mind. */
    private void requireSecondStartIsRefused(URI control) {
        Path data = directory.resolve("data");
        try (ChildProcess sameData = start("same-data", data, 0);
                ChildProcess samePort = start("same-port", directory.resolve("other"), control.getPort())) {
            assertThat(sameData.awaitEnd(PATIENCE)).isEqualTo(1);
            assertThat(sameData.errors())
                    .contains("error: ")
                    .contains(data.toString())
                    .doesNotContain("\tat ");
            assertThat(samePort.awaitEnd(PATIENCE)).isEqualTo(1);
            assertThat(samePort.errors())
                    .contains("error: ")
                    .contains(Integer.toString(control.getPort()))
                    .doesNotContain("\tat ");
        }
    }

    private Ledger writeUntilKilled() throws InterruptedException {
        try (ChildProcess first = start("first");
                RemoteCluster remote = RemoteCluster.connect(ready(first), random.split())) {
            remote.table("dev", Load.KEY_SCHEMA);
            remote.awaitServing(PATIENCE);
            try (Load load = Load.start(remote.client(), "dev", WRITERS, random.split())) {
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                while (load.ledger().acknowledged() < 100) {
                    assertThat(System.nanoTime() - deadline).as("too slow").isNegative();
                    Thread.sleep(Duration.ofMillis(20));
                }
                Thread.sleep(Duration.ofMillis(random.nextInt(2_000)));
                first.kill();
                return load.stop();
            }
        }
    }

    private ChildProcess start(String name) {
        return start(name, directory.resolve("data"), 0);
    }

    private ChildProcess start(String name, Path data, int port) {
        return ChildProcess.start(
                name,
                directory,
                List.of("-Xmx512m", "--sun-misc-unsafe-memory-access=allow"),
                Map.of(),
                List.of("dev", "--data", data.toString(), "--port", Integer.toString(port), "--router-port", "0"));
    }

    private static URI ready(ChildProcess process) {
        URI control = URI.create(process.awaitReady(PATIENCE));
        System.out.printf(
                "%s: ready after %d ms, at most %d MiB resident%n",
                process,
                process.age().toMillis(),
                process.peakResidentKibibytes().orElse(0L) / 1024);
        return control;
    }
}
