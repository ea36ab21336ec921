package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.TableAccess.Right;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableList;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code ListTables}: those that the caller has any right to. A page may have fewer of them than there are tables in it.
 */
final class ListTablesOperation implements Operation {
    private final TableContext context;

    ListTablesOperation(TableContext context) {
        this.context = context;
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        int limit = TableCalls.member(call.parameters(), "Limit")
                .map(JsonNode::intValue)
                .orElse(TableList.MAX_LIMIT);
        Optional<String> start =
                TableCalls.member(call.parameters(), "ExclusiveStartTableName").map(JsonNode::asText);
        return TableFailures.translated(context.tables().listTables(start, limit), start.orElse(""))
                .thenApply(list -> answer(call, list));
    }

    private static Answer answer(Call call, TableList list) {
        ObjectNode json = TableJson.object();
        ArrayNode names = json.putArray("TableNames");
        list.tables().stream()
                .map(TableDescription::name)
                .filter(name -> isKnownTo(call, name))
                .forEach(names::add);
        list.lastEvaluatedName().ifPresent(name -> json.put("LastEvaluatedTableName", name));
        return TableJson.answer(json);
    }

    private static boolean isKnownTo(Call call, String tableName) {
        return Arrays.stream(Right.values()).anyMatch(right -> call.access().allows(right, tableName));
    }
}
