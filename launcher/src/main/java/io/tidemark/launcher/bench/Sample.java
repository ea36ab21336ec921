package io.tidemark.launcher.bench;

import org.HdrHistogram.Histogram;

/** Latencies of operations and the time in which they were done. Not thread-safe. */
final class Sample {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Histogram latenciesNanos = new Histogram(SIGNIFICANT_DIGITS);
    private long elapsedNanos;
    private long processorNanos;

    static Histogram newHistogram() {
        return new Histogram(SIGNIFICANT_DIGITS);
    }

    /** @param callerNanos one caller's latencies */
    void addCaller(Histogram callerNanos) {
        latenciesNanos.add(callerNanos);
    }

    void addTime(CpuClock.Reading reading) {
        elapsedNanos += reading.wall().toNanos();
        processorNanos += reading.process().toNanos();
    }

    void add(Sample other) {
        latenciesNanos.add(other.latenciesNanos);
        elapsedNanos += other.elapsedNanos;
        processorNanos += other.processorNanos;
    }

    long count() {
        return latenciesNanos.getTotalCount();
    }

    double p50Millis() {
        return latenciesNanos.getValueAtPercentile(50) / NANOS_PER_MILLI;
    }

    double p99Millis() {
        return latenciesNanos.getValueAtPercentile(99) / NANOS_PER_MILLI;
    }

    double perSecond() {
        return elapsedNanos == 0 ? 0 : count() * NANOS_PER_SECOND / elapsedNanos;
    }

    /** Processor time of the whole process, brokers and all, for each operation. */
    double processorMicros() {
        return count() == 0 ? 0 : processorNanos / NANOS_PER_MICRO / count();
    }
}
