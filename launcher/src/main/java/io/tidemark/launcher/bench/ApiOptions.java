package io.tidemark.launcher.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How much of the API is measured.
 *
 * @param callers how many callers at a time, one measurement for each
 * @param saturation how long all callers go on without a pause
 * @param dynamoDbLocal folder with DynamoDB Local's jars, in a process of its own beside Tidemark
 */
public record ApiOptions(List<Integer> callers, Duration saturation, Optional<Path> dynamoDbLocal) {
    public ApiOptions {
        callers = List.copyOf(callers);
        if (!saturation.isPositive()) {
            throw new IllegalArgumentException("the minutes of saturation must be positive: " + saturation);
        }
    }
}
