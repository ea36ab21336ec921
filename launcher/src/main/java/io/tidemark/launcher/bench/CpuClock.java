package io.tidemark.launcher.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Measures a piece of work of one thread: the time on the wall, the processor time of that thread, and of the whole process. */
final class CpuClock {
    /**
     * @param thread processor time of the thread that did the work; what "one core" means on a machine that is shared
     * @param process processor time of the whole process: with the threads of RocksDB, the compiler and the garbage collector
     */
    record Reading(Duration wall, Duration thread, Duration process) {}

    private final long startNanos = System.nanoTime();
    private final long startThreadNanos = threadNanos();
    private final long startProcessNanos = processNanos();

    /** Since this was made, by the thread that made it. */
    Reading read() {
        return new Reading(
                Duration.ofNanos(System.nanoTime() - startNanos),
                Duration.ofNanos(threadNanos() - startThreadNanos),
                Duration.ofNanos(processNanos() - startProcessNanos));
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long processNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
