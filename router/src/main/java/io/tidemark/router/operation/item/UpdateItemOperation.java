package io.tidemark.router.operation.item;

import io.tidemark.client.InvalidRequestException;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.UpdateRequest;
import io.tidemark.client.WriteRequest.WriteOptions;
import io.tidemark.client.WriteResult;
import io.tidemark.router.error.ConstraintErrors;
import io.tidemark.router.error.LegacyErrors;
import io.tidemark.router.error.ValueWording;
import io.tidemark.router.expression.ExpressionParameters;
import io.tidemark.router.expression.KeyAttributeRules;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.TableAccess.Right;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Changes attributes of an item, or creates it. */
final class UpdateItemOperation implements Operation {
    private final TidemarkClient client;
    private final Tables tables;
    private final Clauses clauses;

    UpdateItemOperation(TidemarkClient client, Tables tables, Clauses clauses) {
        this.client = client;
        this.tables = tables;
        this.clauses = clauses;
    }

    /** What can be known without the table. */
    private record Change(Map<String, AttributeValue> key, Clauses.Update update) {}

    @Override
    public CompletableFuture<Answer> call(Call call) {
        Parameters input = new Parameters(call.parameters());
        String tableName = tables.allowed(call, Right.WRITE, input);
        Change change = ConstraintErrors.counted(() -> change(input));
        Clauses.Update update = change.update();
        WriteOptions options = new WriteOptions(
                update.condition(),
                ReturnModes.any(input),
                ReturnModes.oldOnConditionFailure(input),
                RequestIds.of(call, 0));
        Capacity.Detail detail = Capacity.Detail.of(input);
        CompletableFuture<WriteResult> written = tables.with(tableName, route -> {
            KeySchema schema = route.keySchema();
            PrimaryKey primaryKey = Keys.of(route, change.key());
            KeyAttributeRules.requireKeysUnchanged(schema, update.update());
            KeyAttributeRules.requireScalarKeys(schema, update.update());
            update.condition().ifPresent(checked -> KeyAttributeRules.requireScalarKeys(schema, checked));
            return client.writeAsync(new UpdateRequest(tableName, primaryKey, update.update(), options));
        });
        return Failures.translated(update.older() ? withOlderMessage(written) : written)
                .thenApply(result -> Written.answer(tableName, detail, result));
    }

    private Change change(Parameters input) {
        ExpressionParameters.UPDATE_ITEM.check(input.members());
        Map<String, AttributeValue> key = AttributeValues.readMap(input.required("Key"), ValueWording.CURRENT);
        return new Change(key, clauses.update(input));
    }

    /** The older parameters have their own message for an attribute of a type that the action does not take. */
    private static CompletableFuture<WriteResult> withOlderMessage(CompletableFuture<WriteResult> written) {
        return written.exceptionallyCompose(failure -> {
            boolean operandType = Failures.unwrapped(failure) instanceof InvalidRequestException invalid
                    && invalid.reason()
                            .filter(InvalidReason.OPERAND_TYPE::equals)
                            .isPresent();
            return CompletableFuture.failedFuture(operandType ? LegacyErrors.updatedTypeMismatch() : failure);
        });
    }
}
