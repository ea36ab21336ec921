package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.item.ItemLines;
import io.tidemark.launcher.item.LineRequestIds;
import io.tidemark.launcher.output.Counted;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.roles.Entropy;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark load}. */
@Command(
        name = "load",
        description = {
            "Put one item for each line of a file of JSON objects, plain or in DynamoDB's notation.",
            "It may be broken off and repeated: what was written in the last ten minutes is not written twice."
        },
        footer = {
            "  tidemark load pages.jsonl --table pages",
            "  zcat pages.jsonl.gz | tidemark load - --table pages",
            "  tidemark load pages.jsonl --table pages --from-line 200001"
        })
final class LoadCommand extends ClusterCommand {
    private static final int DEFAULT_IN_FLIGHT = 256;
    private static final int MAX_IN_FLIGHT = 4_096;
    private static final int PRINTED_ERRORS = 20;
    private static final int COUNT_BUFFER_BYTES = 1 << 20;

    @Parameters(index = "0", paramLabel = "FILE", description = "The file; - for standard input.")
    String file = "";

    @Option(names = "--table", required = true, paramLabel = "NAME", description = "The table.")
    String table = "";

    @Option(
            names = "--from-line",
            paramLabel = "N",
            defaultValue = "1",
            description = "Pass over the lines before this one. Default: ${DEFAULT-VALUE}.")
    long fromLine = 1;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "256",
            description = "Writes under way at once, fewer while answers come late. Default: ${DEFAULT-VALUE}.")
    int inFlight = DEFAULT_IN_FLIGHT;

    @Option(
            names = "--anew",
            description = "Write every line, even if the same file was loaded within the last ten minutes.")
    boolean anew;

    LoadCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) throws IOException, InterruptedException {
        if (inFlight < 1 || inFlight > MAX_IN_FLIGHT) {
            throw new InvalidInputException("--in-flight is 1 to " + MAX_IN_FLIGHT + ", not " + inFlight);
        }
        TableId id = await(cluster.tables().describeTable(table)).id();
        try (InputStream in = open();
                ProgressBar bar = new ProgressBar(
                        context().terminal(), "loading " + table, lineCount(), "lines", System::nanoTime)) {
            ItemLoader loader = new ItemLoader(cluster.client(), table, inFlight, requestIds(id), bar::add);
            ItemLoader.Result result = loader.load(new ItemLines(in), fromLine);
            double seconds = bar.elapsed().toNanos() / 1e9;
            bar.close();
            return report(output, result, seconds);
        }
    }

    private int report(Output output, ItemLoader.Result result, double seconds) {
        ObjectNode json = json(result, seconds);
        output.print(
                json,
                () -> String.format(
                        Locale.ROOT,
                        "%s put into %s in %.1f s, %,.0f/s\n",
                        Counted.of(result.written(), "item"),
                        table,
                        seconds,
                        result.written() / Math.max(1e-3, seconds)));
        if (!output.json()) {
            json.get("errors")
                    .valueStream()
                    .limit(PRINTED_ERRORS)
                    .forEach(error -> context()
                            .terminal()
                            .err()
                            .println("line " + error.path("line") + ": "
                                    + error.path("message").asText()));
        }
        if (result.failed() > 0) {
            context()
                    .terminal()
                    .err()
                    .println(context().terminal().bad("error: ")
                            + Counted.of(result.failed(), "line")
                            + " could not become an item of this table; the others are written");
        }
        if (result.interruptedBy().isPresent()) {
            Failures.Failure failure = Failures.of(result.interruptedBy().get());
            context()
                    .terminal()
                    .err()
                    .println(context().terminal().bad("error: ") + failure.message() + ". Go on with --from-line "
                            + result.firstUnwritten());
            return ExitCode.FAILED;
        }
        return result.failed() > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    private ObjectNode json(ItemLoader.Result result, double seconds) {
        ObjectNode json = Output.newObject()
                .put("table", table)
                .put("written", result.written())
                .put("failed", result.failed())
                .put("seconds", seconds)
                .put("complete", result.interruptedBy().isEmpty());
        ArrayNode errors = json.putArray("errors");
        result.errors().stream()
                .sorted(Comparator.comparingLong(ItemLoader.LineError::line))
                .forEach(error -> errors.addObject().put("line", error.line()).put("message", error.message()));
        if (result.interruptedBy().isPresent()) {
            json.put("resumeFromLine", result.firstUnwritten());
        }
        return json;
    }

    private Function<ItemLines.Line, RequestId> requestIds(TableId id) {
        if (anew) {
            RandomGenerator random = Entropy.splittable();
            return line -> RequestId.random(random);
        }
        String source = isStandardInput() ? "-" : Path.of(file).getFileName().toString();
        return new LineRequestIds(id, source)::of;
    }

    private boolean isStandardInput() {
        return file.equals("-");
    }

    private InputStream open() throws IOException {
        if (isStandardInput()) {
            return new Unclosed(context().in());
        }
        try {
            return Files.newInputStream(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("there is no file " + Path.of(file).toAbsolutePath(), e);
        } catch (IOException e) {
            throw new InvalidInputException("the file " + file + " cannot be read: " + e, e);
        }
    }

    /** 0 if it is not known. */
    private long lineCount() throws IOException {
        if (isStandardInput()) {
            return 0;
        }
        long lines = 0;
        int last = '\n';
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] buffer = new byte[COUNT_BUFFER_BYTES];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                last = buffer[read - 1];
            }
        }
        return last == '\n' ? lines : lines + 1;
    }

    /** Standard input belongs to the process. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
