package io.tidemark.router.operation.item;

import io.tidemark.client.DeleteRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.WriteRequest.WriteOptions;
import io.tidemark.router.error.ConstraintErrors;
import io.tidemark.router.error.ValueWording;
import io.tidemark.router.expression.ExpressionParameters;
import io.tidemark.router.expression.KeyAttributeRules;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.TableAccess.Right;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.value.AttributeValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Removes an item if it is there. */
final class DeleteItemOperation implements Operation {
    private final TidemarkClient client;
    private final Tables tables;
    private final Clauses clauses;

    DeleteItemOperation(TidemarkClient client, Tables tables, Clauses clauses) {
        this.client = client;
        this.tables = tables;
        this.clauses = clauses;
    }

    /** What can be known without the table. */
    private record Deletion(Map<String, AttributeValue> key, WriteOptions options) {}

    @Override
    public CompletableFuture<Answer> call(Call call) {
        Parameters input = new Parameters(call.parameters());
        String tableName = tables.allowed(call, Right.WRITE, input);
        Deletion deletion = ConstraintErrors.counted(() -> deletion(call, input));
        WriteOptions options = deletion.options();
        Capacity.Detail detail = Capacity.Detail.of(input);
        return Failures.translated(tables.with(tableName, route -> {
                    DeleteRequest request = new DeleteRequest(tableName, Keys.of(route, deletion.key()), options);
                    options.condition()
                            .ifPresent(checked -> KeyAttributeRules.requireScalarKeys(route.keySchema(), checked));
                    return client.writeAsync(request);
                }))
                .thenApply(result -> Written.answer(tableName, detail, result));
    }

    private Deletion deletion(Call call, Parameters input) {
        ExpressionParameters.DELETE_ITEM.check(input.members());
        Map<String, AttributeValue> key = AttributeValues.readMap(input.required("Key"), ValueWording.CURRENT);
        ReturnValues returnValues = ReturnModes.oldOnly(input);
        Optional<Condition> condition = clauses.condition(input);
        return new Deletion(
                key,
                new WriteOptions(
                        condition, returnValues, ReturnModes.oldOnConditionFailure(input), RequestIds.of(call, 0)));
    }
}
