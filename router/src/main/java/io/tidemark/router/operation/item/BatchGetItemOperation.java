package io.tidemark.router.operation.item;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.client.GetRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.router.error.ValueWording;
import io.tidemark.router.expression.ExpressionParameters;
import io.tidemark.router.expression.KeyAttributeRules;
import io.tidemark.router.model.TableArn;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.TableAccess.Right;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.value.AttributeValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Gets of items of several tables. What could not be served, or would have made the answer larger than it may be, is given back as
 * unprocessed.
 */
final class BatchGetItemOperation implements Operation {
    /** DynamoDB's limit. */
    static final int MAX_KEYS = 100;

    private final TidemarkClient client;
    private final Tables tables;
    private final Clauses clauses;

    BatchGetItemOperation(TidemarkClient client, Tables tables, Clauses clauses) {
        this.client = client;
        this.tables = tables;
        this.clauses = clauses;
    }

    /** @param source the table's part of the request */
    private record TableKeys(
            String tableName,
            BatchedGets.Source source,
            List<Map<String, AttributeValue>> keys,
            Optional<Projection> projection,
            Freshness freshness) {}

    @Override
    public CompletableFuture<Answer> call(Call call) {
        Parameters input = new Parameters(call.parameters());
        List<TableKeys> byTable = new ArrayList<>();
        int count = 0;
        for (Map.Entry<String, JsonNode> table : input.required("RequestItems").properties()) {
            TableKeys keys = tableKeys(call, table.getKey(), new Parameters(table.getValue()), count);
            count += keys.keys().size();
            byTable.add(keys);
        }
        Capacity.Detail detail = Capacity.Detail.of(input);
        return gets(byTable, 0, new ArrayList<>())
                .thenCompose(gets -> new BatchedGets(client, gets).run())
                .thenApply(outcome -> outcome.answer(detail));
    }

    /**
     * @param nameOrArn as the request names the table, and the answer will
     * @param before keys of the tables before this one
     */
    private TableKeys tableKeys(Call call, String nameOrArn, Parameters table, int before) {
        String tableName = tables.allowed(call, Right.READ, TableArn.nameOf(nameOrArn));
        ExpressionParameters.GET_ITEM.check(table.members());
        JsonNode json = table.required("Keys");
        List<Map<String, AttributeValue>> keys = new ArrayList<>(json.size());
        for (JsonNode key : json) {
            keys.add(AttributeValues.readMap(key, ValueWording.CURRENT));
            if (before + keys.size() > MAX_KEYS) {
                throw ItemErrors.tooManyItems("BatchGetItem");
            }
        }
        Optional<Projection> projection = clauses.projection(table);
        if (new HashSet<>(keys).size() < keys.size()) {
            throw ItemErrors.duplicateKeys();
        }
        Freshness freshness = new Freshness(table.flag("ConsistentRead", false), call.readToken());
        BatchedGets.Source source = new BatchedGets.Source(nameOrArn, table.members(), freshness.consistentRead());
        return new TableKeys(tableName, source, keys, projection, freshness);
    }

    /** Looks at the tables one by one, and at all keys before anything is read. */
    private CompletableFuture<List<BatchedGets.Get>> gets(
            List<TableKeys> byTable, int index, List<BatchedGets.Get> gets) {
        if (index == byTable.size()) {
            return CompletableFuture.completedFuture(gets);
        }
        TableKeys table = byTable.get(index);
        return tables.with(table.tableName(), route -> {
            gets.addAll(gets(route, table));
            return gets(byTable, index + 1, gets);
        });
    }

    private static List<BatchedGets.Get> gets(TableRoute route, TableKeys table) {
        List<BatchedGets.Get> gets = new ArrayList<>(table.keys().size());
        for (int i = 0; i < table.keys().size(); i++) {
            PrimaryKey key = Keys.of(route, table.keys().get(i));
            GetRequest request = new GetRequest(
                    table.tableName(),
                    key,
                    table.projection(),
                    table.freshness().ofKey(route, key));
            gets.add(new BatchedGets.Get(
                    table.source(), request, table.source().json().get("Keys").get(i)));
        }
        table.projection().ifPresent(checked -> KeyAttributeRules.requireScalarKeys(route.keySchema(), checked));
        return gets;
    }
}
