package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.TableErrors;
import java.util.List;

/**
 * Parameters that ask for what there is not. What would change how the table behaves is refused; what only says how it is charged
 * for, {@code TableClass} and {@code WarmThroughput}, is ignored.
 */
final class OtherParameters {
    private static final String INDEX_UPDATES = "GlobalSecondaryIndexUpdates";
    private static final List<String> INDEX_LISTS =
            List.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes", INDEX_UPDATES);
    private static final List<String> TABLE_CLASSES = List.of("STANDARD", "STANDARD_INFREQUENT_ACCESS");
    private static final List<String> GLOBAL_TABLES =
            List.of("ReplicaUpdates", "MultiRegionConsistency", "GlobalTableWitnessUpdates", "GlobalTableSourceArn");

    private OtherParameters() {}

    /** @throws ApiException if the parameters ask for an index, a stream, encryption or another of these, or are wrong */
    static void check(ObjectNode parameters) {
        INDEX_LISTS.forEach(
                indexes -> TableCalls.member(parameters, indexes).ifPresent(list -> refuseIndexes(indexes, list)));
        TableCalls.member(parameters, "StreamSpecification").ifPresent(OtherParameters::refuseStream);
        TableCalls.member(parameters, "SSESpecification").ifPresent(OtherParameters::refuseEncryption);
        if (TableCalls.member(parameters, "TableClass")
                .filter(tableClass -> !TABLE_CLASSES.contains(tableClass.asText()))
                .isPresent()) {
            throw TableErrors.tableClass();
        }
        refuse(parameters, "OnDemandThroughput", "limits of tables on demand");
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

    /** Whether all that is asked for of indexes is to change or delete some that are there: there are none. */
    static boolean changesIndexes(ObjectNode parameters) {
        return TableCalls.member(parameters, INDEX_UPDATES)
                .filter(OtherParameters::areOfIndexesThatAreThere)
                .isPresent();
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
        throw list.isEmpty() ? TableErrors.noIndexes(member) : TableErrors.unsupported("secondary indexes", member);
    }

    private static void refuseStream(JsonNode stream) {
        if (stream.path("StreamEnabled").asBoolean()) {
            throw TableErrors.unsupported("streams", "StreamSpecification");
        }
        if (stream.hasNonNull("StreamViewType")) {
            throw TableErrors.viewTypeOfNoStream();
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
