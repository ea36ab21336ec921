package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.TableAccess.Right;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableDescription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code UpdateTable}: billing mode, provisioned throughput and deletion protection. */
final class UpdateTableOperation implements Operation {
    private static final String INVALID = "One or more parameter values were invalid: ";
    /** Members that are an update, as the service names them when there is none. */
    private static final List<String> UPDATES = List.of(
            "ProvisionedThroughput",
            "BillingMode",
            "StreamSpecification",
            "GlobalSecondaryIndexUpdates",
            "SSESpecification",
            "ReplicaUpdates",
            "MultiRegionConsistency",
            "DeletionProtectionEnabled",
            "OnDemandThroughput",
            "WarmThroughput",
            "TableClass");

    private static final String NOTHING_TO_UPDATE =
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates,"
                    + " SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn,"
                    + " MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or"
                    + " TableClass is required";

    private final TableContext context;
    private final TableCalls calls;
    private final TableJson json;

    UpdateTableOperation(TableContext context) {
        this.context = context;
        this.calls = new TableCalls(context);
        this.json = new TableJson(context);
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        String name = calls.tableName(call, Right.ADMIN);
        ObjectNode parameters = call.parameters();
        CapacityMembers capacity = CapacityMembers.of(parameters);
        Optional<TableChange> change = change(parameters, capacity);
        CompletionStage<Answer> answer = context.tables().describeTable(name).thenCompose(before -> {
            requireAdmissible(parameters, capacity, before);
            return change.map(wanted -> context.tables().changeTable(name, wanted, calls.requestId(call)))
                    .orElseGet(() -> CompletableFuture.completedFuture(before))
                    .thenApply(after -> TableJson.answer(
                            TableJson.object().set("TableDescription", json.describeUpdating(before, after))));
        });
        return TableFailures.translated(answer, name);
    }

    /** Empty if all that is asked for is of no consequence here. */
    private static Optional<TableChange> change(ObjectNode parameters, CapacityMembers capacity) {
        List<String> updates = UPDATES.stream()
                .filter(update -> TableCalls.member(parameters, update)
                        .filter(value -> !value.isArray() || !value.isEmpty())
                        .isPresent())
                .toList();
        if (updates.isEmpty()) {
            throw ApiException.validation(NOTHING_TO_UPDATE);
        }
        Optional<JsonNode> protection = TableCalls.member(parameters, "DeletionProtectionEnabled");
        if (protection.isPresent() && updates.size() > 1) {
            throw ApiException.validation(
                    INVALID + "DeletionProtection modification must be the only operation in the request");
        }
        Optional<TableChange> setCapacity =
                capacity.isEmpty() ? Optional.empty() : Optional.of(new TableChange.SetCapacity(capacity.ofChange()));
        if (!isDisablingStream(parameters)) {
            Unsupported.refuse(parameters);
        }
        return protection
                .<TableChange>map(enabled -> new TableChange.SetDeletionProtection(enabled.asBoolean()))
                .or(() -> setCapacity);
    }

    private static boolean isDisablingStream(ObjectNode parameters) {
        return TableCalls.member(parameters, "StreamSpecification")
                .filter(stream -> !stream.path("StreamEnabled").asBoolean())
                .isPresent();
    }

    private static void requireAdmissible(ObjectNode parameters, CapacityMembers capacity, TableDescription table) {
        switch (table.status()) {
            case CREATING -> throw TableFailures.beingCreated(table.name());
            case DELETING -> throw TableFailures.beingDeleted(table.name());
            case ACTIVE ->
                capacity.requireAdmissible(table.settings().throughput().capacity());
        }
        if (isDisablingStream(parameters)) {
            throw ApiException.validation("Table has no stream to disable: TableName: " + table.name());
        }
        if (TableCalls.member(parameters, "SSESpecification").isPresent()) {
            throw ApiException.validation(INVALID + "Table is already encrypted by default");
        }
    }
}
