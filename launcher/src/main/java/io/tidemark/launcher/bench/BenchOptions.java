package io.tidemark.launcher.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much is measured.
 *
 * @param callers how many callers at a time, one measurement for each
 * @param measurement how long each operation is measured with each number of callers, in all rounds together
 * @param rounds into how many turns that is split, so that a disturbance of the machine strikes all operations alike
 * @param warmUp before the first round
 * @param records that are replayed
 * @param items that a restarted replica has, over all shards
 * @param archiver whether the archiver works beside the writes; off, the cluster does what its floor does
 */
public record BenchOptions(
        Set<Part> parts,
        List<Integer> callers,
        Duration measurement,
        int rounds,
        Duration warmUp,
        int records,
        int items,
        boolean archiver,
        ApiOptions api) {
    static final int MAX_CALLERS = 4_096;

    /** @throws IllegalArgumentException if that measures nothing, or too much; the message says why */
    public BenchOptions {
        parts = Set.copyOf(parts);
        callers = List.copyOf(callers);
        if (parts.isEmpty() || callers.isEmpty() || api.callers().isEmpty()) {
            throw new IllegalArgumentException("there is nothing to measure");
        }
        for (int count : Stream.concat(callers.stream(), api.callers().stream()).toList()) {
            if (count < 1 || count > MAX_CALLERS) {
                throw new IllegalArgumentException("callers must be 1 to " + MAX_CALLERS + ": " + count);
            }
        }
        if (rounds < 1 || records < 1 || items < 1 || !measurement.isPositive() || warmUp.isNegative()) {
            throw new IllegalArgumentException("rounds, records, items and seconds must be positive: " + rounds + ", "
                    + records + ", " + items + ", " + measurement);
        }
    }

    boolean needsCluster() {
        return parts.contains(Part.WRITES) || parts.contains(Part.READS) || parts.contains(Part.RESTART);
    }

    /** @throws BenchException if there are none, and says how to get them */
    Path dynamoDbLocalJars() {
        Path jars = api.dynamoDbLocal()
                .orElseThrow(() -> new BenchException(
                        "the part api needs DynamoDB Local: start it by ./tidemark, which fetches it, or name a folder with"
                                + " its jars by --dynamodb-local; --only measures other parts",
                        null));
        DynamoDbLocal.requireJars(jars);
        return jars;
    }

    Duration turn() {
        return measurement.dividedBy(rounds);
    }
}
