package io.tidemark.schema.command;

/** Which attributes a write returns, as in DynamoDB. */
public enum ReturnValues {
    NONE,
    ALL_OLD,
    UPDATED_OLD,
    ALL_NEW,
    UPDATED_NEW
}
