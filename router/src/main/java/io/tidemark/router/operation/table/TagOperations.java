package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.TableAccess.Right;
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
        String name = calls.tableOfResource(call, Right.ADMIN);
        JsonNode tags = call.parameters().path("Tags");
        if (tags.isEmpty()) {
            throw ApiException.validation("Atleast one Tag needs to be provided as Input.");
        }
        return change(call, name, new TableChange.AddTags(TagMembers.tags(tags)));
    }

    CompletionStage<Answer> untag(Call call) {
        String name = calls.tableOfResource(call, Right.ADMIN);
        SortedSet<String> keys = TagMembers.keys(call.parameters().path("TagKeys"));
        if (keys.isEmpty()) {
            throw ApiException.validation("Atleast one Tag Key needs to be provided as Input.");
        }
        return change(call, name, new TableChange.RemoveTags(keys));
    }

    /** All of them at once: there are at most 50. */
    CompletionStage<Answer> list(Call call) {
        String name = calls.tableOfResource(call, Right.READ);
        return named(context.tables().describeTable(name), name).thenApply(table -> {
            ObjectNode json = TableJson.object();
            ArrayNode tags = json.putArray("Tags");
            table.settings()
                    .tags()
                    .byKey()
                    .forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
            return TableJson.answer(json);
        });
    }

    private CompletionStage<Answer> change(Call call, String name, TableChange change) {
        return named(context.tables().changeTable(name, change, calls.requestId(call)), name)
                .thenApply(table -> TableJson.answer(TableJson.object()));
    }

    /** A table that is not there is named by the ARN that the request gave. */
    private CompletionStage<TableDescription> named(CompletionStage<TableDescription> result, String name) {
        return TableFailures.translated(
                result.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        TableFailures.unwrapped(failure) instanceof CatalogException refused
                                        && refused.kind() == Kind.TABLE_NOT_FOUND
                                ? new ApiException(
                                        ErrorType.RESOURCE_NOT_FOUND,
                                        "Requested resource not found: ResourceArn: "
                                                + context.arns().of(name) + " not found")
                                : failure)),
                name);
    }
}
