package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.TableErrors;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableClass;
import io.tidemark.schema.catalog.TableDescription;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code UpdateTable}: billing mode, provisioned throughput, limits on demand, table class and deletion protection. */
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
            "TableClass",
            "GlobalTableWitnessUpdates",
            "GlobalTableSettingsReplicationMode");

    /** Members that stand alone, in the order in which the service looks for them, with what it calls them. */
    private static final Map<String, String> ALONE = alone();

    private final TableContext context;
    private final TableCalls calls;
    private final TableJson json;

    UpdateTableOperation(TableContext context) {
        this.context = context;
        this.calls = new TableCalls(context);
        this.json = new TableJson(context);
    }

    private static Map<String, String> alone() {
        Map<String, String> alone = new LinkedHashMap<>();
        alone.put("SSESpecification", "Server-Side Encryption modification");
        alone.put("DeletionProtectionEnabled", "DeletionProtection modification");
        alone.put("TableClass", "TableClass modification");
        alone.put("WarmThroughput", "WarmThroughput");
        return Collections.unmodifiableMap(alone);
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        String name = TableCalls.tableName(call);
        ObjectNode parameters = call.parameters();
        CapacityMembers capacity = CapacityMembers.of(parameters);
        LimitMembers limits = LimitMembers.of(parameters);
        Optional<TableChange> change = change(parameters, capacity, limits);
        CompletionStage<Answer> answer = context.tables().describeTable(name).thenCompose(before -> {
            requireAdmissible(parameters, capacity, before);
            return change.map(wanted -> context.tables().changeTable(name, wanted, calls.requestId(call)))
                    .orElseGet(() -> CompletableFuture.completedFuture(before))
                    .thenApply(after -> TableJson.answer(
                            TableJson.object().set("TableDescription", description(change, limits, before, after))));
        });
        return TableFailures.translated(answer, name);
    }

    /** Deletion protection and the limits of a table that is on demand already are changed at once. */
    private ObjectNode description(
            Optional<TableChange> change, LimitMembers limits, TableDescription before, TableDescription after) {
        if (change.isEmpty()) {
            return json.describe(after);
        }
        return switch (change.get()) {
            case TableChange.SetDeletionProtection set -> json.describe(after);
            case TableChange.SetOnDemandLimits set -> {
                boolean wasOnDemand = before.settings().throughput().capacity().equals(Capacity.ON_DEMAND);
                ObjectNode table = wasOnDemand ? json.describe(after) : json.describeUpdating(before, after);
                limits.writeRemoved(table);
                yield table;
            }
            case TableChange.SetCapacity set -> json.describeUpdating(before, after);
            case TableChange.SetTableClass set -> json.describeUpdating(before, after);
            case TableChange.AddTags add -> throw noUpdate(add);
            case TableChange.RemoveTags remove -> throw noUpdate(remove);
            case TableChange.SetTimeToLive set -> throw noUpdate(set);
        };
    }

    private static IllegalStateException noUpdate(TableChange change) {
        return new IllegalStateException("UpdateTable does not make the change " + change);
    }

    /** Empty if all that is asked for is of no consequence here. */
    private static Optional<TableChange> change(ObjectNode parameters, CapacityMembers capacity, LimitMembers limits) {
        requireOneUpdate(parameters, limits);
        Optional<TableClass> tableClass = TableClassMember.of(parameters);
        Optional<TableChange> setCapacity =
                capacity.isEmpty() ? Optional.empty() : Optional.of(new TableChange.SetCapacity(capacity.ofChange()));
        OtherParameters.checkUpdate(parameters);
        if (!limits.isEmpty()) {
            return Optional.of(limits.ofChange(capacity));
        }
        return TableCalls.member(parameters, "DeletionProtectionEnabled")
                .<TableChange>map(enabled -> new TableChange.SetDeletionProtection(enabled.asBoolean()))
                .or(() -> tableClass.map(TableChange.SetTableClass::new))
                .or(() -> setCapacity);
    }

    /** One, but for capacity and indexes, which are changed together. */
    private static void requireOneUpdate(ObjectNode parameters, LimitMembers limits) {
        List<String> updates = UPDATES.stream()
                .filter(update -> TableCalls.member(parameters, update)
                        .filter(value -> isUpdate(update, value))
                        .isPresent())
                .toList();
        if (updates.isEmpty()) {
            throw TableErrors.nothingToUpdate();
        }
        if (updates.size() > 1) {
            ALONE.forEach((member, change) -> {
                if (updates.contains(member)) {
                    throw TableErrors.notTheOnlyChange(change);
                }
            });
        }
        if (!limits.isEmpty() && updates.contains("StreamSpecification")) {
            throw TableErrors.limitsBeside();
        }
    }

    private static boolean isUpdate(String update, JsonNode value) {
        return switch (update) {
            case "WarmThroughput", LimitMembers.MEMBER ->
                value.properties().stream()
                        .anyMatch(member -> !member.getValue().isNull());
            default -> !value.isArray() || !value.isEmpty();
        };
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
        OtherParameters.changedIndex(parameters).ifPresent(index -> {
            throw TableErrors.noSuchIndex(index, table.name());
        });
        if (isDisablingStream(parameters)) {
            throw TableErrors.noStream(table.name());
        }
        if (TableCalls.member(parameters, "SSESpecification").isPresent()) {
            throw TableErrors.encryptedByDefault();
        }
    }
}
