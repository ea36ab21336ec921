package io.tidemark.schema.node;

/**
 * How {@link NodeRequest}s travel over HTTP: {@code POST} {@value #PATH} with the encoded request as body. The answer is 200
 * with the encoded reply, or another status with the encoded {@link NodeException}; the body alone decides.
 */
public final class NodeProtocol {
    public static final String PATH = "/v1/node";
    public static final String HEALTH_PATH = "/health";
    public static final String CONTENT_TYPE = "application/octet-stream";

    /** Milliseconds, from the arrival of the request, after which nobody waits for the answer any more. */
    public static final String DEADLINE_HEADER = "tidemark-deadline-ms";

    public static final int MAX_REQUEST_BYTES = 4 << 20;
    /** A page of 1 MiB by DynamoDB's accounting, its last item of 400 KB and the encoding's overhead fit well. */
    public static final int MAX_REPLY_BYTES = 16 << 20;

    private NodeProtocol() {}

    /** The HTTP status that goes with a kind; for proxies and people, since the body says it too. */
    public static int httpStatus(NodeException.Kind kind) {
        return switch (kind) {
            case NOT_SERVING -> 503;
            case TIMEOUT -> 504;
            case OVERLOADED -> 429;
            case INVALID_REQUEST -> 400;
            case UNKNOWN_TABLE -> 404;
            case WRONG_RANGE -> 421;
            case EXPIRED -> 410;
            case CORRUPT, INTERNAL -> 500;
        };
    }
}
