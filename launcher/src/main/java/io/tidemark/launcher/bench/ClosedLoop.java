package io.tidemark.launcher.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/**
 * A number of callers, each of which begins its next operation when the last one is done, as threads of an application do. A
 * single one is a thread of the platform, which wakes soonest; several are virtual, so that hundreds of callers do not measure
 * the scheduling of threads.
 */
final class ClosedLoop {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int WARM_UP_TURNS = 3;

    private final SplittableRandom random;
    private final Runnable everySecond;

    /** @param everySecond called while a measurement runs */
    ClosedLoop(SplittableRandom random, Runnable everySecond) {
        this.random = random;
        this.everySecond = everySecond;
    }

    /**
     * Measures for about {@code duration}; operations that have begun by then are waited for, and count.
     *
     * @throws BenchException if an operation failed
     */
    Sample run(Operation operation, int callers, Duration duration) throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Sample sample = new Sample();
        CpuClock clock = new CpuClock();
        try (ExecutorService threads = threads(callers)) {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                SplittableRandom own = random.split();
                running.add(threads.submit(() -> call(operation, own, stop)));
            }
            try {
                sleep(duration);
            } finally {
                stop.set(true);
            }
            for (Future<Histogram> caller : running) {
                sample.addCaller(caller.get());
            }
        } catch (ExecutionException e) {
            throw new BenchException("an operation failed: " + e.getCause(), e.getCause());
        }
        sample.addTime(clock.read());
        return sample;
    }

    /**
     * Runs each operation in turn, over and over, for about {@code duration} in all. What makes the machine compile code is calls,
     * not time, so there should be as many callers as will ever be.
     *
     * @throws BenchException if an operation failed
     */
    void warmUp(Collection<Operation> operations, int callers, Duration duration) throws InterruptedException {
        Duration turn = duration.dividedBy((long) WARM_UP_TURNS * operations.size());
        for (int round = 0; round < WARM_UP_TURNS; round++) {
            for (Operation operation : operations) {
                run(operation, callers, turn);
            }
        }
    }

    private static ExecutorService threads(int callers) {
        return callers == 1
                ? Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("bench-caller").factory())
                : Executors.newVirtualThreadPerTaskExecutor();
    }

    private static Histogram call(Operation operation, SplittableRandom random, AtomicBoolean stop) throws Exception {
        Histogram nanos = Sample.newHistogram();
        try {
            while (!stop.get()) {
                long start = System.nanoTime();
                operation.run(random);
                nanos.recordValue(System.nanoTime() - start);
            }
        } finally {
            stop.set(true);
        }
        return nanos;
    }

    private void sleep(Duration duration) throws InterruptedException {
        Duration left = duration;
        while (left.compareTo(TICK) >= 0) {
            Thread.sleep(TICK);
            everySecond.run();
            left = left.minus(TICK);
        }
        Thread.sleep(left);
    }
}
