package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.TextTable;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeReply.RejectionsResult;
import io.tidemark.schema.node.NodeRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark log rejected}. */
@Command(
        name = "rejected",
        description =
                "List the latest records that are in the log and had no effect, and why: undecodable, for no table,"
                        + " for a range that the shard does not own.",
        footer = {"  tidemark log rejected", "  tidemark log rejected --limit 500 --json"})
final class LogRejectedCommand extends ClusterCommand {
    private static final int DEFAULT_LIMIT = 20;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many of each shard. Default: ${DEFAULT-VALUE}.")
    int limit = DEFAULT_LIMIT;

    LogRejectedCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        int atMost = Math.min(PageOptions.requireLimit(limit), NodeRequest.MAX_PAGE_ITEMS);
        ObjectNode result = Output.newObject();
        ArrayNode shards = result.putArray("shards");
        TextTable table = TextTable.withColumns(">SHARD", ">LSN", "REASON", "DETAIL");
        long total = 0;
        for (int number = 0; number < cluster.description().shardCount(); number++) {
            ShardId shard = new ShardId(number);
            if (!(await(cluster.client().callAsync(shard, new NodeRequest.Rejections(shard, atMost)))
                    instanceof RejectionsResult rejections)) {
                throw new IllegalStateException("a node answered something else than rejections");
            }
            total += rejections.total();
            ArrayNode latest = shards.addObject()
                    .put("shard", number)
                    .put("total", rejections.total())
                    .putArray("latest");
            rejections.latest().forEach(rejection -> {
                latest.addObject()
                        .put("lsn", rejection.lsn().offset())
                        .put("reason", rejection.reason().name())
                        .put("detail", rejection.detail());
                table.row(shard, rejection.lsn(), rejection.reason(), rejection.detail());
            });
        }
        result.put("total", total);
        long all = total;
        output.print(
                result,
                () -> table.isEmpty()
                        ? "no record has been rejected\n"
                        : table.render("") + all + " rejected in all\n");
        return ExitCode.DONE;
    }
}
