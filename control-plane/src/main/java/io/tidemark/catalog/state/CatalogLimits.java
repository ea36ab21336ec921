package io.tidemark.catalog.state;

/** What a catalog takes at most. The limits belong to the semantics: every process must decide alike. */
public final class CatalogLimits {
    /** Tables that are not gone yet; four times DynamoDB's default for an account and Region. */
    public static final int MAX_TABLES = 10_000;

    public static final int MAX_PARTITIONS_PER_TABLE = 1_024;
    /** Partitions of all tables. */
    public static final int MAX_PARTITIONS = 200_000;

    public static final int MAX_SHARDS = 10_000;
    public static final int MAX_BINDINGS = 1_000;
    /** Requests whose outcomes are remembered, the latest ones. */
    public static final int MAX_REMEMBERED_REQUESTS = 2_048;
    /** How long an outcome is remembered, in log time. */
    public static final long REMEMBERED_MS = 600_000;

    private CatalogLimits() {}
}
