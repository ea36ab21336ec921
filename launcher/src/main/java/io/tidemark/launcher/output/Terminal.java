package io.tidemark.launcher.output;

import java.io.PrintStream;

/**
 * Where a command prints. Results go to {@code out}; progress and errors to {@code err}, so that results can be piped.
 *
 * @param interactive whether {@code err} is a terminal: only then lines are drawn anew and coloured
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {
    /** The script that starts Java knows whether standard error is a terminal, and says so; Java 21 cannot tell. */
    public static Terminal ofProcess() {
        boolean terminal = Boolean.getBoolean("tidemark.terminal");
        String term = System.getenv("TERM");
        boolean plain = term == null || term.equals("dumb") || System.getenv("NO_COLOR") != null;
        return new Terminal(System.out, System.err, terminal && !plain);
    }

    public String good(String text) {
        return coloured("32", text);
    }

    public String bad(String text) {
        return coloured("31", text);
    }

    public String strong(String text) {
        return coloured("1", text);
    }

    public String faint(String text) {
        return coloured("2", text);
    }

    private String coloured(String code, String text) {
        return interactive ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
