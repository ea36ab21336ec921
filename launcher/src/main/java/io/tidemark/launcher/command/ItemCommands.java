package io.tidemark.launcher.command;

import picocli.CommandLine.Command;

/** {@code tidemark item …}. */
@Command(
        name = "item",
        description = "Read and write items.",
        subcommands = {
            ItemPutCommand.class,
            ItemGetCommand.class,
            ItemUpdateCommand.class,
            ItemDeleteCommand.class,
            ItemQueryCommand.class,
            ItemScanCommand.class,
        })
final class ItemCommands extends CommandGroup {}
