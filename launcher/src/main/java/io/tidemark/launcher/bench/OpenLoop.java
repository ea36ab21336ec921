package io.tidemark.launcher.bench;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Operations that begin at a steady rate, whether the ones before are done or not, as those of independent users do. The time of
 * each counts from when it was due: an operation that had to wait for its turn has been slow.
 */
final class OpenLoop {
    /** Over it the rate is more than what is measured can do. */
    private static final int MAX_IN_FLIGHT = 1_024;

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final SplittableRandom random;

    OpenLoop(SplittableRandom random) {
        this.random = random;
    }

    /**
     * Begins operations for {@code duration}, and waits for them.
     *
     * @throws BenchException if one failed, or too many are under way
     */
    Sample run(Function<SplittableRandom, CompletableFuture<?>> operation, double perSecond, Duration duration)
            throws InterruptedException {
        Histogram nanos = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
        Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        CpuClock clock = new CpuClock();
        long start = System.nanoTime();
        double intervalNanos = NANOS_PER_SECOND / perSecond;
        long count = (long) (duration.toNanos() / intervalNanos);
        for (long number = 0; number < count && failure.get() == null; number++) {
            long due = start + (long) (number * intervalNanos);
            awaitUntil(due);
            if (!inFlight.tryAcquire()) {
                throw new BenchException(
                        MAX_IN_FLIGHT + " operations are under way at " + perSecond
                                + " a second: that rate is too high",
                        null);
            }
            var unused = operation.apply(random).whenComplete((done, failed) -> {
                nanos.recordValue(Math.max(0, System.nanoTime() - due));
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
                inFlight.release();
            });
        }
        inFlight.acquire(MAX_IN_FLIGHT);
        Throwable failed = failure.get();
        if (failed != null) {
            throw new BenchException("an operation failed: " + failed, failed);
        }
        Sample sample = new Sample();
        sample.addCaller(nanos);
        sample.addTime(clock.read());
        return sample;
    }

    private static void awaitUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = nanoTime - System.nanoTime();
        }
    }
}
