package io.tidemark.schema.catalog;

/** How a table is charged for in DynamoDB. Kept and told; here it is of no further consequence. */
public enum TableClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
}
