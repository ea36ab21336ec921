package io.tidemark.router.operation;

/** The operations that are carried out; the text after the dot of {@code X-Amz-Target}. */
public enum OperationName {
    BatchGetItem,
    BatchWriteItem,
    CreateTable,
    DeleteItem,
    DeleteTable,
    DescribeEndpoints,
    DescribeLimits,
    DescribeTable,
    DescribeTimeToLive,
    GetItem,
    ListTables,
    ListTagsOfResource,
    PutItem,
    Query,
    Scan,
    TagResource,
    UntagResource,
    UpdateItem,
    UpdateTable,
    UpdateTimeToLive
}
