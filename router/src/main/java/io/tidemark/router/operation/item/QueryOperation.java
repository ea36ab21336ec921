package io.tidemark.router.operation.item;

import io.tidemark.client.ItemPage;
import io.tidemark.client.QueryRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.router.error.ValueWording;
import io.tidemark.router.expression.ExpressionParameters;
import io.tidemark.router.expression.KeyAttributeRules;
import io.tidemark.router.expression.KeyCondition;
import io.tidemark.router.expression.KeyPredicates;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.TableAccess.Right;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.value.AttributeValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A page of the items of one partition key, in the order of their sort keys. */
final class QueryOperation implements Operation {
    private final TidemarkClient client;
    private final Tables tables;
    private final Clauses clauses;

    QueryOperation(TidemarkClient client, Tables tables, Clauses clauses) {
        this.client = client;
        this.tables = tables;
        this.clauses = clauses;
    }

    /** What can be known without the table. */
    private record Input(
            Pages pages,
            KeyPredicates key,
            Filter filter,
            Optional<Projection> projection,
            Optional<Map<String, AttributeValue>> startKey,
            Optional<String> indexName,
            boolean forward,
            int limit,
            Freshness freshness) {}

    @Override
    public CompletableFuture<Answer> call(Call call) {
        Parameters input = new Parameters(call.parameters());
        String tableName = tables.allowed(call, Right.READ, input);
        Input query = input(call, input, tableName);
        return Failures.translated(tables.with(tableName, route -> page(query, route)));
    }

    private Input input(Call call, Parameters input, String tableName) {
        ExpressionParameters.QUERY.check(input.members());
        Select select = Select.of(input);
        Optional<Condition> olderFilter = clauses.olderFilter(input, Filter.QUERY_FILTER);
        Optional<Projection> attributes = clauses.attributesToGet(input);
        Optional<Map<String, AttributeValue>> startKey = StartKeys.read(input, ValueWording.CURRENT);
        if (!input.has("KeyConditions") && !input.has("KeyConditionExpression")) {
            throw ItemErrors.noKeyCondition();
        }
        Clauses.Read read = clauses.read(input);
        Freshness freshness = new Freshness(input.flag("ConsistentRead", false), call.readToken());
        return new Input(
                new Pages(tableName, select, Capacity.Detail.of(input), freshness.consistentRead()),
                read.key().orElseGet(() -> clauses.keyConditions(input)),
                Filter.of(olderFilter, Filter.QUERY_FILTER, read),
                attributes.or(read::projection),
                startKey,
                input.text("IndexName"),
                input.flag("ScanIndexForward", true),
                Pages.limit(input),
                freshness);
    }

    private CompletableFuture<Answer> page(Input query, TableRoute route) {
        query.indexName().ifPresent(name -> {
            throw ItemErrors.noSuchIndex(name);
        });
        KeySchema schema = route.keySchema();
        query.startKey().ifPresent(attributes -> StartKeys.requirePartition(schema, attributes));
        KeyCondition condition = query.key().bind(schema);
        query.startKey().ifPresent(attributes -> StartKeys.requireComplete(schema, attributes));
        QueryRequest request = new QueryRequest(
                query.pages().tableName(),
                condition.partition(),
                condition.sort(),
                query.forward(),
                query.limit(),
                query.startKey().map(attributes -> StartKeys.ofQuery(route, attributes, condition)),
                query.filter().condition(),
                query.pages().projection(schema, query.projection()),
                query.freshness().ofPartitionKey(route, condition.partition()));
        query.projection().ifPresent(checked -> KeyAttributeRules.requireScalarKeys(schema, checked));
        query.filter().requireNoKeys(schema);
        return client.queryAsync(request).thenApply(page -> query.pages().answer(schema, restartable(schema, page)));
    }

    /** A query of a table without a sort key can find one item only: the service does not say where it ended. */
    private static ItemPage restartable(KeySchema keySchema, ItemPage page) {
        return keySchema.sortKey().isPresent()
                ? page
                : new ItemPage(
                        page.items(), Optional.empty(), page.scannedCount(), page.scannedBytes(), page.positions());
    }
}
