package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.TableErrors;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableDescription;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code TagResource}, {@code UntagResource} and {@code ListTagsOfResource}. Thread-safe. */
final class TagOperations {
    private final TableContext context;
    private final TableCalls calls;

    TagOperations(TableContext context) {
        this.context = context;
        this.calls = new TableCalls(context);
    }

    CompletionStage<Answer> tag(Call call) {
        String arn = TableCalls.resourceArn(call);
        String name = ResourceArns.tableName(arn);
        JsonNode tags = call.parameters().path("Tags");
        if (tags.isEmpty()) {
            throw TableErrors.noTags();
        }
        return change(call, name, arn, new TableChange.AddTags(TagMembers.tags(tags)));
    }

    CompletionStage<Answer> untag(Call call) {
        String arn = TableCalls.resourceArn(call);
        String name = ResourceArns.tableName(arn);
        SortedSet<String> keys = TagMembers.keys(call.parameters().path("TagKeys"));
        if (keys.isEmpty()) {
            throw TableErrors.noTagKeys();
        }
        return change(call, name, arn, new TableChange.RemoveTags(keys));
    }

    /** All of them at once: there are at most 50. */
    CompletionStage<Answer> list(Call call) {
        String arn = TableCalls.resourceArn(call);
        String name = ResourceArns.tableName(arn);
        return named(context.tables().describeTable(name), name, arn).thenApply(table -> {
            ObjectNode json = TableJson.object();
            ArrayNode tags = json.putArray("Tags");
            table.settings()
                    .tags()
                    .byKey()
                    .forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
            return TableJson.answer(json);
        });
    }

    private CompletionStage<Answer> change(Call call, String name, String arn, TableChange change) {
        return named(context.tables().changeTable(name, change, calls.requestId(call)), name, arn)
                .thenApply(table -> Answer.EMPTY);
    }

    /** A table that is not there is named by the ARN that the request gave. */
    private static CompletionStage<TableDescription> named(
            CompletionStage<TableDescription> result, String name, String arn) {
        CompletionStage<TableDescription> named = result.exceptionallyCompose(failure -> {
            Throwable cause = TableFailures.unwrapped(failure);
            boolean isMissing = cause instanceof CatalogException refused && refused.kind() == Kind.TABLE_NOT_FOUND;
            return CompletableFuture.failedFuture(isMissing ? TableErrors.resourceNotFound(arn) : cause);
        });
        return TableFailures.translated(named, name);
    }
}
