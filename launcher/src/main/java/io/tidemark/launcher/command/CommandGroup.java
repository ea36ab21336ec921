package io.tidemark.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A name under which commands stand; by itself it does nothing. */
@Command(
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = "`${COMMAND-FULL-NAME} COMMAND --help` explains a command, with examples.")
abstract class CommandGroup implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine self = spec.commandLine();
        throw new ParameterException(
                self, "which one? " + String.join(", ", self.getSubcommands().keySet()));
    }
}
