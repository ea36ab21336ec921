package io.tidemark.router.http;

import io.netty.util.Timer;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.OperationName;
import java.util.Map;

/** What all exchanges of a server share. */
record ExchangeParts(
        RouterConfig.Timeouts timeouts,
        CallDecoder decoder,
        Map<OperationName, Operation> operations,
        InFlight inFlight,
        RouterMetrics metrics,
        Timer timer) {
    ExchangeParts {
        operations = Map.copyOf(operations);
    }
}
