package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.TableErrors;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Parameters that ask for what there is not: they are refused, but for {@code WarmThroughput}, which is of no consequence here. */
final class OtherParameters {
    private static final String INDEX_UPDATES = "GlobalSecondaryIndexUpdates";
    private static final List<String> INDEX_ACTIONS = List.of("Update", "Create", "Delete");
    private static final List<String> INDEX_LISTS =
            List.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes", INDEX_UPDATES);
    private static final List<String> GLOBAL_TABLES =
            List.of("ReplicaUpdates", "MultiRegionConsistency", "GlobalTableWitnessUpdates", "GlobalTableSourceArn");

    private OtherParameters() {}

    /** @throws ApiException if the parameters of a new table ask for an index, a stream, encryption or another of these */
    static void checkCreation(ObjectNode parameters) {
        check(parameters, TableErrors::viewTypeOfNoStream);
    }

    /** As {@link #checkCreation}, of the parameters of an update. */
    static void checkUpdate(ObjectNode parameters) {
        check(parameters, TableErrors::viewTypeOfEndedStream);
    }

    private static void check(ObjectNode parameters, Supplier<ApiException> viewType) {
        INDEX_LISTS.forEach(
                indexes -> TableCalls.member(parameters, indexes).ifPresent(list -> refuseIndexes(indexes, list)));
        TableCalls.member(parameters, "StreamSpecification").ifPresent(stream -> refuseStream(stream, viewType));
        TableCalls.member(parameters, "SSESpecification").ifPresent(OtherParameters::refuseEncryption);
        refuse(parameters, "ResourcePolicy", "resource policies");
        GLOBAL_TABLES.forEach(member -> refuse(parameters, member, "global tables"));
        if (TableCalls.member(parameters, "GlobalTableSettingsReplicationMode")
                .filter(mode -> !mode.asText().equals("DISABLED"))
                .isPresent()) {
            throw TableErrors.unsupported("global tables", "GlobalTableSettingsReplicationMode");
        }
    }

    private static void refuse(ObjectNode parameters, String member, String what) {
        if (TableCalls.member(parameters, member).isPresent()) {
            throw TableErrors.unsupported(what, member);
        }
    }

    /** The first index that shall be changed or deleted, if that is all that is asked for of indexes: there are none. */
    static Optional<String> changedIndex(ObjectNode parameters) {
        return TableCalls.member(parameters, INDEX_UPDATES)
                .filter(OtherParameters::areOfIndexesThatAreThere)
                .map(updates ->
                        updates.get(0).elements().next().path("IndexName").asText());
    }

    private static boolean areOfIndexesThatAreThere(JsonNode updates) {
        for (JsonNode update : updates) {
            if (update.size() != 1 || update.hasNonNull("Create")) {
                return false;
            }
        }
        return !updates.isEmpty();
    }

    private static void refuseIndexes(String member, JsonNode list) {
        if (member.equals(INDEX_UPDATES) && areOfIndexesThatAreThere(list)) {
            return;
        }
        if (member.equals(INDEX_UPDATES)) {
            requireActions(list);
        }
        throw list.isEmpty() ? TableErrors.noIndexes(member) : TableErrors.unsupported("secondary indexes", member);
    }

    private static void requireActions(JsonNode updates) {
        for (JsonNode update : updates) {
            if (INDEX_ACTIONS.stream().noneMatch(update::hasNonNull)) {
                throw TableErrors.noIndexAction();
            }
        }
    }

    private static void refuseStream(JsonNode stream, Supplier<ApiException> viewType) {
        if (stream.path("StreamEnabled").asBoolean()) {
            throw TableErrors.unsupported("streams", "StreamSpecification");
        }
        if (stream.hasNonNull("StreamViewType")) {
            throw viewType.get();
        }
    }

    private static void refuseEncryption(JsonNode encryption) {
        if (encryption.path("Enabled").asBoolean()) {
            throw TableErrors.unsupported("encryption with keys of one's own", "SSESpecification");
        }
        for (String member : List.of("SSEType", "KMSMasterKeyId")) {
            if (encryption.hasNonNull(member)) {
                throw TableErrors.keyOfNoEncryption(member);
            }
        }
    }
}
