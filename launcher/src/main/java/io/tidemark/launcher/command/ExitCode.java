package io.tidemark.launcher.command;

/** What a command's end tells scripts. */
public final class ExitCode {
    /** Done; or, of a verification: equal. */
    public static final int DONE = 0;
    /** Failed; or, of a verification: different. */
    public static final int FAILED = 1;
    /** The command line, a file that it names or the configuration is wrong. */
    public static final int USAGE = 2;
    /** Not known: it could not be checked, or a write may or may not have taken effect. */
    public static final int UNKNOWN = 3;

    private ExitCode() {}
}
