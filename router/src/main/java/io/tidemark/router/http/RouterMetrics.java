package io.tidemark.router.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.operation.OperationName;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts and times requests, by operation and by what came of them. Thread-safe. */
final class RouterMetrics {
    /** Tags: {@code operation}; {@code result}: {@code ok}, or the {@link ErrorType} in lower case. */
    static final String TIMER = "tidemark.router.requests";

    static final String IN_FLIGHT_REQUESTS = "tidemark.router.inflight.requests";
    static final String IN_FLIGHT_BYTES = "tidemark.router.inflight.bytes";
    static final String CONNECTIONS = "tidemark.router.connections";

    private static final String UNKNOWN = "unknown";
    private static final String OK = "ok";

    private final MeterRegistry meters;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    private record Series(
            @Nullable OperationName operation, @Nullable ErrorType error) {}

    RouterMetrics(MeterRegistry meters, InFlight inFlight, Connections connections) {
        this.meters = meters;
        Gauge.builder(IN_FLIGHT_REQUESTS, inFlight, InFlight::requests)
                .description("Requests being read, served or answered")
                .register(meters);
        Gauge.builder(IN_FLIGHT_BYTES, inFlight, InFlight::bytes)
                .baseUnit("bytes")
                .description("Bodies of requests and answers under way")
                .register(meters);
        Gauge.builder(CONNECTIONS, connections, Connections::open)
                .description("Open connections of clients")
                .register(meters);
    }

    long nanoTime() {
        return meters.config().clock().monotonicTime();
    }

    /**
     * @param operation null if the request names none that there is
     * @param error null if it succeeded
     */
    void record(@Nullable OperationName operation, @Nullable ErrorType error, long startNanos) {
        timers.computeIfAbsent(new Series(operation, error), this::timer)
                .record(nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        OperationName operation = series.operation();
        ErrorType error = series.error();
        return Timer.builder(TIMER)
                .description("Requests of the DynamoDB API, from their first byte to their answer")
                .tag("operation", operation == null ? UNKNOWN : operation.name())
                .tag("result", error == null ? OK : error.name().toLowerCase(Locale.ROOT))
                .publishPercentileHistogram()
                .register(meters);
    }
}
