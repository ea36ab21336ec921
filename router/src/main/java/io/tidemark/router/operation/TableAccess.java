package io.tidemark.router.operation;

/** Which tables a caller may use, and how. Thread-safe. */
@FunctionalInterface
public interface TableAccess {
    /** What a caller wants to do with a table. */
    enum Right {
        /** Read items. */
        READ,
        /** Write items. */
        WRITE,
        /** Create, change, tag and delete the table. */
        ADMIN
    }

    /** Everything with every table. */
    TableAccess ALL = (right, tableName) -> true;

    boolean allows(Right right, String tableName);
}
