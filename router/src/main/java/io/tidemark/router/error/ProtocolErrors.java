package io.tidemark.router.error;

import java.time.Duration;

/** What is said of a request whatever its operation, and of a server that cannot serve it now. */
public final class ProtocolErrors {
    private ProtocolErrors() {}

    /** The service gives no text. */
    public static ApiException unknownOperation() {
        return new ApiException(ErrorType.UNKNOWN_OPERATION, "");
    }

    public static ApiException requestTooLarge(int maxBytes) {
        return new ApiException(ErrorType.REQUEST_TOO_LARGE, "The request body is longer than " + maxBytes + " bytes");
    }

    public static ApiException requestTooSlow(Duration timeout) {
        return new ApiException(
                ErrorType.REQUEST_TIMEOUT, "The request did not arrive within " + timeout.toMillis() + " ms");
    }

    /** Retriable: too much is under way. */
    public static ApiException overloaded() {
        return new ApiException(
                ErrorType.THROTTLING, "Too many requests are under way; slow down, and try the request again");
    }

    /** Retriable: the server closes. */
    public static ApiException closing() {
        return new ApiException(ErrorType.SERVICE_UNAVAILABLE, "The server is closing; try the request again");
    }

    /** Retriable; whether the request took effect is not known. */
    public static ApiException deadlinePassed() {
        return new ApiException(
                ErrorType.INTERNAL_SERVER_ERROR,
                "The request was not answered in time; try it again. A write may have taken effect");
    }

    /** Retriable: no part of the cluster that could serve the request is reachable. */
    public static ApiException unavailable() {
        return new ApiException(
                ErrorType.SERVICE_UNAVAILABLE, "The service is unavailable at the moment; try the request again");
    }

    /** Of a fault in this code; what it was stands in the log under the request id. */
    public static ApiException internal() {
        return new ApiException(ErrorType.INTERNAL_SERVER_ERROR, "Internal server error");
    }

    public static ApiException invalidReadToken(String header) {
        return ApiException.validation("The header " + header
                + " must have the form shard:lsn[,shard:lsn...] as it came with the answer to a write");
    }
}
