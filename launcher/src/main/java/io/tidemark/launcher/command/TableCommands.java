package io.tidemark.launcher.command;

import picocli.CommandLine.Command;

/** {@code tidemark table …}. */
@Command(
        name = "table",
        description = "Create, list and delete tables, and bind Kafka topics to them.",
        subcommands = {
            TableCreateCommand.class,
            TableListCommand.class,
            TableDescribeCommand.class,
            TableDeleteCommand.class,
            TableBindCommand.class,
            TableUnbindCommand.class,
            TableBindingsCommand.class,
        })
final class TableCommands extends CommandGroup {}
