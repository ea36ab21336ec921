package io.tidemark.schema.catalog;

/** A request that the catalog did not carry out. {@link #kind} says what the caller must do. */
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the caller must do. */
    public enum Kind {
        /** The request itself is wrong. Fix it. */
        INVALID_REQUEST,
        /** There is no such table. */
        TABLE_NOT_FOUND,
        /** A table of that name is there. Take another name, or delete it first. */
        TABLE_EXISTS,
        /** The table is being deleted. Wait until it is gone. */
        TABLE_IN_USE,
        /** The table is being created. Wait until it is active. */
        TABLE_CREATING,
        /** The table is protected against deletion. End the protection first, if it is to go. */
        TABLE_PROTECTED,
        /** There is no such binding. */
        BINDING_NOT_FOUND,
        /** The topic is bound to that table already. Unbind it first. */
        BINDING_EXISTS,
        /** The cluster has as many tables, partitions or bindings as it takes. Delete some. */
        LIMIT_EXCEEDED,
        /** The request id was used for another request. Take a new one. */
        REQUEST_ID_REUSED,
        /** Too many requests wait already; nothing was done. Wait, then retry. */
        OVERLOADED,
        /** Not known whether it was carried out. Repeat it with the same request id. */
        TIMEOUT,
        /** The control process, or the brokers behind it, cannot be reached or has stopped. Retry, or look at its log. */
        UNAVAILABLE,
        /** A bug. Report it. */
        INTERNAL
    }

    private final Kind kind;

    public CatalogException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public CatalogException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
