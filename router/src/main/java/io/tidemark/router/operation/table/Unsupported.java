package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import java.util.List;

/**
 * Parameters that ask for what there is not. What would change how the table behaves is refused; what only says how it is charged
 * for ({@code TableClass}, {@code WarmThroughput}) is checked and ignored.
 */
final class Unsupported {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final List<String> TABLE_CLASSES = List.of("STANDARD", "STANDARD_INFREQUENT_ACCESS");
    private static final List<String> REFUSED = List.of(
            "OnDemandThroughput",
            "ResourcePolicy",
            "ReplicaUpdates",
            "MultiRegionConsistency",
            "GlobalTableWitnessUpdates",
            "GlobalTableSettingsReplicationMode",
            "GlobalTableSourceArn");

    private Unsupported() {}

    /** @throws ApiException VALIDATION if the parameters ask for an index, a stream, encryption or another of these */
    static void refuse(ObjectNode parameters) {
        for (String indexes :
                List.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes", "GlobalSecondaryIndexUpdates")) {
            TableCalls.member(parameters, indexes).ifPresent(list -> refuseIndexes(indexes, list));
        }
        TableCalls.member(parameters, "StreamSpecification").ifPresent(stream -> {
            if (stream.path("StreamEnabled").asBoolean()) {
                throw unsupported("StreamSpecification: streams are");
            }
            if (TableCalls.member(stream, "StreamViewType").isPresent()) {
                throw ApiException.validation(INVALID
                        + "Table is being created with a stream disabled, UpdateViewType should not be specified");
            }
        });
        TableCalls.member(parameters, "SSESpecification").ifPresent(Unsupported::refuseEncryption);
        TableCalls.member(parameters, "TableClass").ifPresent(tableClass -> {
            if (!TABLE_CLASSES.contains(tableClass.asText())) {
                throw ApiException.validation("Invalid table-class parameter provided. Please try again with a valid"
                        + " table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].");
            }
        });
        for (String name : REFUSED) {
            if (TableCalls.member(parameters, name).isPresent()) {
                throw unsupported(name + " is");
            }
        }
    }

    private static void refuseIndexes(String member, JsonNode list) {
        if (list.isEmpty()) {
            throw ApiException.validation(INVALID + "List of " + member + " is empty");
        }
        throw unsupported(member + ": secondary indexes are");
    }

    private static void refuseEncryption(JsonNode encryption) {
        if (encryption.path("Enabled").asBoolean()) {
            throw unsupported("SSESpecification: encryption with keys of one's own is");
        }
        for (String member : List.of("SSEType", "KMSMasterKeyId")) {
            if (TableCalls.member(encryption, member).isPresent()) {
                throw ApiException.validation(INVALID + member + " can not be specified if Enabled is false");
            }
        }
    }

    private static ApiException unsupported(String what) {
        return ApiException.validation(INVALID + what + " not supported by this server");
    }
}
