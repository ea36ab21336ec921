package io.tidemark.embedded;

import java.util.Optional;

/**
 * A broker met something that it cannot go on with, such as a disk that fails or is full; stand-alone Kafka ends its
 * process in this case. The broker must be closed; it may be started again when the reason is gone.
 *
 * @param nodeId the broker's id
 * @param zone the broker's zone
 * @param reason what happened, in Kafka's words
 */
public record BrokerFault(int nodeId, String zone, String reason, Optional<Throwable> cause) {}
