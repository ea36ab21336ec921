package io.tidemark.router.operation.table;

import io.tidemark.schema.catalog.TableAdmin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the operations on tables work with.
 *
 * @param tables stays the caller's to close
 * @param region of the tables' resource names
 * @param clock says which day is today
 * @param random makes the ids of requests that bring no token; must be thread-safe
 * @param endpoint host and port of this router
 * @param settleLimit how long an answer to CreateTable or DeleteTable waits for the table to be active or gone. The answer says
 *     CREATING or DELETING all the same: the wait spares clients theirs, which is 20 seconds in the waiters of the SDKs
 */
public record TableContext(
        TableAdmin tables,
        TableSizes sizes,
        String region,
        InstantSource clock,
        RandomGenerator random,
        Supplier<String> endpoint,
        Duration settleLimit) {
    /** Several times what making or deleting a small table takes. */
    public static final Duration DEFAULT_SETTLE_LIMIT = Duration.ofSeconds(2);

    public TableContext {
        if (settleLimit.isNegative() || settleLimit.compareTo(TableAdmin.MAX_WAIT) > 0) {
            throw new IllegalArgumentException(
                    "settleLimit must be between 0 and " + TableAdmin.MAX_WAIT + ": " + settleLimit);
        }
    }
}
