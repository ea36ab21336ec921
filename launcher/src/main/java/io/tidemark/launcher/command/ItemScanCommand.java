package io.tidemark.launcher.command;

import io.tidemark.client.ScanRequest;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark item scan}. */
@Command(
        name = "scan",
        description = "Print the items of a table, in no particular order.",
        footer = {
            "  tidemark item scan pages --limit 10",
            "  tidemark item scan pages --filter 'edits>=100' --limit 100000",
            "  tidemark item scan pages --segment 0/4 --limit 1000000 --json     (one of four parts)"
        })
final class ItemScanCommand extends ClusterCommand {
    @Parameters(index = "0", paramLabel = "TABLE", description = "The table.")
    String table = "";

    @Mixin
    PageOptions page = new PageOptions();

    @Option(
            names = "--segment",
            paramLabel = "I/N",
            description = "Only part I, counted from 0, of N equal parts of the table.")
    Optional<String> segment = Optional.empty();

    @Option(names = "--consistent", description = "See every write that was acknowledged before.")
    boolean consistent;

    ItemScanCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        ItemPages pages = page.pages();
        KeySchema schema = await(cluster.tables().describeTable(table)).keySchema();
        ScanRequest request = request(schema);
        while (pages.wantsMore()) {
            pages.add(cluster.client()
                    .scan(pages.lastEvaluated()
                            .map(request::after)
                            .orElse(request)
                            .limit(pages.nextLimit())));
        }
        pages.print(output, schema);
        return ExitCode.DONE;
    }

    private ScanRequest request(KeySchema schema) {
        ScanRequest request = ScanRequest.of(table).consistency(consistent ? Consistency.STRONG : Consistency.EVENTUAL);
        Optional<PrimaryKey> after = page.startAfter(schema);
        if (after.isPresent()) {
            request = request.after(after.get());
        }
        Optional<Condition> filter = page.filter();
        if (filter.isPresent()) {
            request = request.filter(filter.get());
        }
        if (segment.isPresent()) {
            try {
                int slash = segment.get().indexOf('/');
                request = request.segment(
                        Integer.parseInt(segment.get().substring(0, Math.max(0, slash))),
                        Integer.parseInt(segment.get().substring(slash + 1)));
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException(
                        "--segment is written I/N, such as 0/4, not '" + segment.get() + "'", e);
            }
        }
        return request;
    }
}
