package io.tidemark.router.operation.item;

import io.tidemark.client.ScanRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.router.error.ValueWording;
import io.tidemark.router.expression.ExpressionParameters;
import io.tidemark.router.expression.KeyAttributeRules;
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

/** A page of all items of a table, or of one of several segments of it. */
final class ScanOperation implements Operation {
    private final TidemarkClient client;
    private final Tables tables;
    private final Clauses clauses;

    ScanOperation(TidemarkClient client, Tables tables, Clauses clauses) {
        this.client = client;
        this.tables = tables;
        this.clauses = clauses;
    }

    private record Segment(int number, int total) {
        static final Segment WHOLE = new Segment(0, 1);

        /** @throws ApiException VALIDATION if there is no such segment, or only one of the two parameters */
        static Segment of(Parameters input) {
            Optional<Integer> number = input.integer("Segment");
            Optional<Integer> total = input.integer("TotalSegments");
            if (number.isEmpty() && total.isEmpty()) {
                return WHOLE;
            }
            if (total.isEmpty()) {
                throw ItemErrors.segmentAlone();
            }
            if (number.isEmpty()) {
                throw ItemErrors.totalSegmentsAlone();
            }
            if (number.get() >= total.get()) {
                throw ItemErrors.segmentTooLarge();
            }
            return new Segment(number.get(), total.get());
        }
    }

    /** What can be known without the table. */
    private record Input(
            Pages pages,
            Filter filter,
            Optional<Projection> projection,
            Optional<Map<String, AttributeValue>> startKey,
            Optional<String> indexName,
            Segment segment,
            int limit,
            Freshness freshness) {}

    @Override
    public CompletableFuture<Answer> call(Call call) {
        Parameters input = new Parameters(call.parameters());
        String tableName = tables.allowed(call, Right.READ, input);
        Input scan = input(call, input, tableName);
        return Failures.translated(tables.with(tableName, route -> page(scan, route)));
    }

    private Input input(Call call, Parameters input, String tableName) {
        ExpressionParameters.SCAN.check(input.members());
        Select select = Select.of(input);
        Optional<Projection> attributes = clauses.attributesToGet(input);
        Optional<Condition> olderFilter = clauses.olderFilter(input, Filter.SCAN_FILTER);
        Optional<Map<String, AttributeValue>> startKey = StartKeys.read(input, ValueWording.OLDER);
        Segment segment = Segment.of(input);
        Clauses.Read read = clauses.read(input);
        Freshness freshness = new Freshness(input.flag("ConsistentRead", false), call.readToken());
        return new Input(
                new Pages(tableName, select, Capacity.Detail.of(input), freshness.consistentRead()),
                Filter.of(olderFilter, Filter.SCAN_FILTER, read),
                attributes.or(read::projection),
                startKey,
                input.text("IndexName"),
                segment,
                Pages.limit(input),
                freshness);
    }

    private CompletableFuture<Answer> page(Input scan, TableRoute route) {
        scan.indexName().ifPresent(name -> {
            throw scan.startKey().isPresent() ? ItemErrors.startKey() : ItemErrors.noSuchIndex(name);
        });
        KeySchema schema = route.keySchema();
        Segment segment = scan.segment();
        ScanRequest request = new ScanRequest(
                scan.pages().tableName(),
                segment.number(),
                segment.total(),
                scan.limit(),
                scan.startKey()
                        .map(attributes -> StartKeys.ofScan(route, attributes, segment.number(), segment.total())),
                scan.filter().condition(),
                scan.pages().projection(schema, scan.projection()),
                scan.freshness().ofScan());
        scan.projection().ifPresent(checked -> KeyAttributeRules.requireScalarKeys(schema, checked));
        scan.filter().requireScalarKeys(schema);
        return client.scanAsync(request).thenApply(page -> scan.pages().answer(schema, page));
    }
}
