package io.tidemark.launcher.bench;

import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.output.Terminal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** More callers than the cluster can serve at once, for long: whether memory stays flat, and which errors there are. */
final class Saturation {
    private static final int CALLERS = 256;
    /** Buffers, caches and compiled code fill up; what comes after must not grow. */
    private static final Duration SETTLING = Duration.ofSeconds(60);

    private static final double HEAP_GROWTH_AT_MOST = 1.1;
    private static final double MEBIBYTE = 1 << 20;
    private static final String RESIDENT = "VmRSS:";
    private static final double KIBIBYTES_PER_MEBIBYTE = 1024;
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Duration duration;
    private final Terminal terminal;
    private final BenchReport report;
    private final SplittableRandom random;
    private final LongAdder done = new LongAdder();
    private final LongAdder throttled = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentSkipListMap<>();

    Saturation(Duration duration, Terminal terminal, BenchReport report, SplittableRandom random) {
        this.duration = duration;
        this.terminal = terminal;
        this.report = report;
        this.random = random;
    }

    void run(ApiClient api) throws InterruptedException {
        Duration settling = duration.compareTo(SETTLING.multipliedBy(2)) < 0 ? duration.dividedBy(2) : SETTLING;
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                SplittableRandom own = random.split();
                callers.add(threads.submit(() -> call(api, own, stop)));
            }
            try {
                observe(settling);
            } finally {
                stop.set(true);
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        } catch (ExecutionException e) {
            throw new BenchException("a caller ended: " + e.getCause(), e.getCause());
        }
    }

    private void observe(Duration settling) throws InterruptedException {
        try (ProgressBar progress =
                new ProgressBar(terminal, "saturation", Math.max(1, duration.toSeconds()), "s", System::nanoTime)) {
            sleep(settling, progress);
            double heapBefore = heapAfterCollectionMebibytes();
            Optional<Double> residentBefore = residentMebibytes();
            long doneBefore = done.sum();
            long startNanos = System.nanoTime();
            sleep(duration.minus(settling), progress);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            double heapAfter = heapAfterCollectionMebibytes();
            report.add(new Figure("saturation, operations", (double) (done.sum() - doneBefore) / seconds, "a second"));
            report.add(new Figure("saturation, throttled", (double) throttled.sum(), "requests"));
            report.add(
                    new Figure("saturation, heap after GC, after " + settling.toSeconds() + " s", heapBefore, "MiB"));
            report.add(new Figure("saturation, heap after GC, after " + duration.toSeconds() + " s", heapAfter, "MiB"));
            residentBefore.ifPresent(before -> report.add(
                    new Figure("saturation, resident memory, after " + settling.toSeconds() + " s", before, "MiB")));
            residentMebibytes()
                    .ifPresent(after -> report.add(new Figure(
                            "saturation, resident memory, after " + duration.toSeconds() + " s", after, "MiB")));
            errors.forEach(
                    (name, count) -> report.add(new Figure("saturation, " + name, (double) count.sum(), "errors")));
            report.add(Target.atMost(
                    "saturation, heap at the end against the begin", heapAfter / heapBefore, HEAP_GROWTH_AT_MOST, "×"));
            report.add(Target.atMost(
                    "saturation, errors but throttling",
                    (double) errors.values().stream().mapToLong(LongAdder::sum).sum(),
                    0,
                    "errors"));
        }
    }

    private static void sleep(Duration duration, ProgressBar progress) throws InterruptedException {
        Duration left = duration;
        while (left.compareTo(TICK) >= 0) {
            Thread.sleep(TICK);
            progress.add(1);
            left = left.minus(TICK);
        }
        Thread.sleep(left);
    }

    private void call(ApiClient api, SplittableRandom caller, AtomicBoolean stop) {
        while (!stop.get()) {
            try {
                var unused = switch (caller.nextInt(4)) {
                    case 0 -> api.put(caller).join();
                    case 1 -> api.update(caller).join();
                    case 2 -> api.get(caller, false).join();
                    default -> api.get(caller, true).join();
                };
                done.increment();
            } catch (CompletionException e) {
                count(e.getCause() == null ? e : e.getCause());
            }
        }
    }

    private void count(Throwable failure) {
        if (failure instanceof AwsServiceException answered && answered.isThrottlingException()) {
            throttled.increment();
            return;
        }
        String name = failure instanceof AwsServiceException answered && answered.awsErrorDetails() != null
                ? answered.awsErrorDetails().errorCode()
                : failure.getClass().getSimpleName();
        errors.computeIfAbsent(name, key -> new LongAdder()).increment();
    }

    /** Of this whole process: cluster, router and callers. */
    @SuppressWarnings("SystemGc") // what is left after a collection is what is measured
    private static double heapAfterCollectionMebibytes() {
        System.gc();
        // What each pool held when the collection ended: meanwhile the callers have allocated tens of mebibytes more.
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getCollectionUsage)
                        .filter(Objects::nonNull)
                        .mapToLong(MemoryUsage::getUsed)
                        .sum()
                / MEBIBYTE;
    }

    /** With the stores' caches and the log's buffers, which are outside of the heap; empty where the system does not tell it. */
    private static Optional<Double> residentMebibytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES_PER_MEBIBYTE)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
