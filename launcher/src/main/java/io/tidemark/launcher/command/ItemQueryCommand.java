package io.tidemark.launcher.command;

import io.tidemark.client.QueryRequest;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.ConditionText;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.item.KeyText;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
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

    @Mixin
    PageOptions page = new PageOptions();

    @Mixin
    ConsistencyOptions consistency = new ConsistencyOptions();

    ItemQueryCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        ItemPages pages = page.pages();
        KeySchema schema = await(cluster.tables().describeTable(table)).keySchema();
        QueryRequest request = request(schema);
        while (pages.wantsMore()) {
            QueryRequest next =
                    pages.lastEvaluated().map(request::after).orElse(request).limit(pages.nextLimit());
            pages.add(cluster.client().query(next));
        }
        pages.print(output, schema);
        return ExitCode.DONE;
    }

    private QueryRequest request(KeySchema schema) {
        QueryRequest request = QueryRequest.of(table, KeyText.value(schema.partitionKey(), key))
                .consistency(consistency.consistency());
        Optional<SortKeyCondition> condition = sortKeyCondition(schema);
        if (condition.isPresent()) {
            request = request.where(condition.get());
        }
        Optional<PrimaryKey> after = page.startAfter(schema);
        if (after.isPresent()) {
            request = request.after(after.get());
        }
        Optional<Condition> filter = page.filter();
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
