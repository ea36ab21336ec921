package io.tidemark.launcher.command;

import io.tidemark.launcher.output.Terminal;
import java.io.InputStream;
import java.util.Map;

/** What surrounds a command: where it prints and reads, and its environment. */
public record CommandContext(Terminal terminal, InputStream in, Map<String, String> environment) {
    public static CommandContext ofProcess() {
        return new CommandContext(Terminal.ofProcess(), System.in, System.getenv());
    }
}
