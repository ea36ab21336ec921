package io.tidemark.launcher.bench;

import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.output.Terminal;
import io.tidemark.materializer.store.DeepDigest;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.materializer.store.RocksReplicaStore;
import io.tidemark.materializer.store.RocksResources;
import io.tidemark.materializer.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/** What needs no cluster: replay and deep scan. */
final class LocalParts {
    private static final double RECORDS_PER_SECOND_AT_LEAST = 100_000;
    private static final double SCAN_RATIO_AT_LEAST = 0.7;

    private final BenchOptions options;
    private final Terminal terminal;
    private final BenchReport report;
    private final SplittableRandom random;

    LocalParts(BenchOptions options, Terminal terminal, BenchReport report, SplittableRandom random) {
        this.options = options;
        this.terminal = terminal;
        this.report = report;
        this.random = random;
    }

    void run() {
        if (!options.parts().contains(Part.REPLAY) && !options.parts().contains(Part.SCAN)) {
            return;
        }
        try (TemporaryFolder folder = new TemporaryFolder();
                RocksResources resources = new RocksResources(StoreSettings.DEFAULT)) {
            Replay replay = prepare();
            Path last = replay(replay, folder.path(), resources);
            if (options.parts().contains(Part.SCAN)) {
                scan(last, resources);
            }
        }
    }

    private Replay prepare() {
        try (ProgressBar progress = bar("segments", options.records(), "records")) {
            return new Replay(options.records(), random, progress);
        }
    }

    /** The first of the rounds warms up. Returns the directory of the last one. */
    private Path replay(Replay replay, Path folder, RocksResources resources) {
        int rounds = 1 + (options.parts().contains(Part.REPLAY) ? options.rounds() : 0);
        Times times = new Times();
        Path directory = folder;
        try (ProgressBar progress = bar("replay", (long) rounds * replay.records(), "records")) {
            for (int round = 0; round < rounds; round++) {
                directory = folder.resolve("replica-" + round);
                times.add(replay.run(directory, resources, progress), round > 0);
            }
        }
        if (rounds > 1) {
            double count = (double) (rounds - 1) * replay.records();
            double perCore = perSecond(count, times.thread);
            report.add(new Figure("replay, records a second on the wall", perSecond(count, times.wall), "records/s"));
            report.add(new Figure("replay, records a second of its thread's processor time", perCore, "records/s"));
            report.add(new Figure(
                    "replay, records a second of all processor time", perSecond(count, times.process), "records/s"));
            report.add(Target.atLeast("replay on one core", perCore, RECORDS_PER_SECOND_AT_LEAST, "records/s"));
        }
        return directory;
    }

    private void scan(Path directory, RocksResources resources) {
        int rounds = 1 + options.rounds();
        Times bare = new Times();
        Times deep = new Times();
        long entries = 0;
        try (RocksReplicaStore store = RocksReplicaStore.open(Workload.LOCAL_SHARD, directory, resources);
                BareStore bareStore = new BareStore(directory);
                ProgressBar progress = bar("deep scan", 2L * rounds, "scans")) {
            for (int round = 0; round < rounds; round++) {
                boolean counts = round > 0;
                CpuClock bareClock = new CpuClock();
                entries = bareStore.readAll();
                bare.add(bareClock.read(), counts);
                progress.add(1);
                CpuClock deepClock = new CpuClock();
                requireSound(store);
                deep.add(deepClock.read(), counts);
                progress.add(1);
            }
        }
        double count = (double) options.rounds() * entries;
        report.add(new Figure("bare RocksDB iterator, entries a second", perSecond(count, bare.wall), "entries/s"));
        report.add(new Figure("deep scan, entries a second", perSecond(count, deep.wall), "entries/s"));
        report.add(new Figure(
                "deep scan, processor time against the bare iterator's", ratio(deep.process, bare.process), "×"));
        report.add(Target.atLeast(
                "deep scan against a bare iterator", ratio(bare.wall, deep.wall), SCAN_RATIO_AT_LEAST, "×"));
    }

    private static void requireSound(RocksReplicaStore store) {
        try (ReplicaSnapshot snapshot = store.reader().snapshot()) {
            DeepDigest digest = snapshot.deepDigest(() -> false);
            if (!digest.damage().isEmpty() || digest.digest().itemCount() == 0) {
                throw new BenchException(
                        "the deep scan found " + digest.digest().itemCount() + " items; damage: " + digest.damage(),
                        null);
            }
        }
    }

    /** Sums of what was measured; what only warmed up does not count. */
    private static final class Times {
        private Duration wall = Duration.ZERO;
        private Duration thread = Duration.ZERO;
        private Duration process = Duration.ZERO;

        private void add(CpuClock.Reading reading, boolean counts) {
            if (counts) {
                wall = wall.plus(reading.wall());
                thread = thread.plus(reading.thread());
                process = process.plus(reading.process());
            }
        }
    }

    private ProgressBar bar(String title, long total, String unit) {
        return new ProgressBar(terminal, title, total, unit, System::nanoTime);
    }

    private static double perSecond(double count, Duration time) {
        return count * 1e9 / Math.max(1, time.toNanos());
    }

    private static double ratio(Duration time, Duration other) {
        return (double) time.toNanos() / Math.max(1, other.toNanos());
    }
}
