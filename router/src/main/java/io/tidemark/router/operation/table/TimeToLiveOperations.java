package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.TableErrors;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code UpdateTimeToLive} and {@code DescribeTimeToLive}. Thread-safe. */
final class TimeToLiveOperations {
    private static final String STATUS = "TimeToLiveStatus";
    private static final String ATTRIBUTE_NAME = "AttributeName";

    private final TableContext context;
    private final TableCalls calls;

    TimeToLiveOperations(TableContext context) {
        this.context = context;
        this.calls = new TableCalls(context);
    }

    CompletionStage<Answer> update(Call call) {
        String name = TableCalls.tableName(call);
        JsonNode specification = call.parameters().path("TimeToLiveSpecification");
        String attributeName = specification.path(ATTRIBUTE_NAME).asText();
        boolean enabled = specification.path("Enabled").asBoolean();
        if (attributeName.isEmpty()) {
            throw TableErrors.emptyTimeToLiveAttribute();
        }
        return TableFailures.translated(
                        context.tables().changeTable(name, change(attributeName, enabled), calls.requestId(call)), name)
                .thenApply(table -> {
                    ObjectNode json = TableJson.object();
                    json.putObject("TimeToLiveSpecification")
                            .put("Enabled", enabled)
                            .put(ATTRIBUTE_NAME, attributeName);
                    return TableJson.answer(json);
                });
    }

    private static TableChange change(String attributeName, boolean enabled) {
        try {
            return new TableChange.SetTimeToLive(attributeName, enabled);
        } catch (IllegalArgumentException invalid) {
            throw TableErrors.invalid(String.valueOf(invalid.getMessage()));
        }
    }

    CompletionStage<Answer> describe(Call call) {
        String name = TableCalls.tableName(call);
        return TableFailures.translated(context.tables().describeTable(name), name)
                .thenApply(TimeToLiveOperations::description);
    }

    private static Answer description(TableDescription table) {
        if (table.status() != TableStatus.ACTIVE) {
            throw TableErrors.timeToLiveNotDescribed(table.status());
        }
        ObjectNode json = TableJson.object();
        ObjectNode description = json.putObject("TimeToLiveDescription");
        Optional<String> attribute = table.settings().timeToLiveAttribute();
        description.put(STATUS, attribute.isPresent() ? "ENABLED" : "DISABLED");
        attribute.ifPresent(name -> description.put(ATTRIBUTE_NAME, name));
        return TableJson.answer(json);
    }
}
