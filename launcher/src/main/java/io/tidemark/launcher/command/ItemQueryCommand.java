package io.tidemark.launcher.command;

import io.tidemark.client.ItemPage;
import io.tidemark.client.QueryRequest;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.ConditionText;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.item.KeyText;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.node.NodeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark item query}. */
@Command(
        name = "query",
        description = "Print the items of one partition key in the order of their sort keys.",
        footer = {
            "  tidemark item query edits --key '#en.wikipedia' --begins-with 2015-09-12T07 --limit 20",
            "  tidemark item query edits --key '#en.wikipedia' --sort '>=2015-09-12T20' --desc",
            "  tidemark item query readings --key sensor-1 --between 100 200 --filter 'value>3.5'"
        })
final class ItemQueryCommand extends ClusterCommand {
    private static final int DEFAULT_LIMIT = 100;

    @Parameters(index = "0", paramLabel = "TABLE", description = "The table.")
    String table = "";

    @Option(names = "--key", required = true, paramLabel = "VALUE", description = "The partition key's value.")
    String key = "";

    @Option(
            names = "--sort",
            paramLabel = "[SIGN]VALUE",
            description = "Sort keys equal to a value, or after a sign: < <= > >=.")
    Optional<String> sort = Optional.empty();

    @Option(names = "--begins-with", paramLabel = "PREFIX", description = "Sort keys that begin with this.")
    Optional<String> beginsWith = Optional.empty();

    @Option(
            names = "--between",
            arity = "2",
            paramLabel = "VALUE",
            description = "Sort keys from the first to the second value, both included.")
    List<String> between = new ArrayList<>();

    @Option(names = "--desc", description = "Greatest sort key first.")
    boolean descending;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Print at most so many items. Default: ${DEFAULT-VALUE}.")
    int limit = DEFAULT_LIMIT;

    @Option(
            names = "--start-after",
            paramLabel = "JSON",
            description = "The key after which to go on: lastEvaluatedKey of the page before.")
    Optional<String> startAfter = Optional.empty();

    @Option(
            names = "--filter",
            paramLabel = "PATH=VALUE",
            description = "Leave out items of which this does not hold; also != < <= > >=.")
    List<String> filters = new ArrayList<>();

    @Mixin
    ConsistencyOptions consistency = new ConsistencyOptions();

    ItemQueryCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        ItemGetCommand.requireLimit(limit);
        KeySchema schema = await(cluster.tables().describeTable(table)).keySchema();
        QueryRequest request = request(schema);
        ItemPages pages = new ItemPages(limit);
        while (pages.wantsMore()) {
            QueryRequest next =
                    pages.lastEvaluated().map(request::after).orElse(request).limit(pages.nextLimit());
            ItemPage page = cluster.client().query(next);
            pages.add(page);
        }
        pages.print(output, schema);
        return ExitCode.DONE;
    }

    private QueryRequest request(KeySchema schema) {
        QueryRequest request = QueryRequest.of(table, KeyText.value(schema.partitionKey(), key))
                .limit(Math.min(limit, NodeRequest.MAX_PAGE_ITEMS))
                .consistency(consistency.consistency());
        Optional<SortKeyCondition> condition = sortKeyCondition(schema);
        if (condition.isPresent()) {
            request = request.where(condition.get());
        }
        if (startAfter.isPresent()) {
            request = request.after(KeyText.primaryKey(schema, startAfter.get(), Optional.empty()));
        }
        var filter = ConditionText.all(
                filters.stream().map(ConditionText::comparison).toList());
        if (filter.isPresent()) {
            request = request.filter(filter.get());
        }
        return descending ? request.backward() : request;
    }

    private Optional<SortKeyCondition> sortKeyCondition(KeySchema schema) {
        int given = (sort.isPresent() ? 1 : 0) + (beginsWith.isPresent() ? 1 : 0) + (between.isEmpty() ? 0 : 1);
        if (given == 0) {
            return Optional.empty();
        }
        if (given > 1) {
            throw new InvalidInputException("--sort, --begins-with and --between exclude each other");
        }
        KeyAttribute attribute = schema.sortKey()
                .orElseThrow(() ->
                        new InvalidInputException("table " + table + " has no sort key: leave the condition out"));
        if (sort.isPresent()) {
            return Optional.of(ConditionText.sortKey(attribute, sort.get()));
        }
        return Optional.of(
                beginsWith.isPresent()
                        ? new SortKeyCondition.BeginsWith(KeyText.value(attribute, beginsWith.get()))
                        : new SortKeyCondition.Between(
                                KeyText.value(attribute, between.getFirst()),
                                KeyText.value(attribute, between.getLast())));
    }
}
