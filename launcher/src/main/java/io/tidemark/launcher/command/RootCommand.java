package io.tidemark.launcher.command;

import io.tidemark.launcher.output.Terminal;
import io.tidemark.launcher.roles.Version;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** What stands above all commands. */
@Command(
        name = "tidemark",
        description =
                "A table store whose database is a Kafka log: replicated in every zone, archived to S3, verified.",
        versionProvider = RootCommand.VersionText.class,
        subcommands = {
            DevCommand.class,
            DemoCommand.class,
            TableCommands.class,
            ItemCommands.class,
            LoadCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            LogCommands.class,
            S3Command.class,
            BrokerCommand.class,
            NodeCommand.class,
            ControlCommand.class,
            RouterCommand.class,
            ArchiverCommand.class,
            VerifierCommand.class,
            ConfigCommand.class,
            CompatibilityCommand.class,
            BenchCommand.class,
        })
public final class RootCommand extends CommandGroup {
    private static final int HELP_WIDTH = 110;

    /** Runs one command line. */
    public static int execute(CommandContext context, String... arguments) {
        Terminal terminal = context.terminal();
        CommandLine commands = new CommandLine(new RootCommand(), new CommandFactory(context))
                .setUsageHelpWidth(HELP_WIDTH)
                .setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()))
                .setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler((failure, given) -> misused(failure, terminal))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command, terminal));
        return commands.execute(arguments);
    }

    private static int misused(ParameterException failure, Terminal terminal) {
        CommandLine command = failure.getCommandLine();
        complain(terminal, String.valueOf(failure.getMessage()));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
            terminal.err().println("`" + command.getCommandSpec().qualifiedName() + " --help` tells how it is used.");
        }
        return ExitCode.USAGE;
    }

    private static int failed(Exception thrown, CommandLine command, Terminal terminal) {
        Failures.Failure failure = Failures.of(thrown);
        complain(terminal, failure.message());
        if (command.getCommand() instanceof BaseCommand base && base.debug) {
            thrown.printStackTrace(terminal.err());
        }
        return failure.exitCode();
    }

    private static void complain(Terminal terminal, String message) {
        terminal.err().println(terminal.bad("error: ") + message);
    }

    /** For {@code --version}. */
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tidemark " + Version.current()};
        }
    }
}
