package io.tidemark.launcher.command;

import picocli.CommandLine.Command;

/** {@code tidemark log …}. */
@Command(
        name = "log",
        description = "Look into the write-ahead log.",
        subcommands = {LogShowCommand.class, LogRejectedCommand.class})
final class LogCommands extends CommandGroup {}
