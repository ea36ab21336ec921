package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.TableErrors;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableDescription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code UpdateTable}: billing mode, provisioned throughput and deletion protection. */
final class UpdateTableOperation implements Operation {
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
        String name = TableCalls.tableName(call);
        ObjectNode parameters = call.parameters();
        CapacityMembers capacity = CapacityMembers.of(parameters);
        Optional<TableChange> change = change(parameters, capacity);
        CompletionStage<Answer> answer = context.tables().describeTable(name).thenCompose(before -> {
            requireAdmissible(parameters, capacity, before);
            return change.map(wanted -> context.tables().changeTable(name, wanted, calls.requestId(call)))
                    .orElseGet(() -> CompletableFuture.completedFuture(before))
                    .thenApply(after -> TableJson.answer(
                            TableJson.object().set("TableDescription", description(change, before, after))));
        });
        return TableFailures.translated(answer, name);
    }

    /** Deletion protection alone is changed at once. */
    private ObjectNode description(Optional<TableChange> change, TableDescription before, TableDescription after) {
        return change.filter(TableChange.SetDeletionProtection.class::isInstance)
                        .isPresent()
                ? json.describe(after)
                : json.describeUpdating(before, after);
    }

    /** Empty if all that is asked for is of no consequence here. */
    private static Optional<TableChange> change(ObjectNode parameters, CapacityMembers capacity) {
        List<String> updates = UPDATES.stream()
                .filter(update -> TableCalls.member(parameters, update)
                        .filter(value -> !value.isArray() || !value.isEmpty())
                        .isPresent())
                .toList();
        if (updates.isEmpty()) {
            throw TableErrors.nothingToUpdate();
        }
        Optional<JsonNode> protection = TableCalls.member(parameters, "DeletionProtectionEnabled");
        if (protection.isPresent() && updates.size() > 1) {
            throw TableErrors.notTheOnlyChange("DeletionProtection");
        }
        Optional<TableChange> setCapacity =
                capacity.isEmpty() ? Optional.empty() : Optional.of(new TableChange.SetCapacity(capacity.ofChange()));
        OtherParameters.check(parameters);
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
            case CREATING -> throw TableErrors.beingCreated(table.name());
            case DELETING -> throw TableErrors.beingDeleted(table.name());
            case ACTIVE ->
                capacity.requireAdmissible(table.settings().throughput().capacity());
        }
        if (OtherParameters.changesIndexes(parameters)) {
            throw TableErrors.noSuchIndex();
        }
        if (isDisablingStream(parameters)) {
            throw TableErrors.noStream(table.name());
        }
        if (TableCalls.member(parameters, "SSESpecification").isPresent()) {
            throw TableErrors.encryptedByDefault();
        }
    }
}
