package io.tidemark.router.operation.item;

import io.tidemark.client.PutRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.WriteRequest.WriteOptions;
import io.tidemark.router.error.ConstraintErrors;
import io.tidemark.router.error.ItemErrors;
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
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.ItemSize;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Replaces a whole item, or creates it. */
final class PutItemOperation implements Operation {
    private final TidemarkClient client;
    private final Tables tables;
    private final Clauses clauses;

    PutItemOperation(TidemarkClient client, Tables tables, Clauses clauses) {
        this.client = client;
        this.tables = tables;
        this.clauses = clauses;
    }

    @Override
    public CompletableFuture<Answer> call(Call call) {
        Parameters input = new Parameters(call.parameters());
        String tableName = tables.allowed(call, Right.WRITE, input);
        PutRequest request = ConstraintErrors.counted(() -> request(call, input, tableName));
        if (ItemSize.of(request.item()) > ItemSize.MAX_ITEM_BYTES) {
            throw ItemErrors.itemTooLarge();
        }
        Capacity.Detail detail = Capacity.Detail.of(input);
        return Failures.translated(tables.with(tableName, route -> {
                    KeySchema schema = route.keySchema();
                    Keys.requireIn(schema, request.item());
                    request.options()
                            .condition()
                            .ifPresent(checked -> KeyAttributeRules.requireScalarKeys(schema, checked));
                    return client.writeAsync(request);
                }))
                .thenApply(result -> Written.answer(tableName, detail, result));
    }

    private PutRequest request(Call call, Parameters input, String tableName) {
        ExpressionParameters.PUT_ITEM.check(input.members());
        Item item = AttributeValues.readItem(input.required("Item"), ValueWording.CURRENT);
        ReturnValues returnValues = ReturnModes.oldOnly(input);
        Optional<Condition> condition = clauses.condition(input);
        return new PutRequest(
                tableName,
                item,
                new WriteOptions(
                        condition, returnValues, ReturnModes.oldOnConditionFailure(input), RequestIds.of(call, 0)));
    }
}
