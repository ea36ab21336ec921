package io.tidemark.router.error;

/** How a fault of an attribute value is told. The service has two ways, and the operation decides. */
public enum ValueWording {
    /** Of PutItem, UpdateItem, DeleteItem, GetItem, BatchGetItem and Query. */
    CURRENT,
    /** Of BatchWriteItem and Scan. */
    OLDER
}
