package io.tidemark.router.operation.item;

import io.tidemark.client.RouteSource;
import io.tidemark.client.TidemarkClient;
import io.tidemark.router.error.ValueWording;
import io.tidemark.router.expression.Expressions;
import io.tidemark.router.operation.AccessRule;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.OperationName;
import java.util.Map;

/** The operations on items. */
public final class ItemOperations {
    private ItemOperations() {}

    /** @param routes the same that the client has */
    public static Map<OperationName, Operation> all(
            TidemarkClient client, RouteSource routes, Expressions expressions, AccessRule access) {
        Tables tables = new Tables(routes, access);
        Clauses clauses = new Clauses(expressions, ValueWording.CURRENT);
        return Map.of(
                OperationName.BatchGetItem, new BatchGetItemOperation(client, tables, clauses),
                OperationName.BatchWriteItem, new BatchWriteItemOperation(client, tables),
                OperationName.DeleteItem, new DeleteItemOperation(client, tables, clauses),
                OperationName.GetItem, new GetItemOperation(client, tables, clauses),
                OperationName.PutItem, new PutItemOperation(client, tables, clauses),
                OperationName.Query, new QueryOperation(client, tables, clauses),
                OperationName.Scan, new ScanOperation(client, tables, new Clauses(expressions, ValueWording.OLDER)),
                OperationName.UpdateItem, new UpdateItemOperation(client, tables, clauses));
    }
}
