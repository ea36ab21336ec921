package io.tidemark.client;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** No zone served the operation in time. Try again; a write only with the request id given here, or it may take effect twice. */
public final class UnavailableException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** Why a node did not serve it, most recently. */
    public record Failure(Zone zone, String node, NodeException.Kind kind, String message) {
        @Override
        public String toString() {
            return "zone " + zone + ", node " + node + ": " + kind + " (" + message + ")";
        }
    }

    private final transient List<Failure> failures;
    private final transient Optional<RequestId> requestId;
    private final boolean effectUnknown;

    UnavailableException(String message, List<Failure> failures, Optional<RequestId> requestId, boolean effectUnknown) {
        super(message(message, failures, requestId, effectUnknown));
        this.failures = List.copyOf(failures);
        this.requestId = requestId;
        this.effectUnknown = effectUnknown;
    }

    private static String message(
            String message, List<Failure> failures, Optional<RequestId> requestId, boolean effectUnknown) {
        String reasons = failures.stream().map(Failure::toString).collect(Collectors.joining("; "));
        String effect = effectUnknown
                ? ". It may or may not take effect; repeat it with request id "
                        + requestId.map(RequestId::toString).orElse("unchanged")
                : "";
        return message + (reasons.isEmpty() ? "" : ": ") + reasons + effect;
    }

    /** The latest failure of each node that was asked. */
    public List<Failure> failures() {
        return failures;
    }

    /** The write's: sent again with it, the write takes effect once. Empty for reads. */
    public Optional<RequestId> requestId() {
        return requestId;
    }

    /** Whether a write may be in the log, now or a little later. */
    public boolean effectUnknown() {
        return effectUnknown;
    }
}
