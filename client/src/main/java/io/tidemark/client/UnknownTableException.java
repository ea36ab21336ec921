package io.tidemark.client;

/** There is no active table of that name, or it is being created or deleted. */
public final class UnknownTableException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    private final String tableName;

    UnknownTableException(String tableName, String detail) {
        super("no such table: " + tableName + (detail.isEmpty() ? "" : " (" + detail + ")"));
        this.tableName = tableName;
    }

    public String tableName() {
        return tableName;
    }
}
