package io.tidemark.launcher.command;

import io.tidemark.launcher.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command has: a context, and JSON as an alternative to text. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nArguments:%n",
        descriptionHeading = "%n",
        synopsisHeading = "Usage: ",
        commandListHeading = "%nCommands:%n")
abstract class BaseCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Option(names = "--debug", description = "Print the stack trace of a failure, and warnings of the libraries.")
    boolean debug;

    private final CommandContext context;

    BaseCommand(CommandContext context) {
        this.context = context;
    }

    CommandContext context() {
        return context;
    }

    Output output() {
        return new Output(context.terminal(), json);
    }
}
