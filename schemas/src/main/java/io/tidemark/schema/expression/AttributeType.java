package io.tidemark.schema.expression;

/** DynamoDB's attribute types, as {@code attribute_type} names them. */
public enum AttributeType {
    S,
    N,
    B,
    BOOL,
    NULL,
    L,
    M,
    SS,
    NS,
    BS
}
