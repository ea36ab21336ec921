package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.OperationName;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Every operation on tables. */
public final class TableOperations {
    /** What an account and a table have in a Region of the service, unless more was asked for. */
    private static final long ACCOUNT_MAX_UNITS = 80_000;

    private static final long TABLE_MAX_UNITS = 40_000;
    private static final int ENDPOINT_CACHE_MINUTES = 1_440;

    private TableOperations() {}

    public static Map<OperationName, Operation> all(TableContext context) {
        TagOperations tags = new TagOperations(context);
        TimeToLiveOperations timeToLive = new TimeToLiveOperations(context);
        Answer limits = limits();
        Map<OperationName, Operation> operations = new EnumMap<>(OperationName.class);
        operations.put(OperationName.CreateTable, new CreateTableOperation(context));
        operations.put(OperationName.DescribeTable, new DescribeTableOperation(context));
        operations.put(OperationName.ListTables, new ListTablesOperation(context));
        operations.put(OperationName.UpdateTable, new UpdateTableOperation(context));
        operations.put(OperationName.DeleteTable, new DeleteTableOperation(context));
        operations.put(OperationName.TagResource, tags::tag);
        operations.put(OperationName.UntagResource, tags::untag);
        operations.put(OperationName.ListTagsOfResource, tags::list);
        operations.put(OperationName.UpdateTimeToLive, timeToLive::update);
        operations.put(OperationName.DescribeTimeToLive, timeToLive::describe);
        operations.put(OperationName.DescribeLimits, call -> CompletableFuture.completedStage(limits));
        operations.put(
                OperationName.DescribeEndpoints,
                call -> CompletableFuture.completedStage(
                        endpoints(context.endpoint().get())));
        return operations;
    }

    private static Answer limits() {
        return TableJson.answer(TableJson.object()
                .put("AccountMaxReadCapacityUnits", ACCOUNT_MAX_UNITS)
                .put("AccountMaxWriteCapacityUnits", ACCOUNT_MAX_UNITS)
                .put("TableMaxReadCapacityUnits", TABLE_MAX_UNITS)
                .put("TableMaxWriteCapacityUnits", TABLE_MAX_UNITS));
    }

    private static Answer endpoints(String address) {
        ObjectNode json = TableJson.object();
        json.putArray("Endpoints")
                .addObject()
                .put("Address", address)
                .put("CachePeriodInMinutes", ENDPOINT_CACHE_MINUTES);
        return TableJson.answer(json);
    }
}
