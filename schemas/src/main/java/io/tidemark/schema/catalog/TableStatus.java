package io.tidemark.schema.catalog;

/** Where a table stands in its life, as in DynamoDB. */
public enum TableStatus {
    /** Its shards are being told of it; it takes no commands yet. */
    CREATING,
    /** It serves. */
    ACTIVE,
    /** It takes no commands any more; its items are being purged. The name is free again when it is gone. */
    DELETING
}
