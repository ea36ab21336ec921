package io.tidemark.launcher;

import io.tidemark.launcher.command.CommandContext;
import io.tidemark.launcher.command.RootCommand;

/** The {@code tidemark} command. */
public final class Tidemark {
    private Tidemark() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(RootCommand.execute(CommandContext.ofProcess(), arguments));
    }
}
