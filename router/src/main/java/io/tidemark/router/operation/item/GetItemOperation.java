package io.tidemark.router.operation.item;

import io.tidemark.client.GetRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.router.error.ValueWording;
import io.tidemark.router.expression.ExpressionParameters;
import io.tidemark.router.expression.KeyAttributeRules;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.TableAccess.Right;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.value.AttributeValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads one item. */
final class GetItemOperation implements Operation {
    private final TidemarkClient client;
    private final Tables tables;
    private final Clauses clauses;

    GetItemOperation(TidemarkClient client, Tables tables, Clauses clauses) {
        this.client = client;
        this.tables = tables;
        this.clauses = clauses;
    }

    @Override
    public CompletableFuture<Answer> call(Call call) {
        Parameters input = new Parameters(call.parameters());
        String tableName = tables.allowed(call, Right.READ, input);
        ExpressionParameters.GET_ITEM.check(input.members());
        Map<String, AttributeValue> key = AttributeValues.readMap(input.required("Key"), ValueWording.CURRENT);
        Optional<Projection> projection = clauses.projection(input);
        Freshness freshness = new Freshness(input.flag("ConsistentRead", false), call.readToken());
        Capacity.Detail detail = Capacity.Detail.of(input);
        return Failures.translated(tables.with(tableName, route -> {
                    PrimaryKey primaryKey = Keys.of(route, key);
                    projection.ifPresent(checked -> KeyAttributeRules.requireScalarKeys(route.keySchema(), checked));
                    return client.getAsync(
                            new GetRequest(tableName, primaryKey, projection, freshness.ofKey(route, primaryKey)));
                }))
                .thenApply(result -> answer(tableName, detail, freshness.consistentRead(), result));
    }

    /** An item of which the projection finds nothing is there, without attributes. */
    private static Answer answer(
            String tableName, Capacity.Detail detail, boolean consistentRead, NodeReply.GetResult result) {
        return Answer.of(Answers.object(out -> {
            if (result.item().isPresent()) {
                out.writeFieldName("Item");
                AttributeValues.writeItem(out, result.item().get());
            }
            Capacity.writeMember(out, detail, tableName, Capacity.ofRead(result.sizeBytes(), consistentRead));
        }));
    }
}
