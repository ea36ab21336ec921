package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.output.Counted;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.TextTable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark log show}. */
@Command(
        name = "show",
        description = "Print records of a shard's log, decoded.",
        footer = {
            "  tidemark log show 0 0..20       (LSN 0 to 19)",
            "  tidemark log show 2 1000..      (from LSN 1000 on)",
            "  tidemark log show 0 .. --json --limit 100000"
        })
final class LogShowCommand extends ClusterCommand {
    private static final Pattern RANGE = Pattern.compile("(\\d{0,18})\\.\\.(\\d{0,18})");
    private static final int DEFAULT_LIMIT = 100;

    @Parameters(index = "0", paramLabel = "SHARD", description = "The shard's number.")
    int shard;

    @Parameters(
            index = "1",
            paramLabel = "FROM..TO",
            description = "LSNs from FROM up to, but not including, TO. Either may be left out.")
    String range = "..";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Print at most so many records. Default: ${DEFAULT-VALUE}.")
    int limit = DEFAULT_LIMIT;

    LogShowCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        PageOptions.requireLimit(limit);
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            throw new InvalidInputException("a range of LSNs is written FROM..TO, such as 0..20, not '" + range + "'");
        }
        long next = matcher.group(1).isEmpty() ? 0 : Long.parseLong(matcher.group(1));
        long to = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
        if (to < next) {
            throw new InvalidInputException("the range " + range + " ends before it begins");
        }
        ObjectNode result = Output.newObject().put("shard", shard);
        ArrayNode records = result.putArray("records");
        long end = next;
        do {
            long last = Math.min(to, next + (limit - records.size()));
            JsonNode page = cluster.http()
                    .get("/v1/log/" + shard + "?from=" + next + "&to=" + last)
                    .orElseThrow(() -> new InvalidInputException("this endpoint does not show the log"));
            page.path("records").forEach(records::add);
            end = Math.min(to, page.path("nextLsn").asLong());
            result.put("startLsn", page.path("startLsn").asLong());
            result.put("nextLsn", page.path("nextLsn").asLong());
            if (page.path("records").isEmpty()) {
                break;
            }
            next = records.get(records.size() - 1).path("lsn").asLong() + 1;
        } while (next < end && records.size() < limit);
        output.print(result, () -> text(records));
        if (!output.json()) {
            output.note(Counted.of(records.size(), "record") + "; the log of shard " + shard + " has LSN "
                    + result.path("startLsn") + " to " + (result.path("nextLsn").asLong() - 1));
        }
        return ExitCode.DONE;
    }

    private static String text(ArrayNode records) {
        TextTable table = TextTable.withColumns(">LSN", "TIME", "COMMAND", ">BYTES", "REQUEST ID", "CONTENT");
        records.forEach(record -> table.row(
                record.path("lsn").asLong(),
                record.path("time").asText(),
                record.path("command").path("type").asText("?"),
                record.path("sizeBytes").asInt(),
                record.path("requestId").asText("?"),
                content(record)));
        return table.render("");
    }

    private static String content(JsonNode record) {
        if (record.has("undecodable")) {
            return "undecodable: " + record.path("undecodable").asText();
        }
        ObjectNode command = record.path("command").deepCopy();
        command.remove("type");
        String damaged = record.path("checksumMatches").asBoolean() ? "" : "CHECKSUM DIFFERS ";
        String text = damaged + Output.compact(command);
        return text.length() > 160 ? text.substring(0, 159) + "…" : text;
    }
}
