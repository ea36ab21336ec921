package io.tidemark.verifier.report;

/** The kinds of {@link Verdict}, from the best to the worst, with the exit codes of commands that end with one. */
public enum Conclusion {
    EQUAL(0),
    UNKNOWN(3),
    DIFFERENT(1);

    private final int exitCode;

    Conclusion(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** A difference that was found outweighs whatever could not be checked. */
    public Conclusion worst(Conclusion other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
