package io.tidemark.simulation.api;

import java.util.Set;

/** What the AWS SDKs repeat by themselves. */
public final class RetriableErrors {
    public static final Set<String> NAMES = Set.of(
            "InternalServerError",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "ServiceUnavailableException",
            "ThrottlingException");

    private RetriableErrors() {}
}
