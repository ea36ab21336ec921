package io.tidemark.launcher.cluster;

/**
 * The router of an embedded cluster.
 *
 * @param port to listen on; 0 takes a free one
 * @param noAuth whether it serves everybody; else it serves whoever signs with {@link #ACCESS_KEY} and {@link #SECRET_KEY}
 */
public record RouterOptions(int port, boolean noAuth) {
    /** The port that DynamoDB Local has, too. */
    public static final int DEFAULT_PORT = 8000;

    /** Known to everybody, and good for local use alone: the router listens on the loopback address. */
    public static final String ACCESS_KEY = "tidemark";

    /** Of {@link #ACCESS_KEY}. */
    public static final String SECRET_KEY = "tidemark-local";

    public static final String REGION = "us-east-1";

    /** Checks signatures, on a free port. */
    public static final RouterOptions LOCAL = new RouterOptions(0, false);
}
