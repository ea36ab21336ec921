package io.tidemark.schema.key;

/** The attribute types that DynamoDB admits in keys. */
public enum KeyType {
    S,
    N,
    B
}
