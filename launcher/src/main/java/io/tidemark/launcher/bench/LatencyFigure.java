package io.tidemark.launcher.bench;

import java.util.Optional;

/**
 * What callers saw of one kind of operation.
 *
 * @param perSecond of all callers together
 * @param processorMicros processor time of the whole process for each operation; tells on a busy machine, too, what the rate would be
 *     on an idle one
 * @param p50Ratio to the floor, or whatever the operation is compared with
 */
record LatencyFigure(
        String operation,
        int callers,
        long count,
        double p50Millis,
        double p99Millis,
        double perSecond,
        double processorMicros,
        Optional<Double> p50Ratio,
        Optional<Double> rateRatio) {

    static LatencyFigure of(String operation, int callers, Sample sample) {
        return new LatencyFigure(
                operation,
                callers,
                sample.count(),
                sample.p50Millis(),
                sample.p99Millis(),
                sample.perSecond(),
                sample.processorMicros(),
                Optional.empty(),
                Optional.empty());
    }

    LatencyFigure against(Sample floor) {
        return new LatencyFigure(
                operation,
                callers,
                count,
                p50Millis,
                p99Millis,
                perSecond,
                processorMicros,
                Optional.of(p50Millis / floor.p50Millis()),
                Optional.of(perSecond / floor.perSecond()));
    }
}
