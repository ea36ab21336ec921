package io.tidemark.simulation.linearizability;

import java.util.List;

/** What a check found. */
public sealed interface Verdict {
    /**
     * Every key's operations could have happened one after the other.
     *
     * @param operations that were looked at
     * @param steps of the search, in all
     */
    record Linearizable(int operations, long steps) implements Verdict {}

    /**
     * A key's operations could not.
     *
     * @param longest the longest order that was found
     * @param next what was answered first among those that did not fit
     */
    record NotLinearizable(String key, List<Operation> longest, Operation next) implements Verdict {
        @Override
        public String toString() {
            return "not linearizable: key " + key + ". No order was found that goes on with\n  "
                    + HistoryText.format(next) + "\nafter at most\n  "
                    + HistoryText.format(longest).strip().replace("\n", "\n  ");
        }
    }

    /** The search was given up; that is no proof of anything. */
    record Undecided(String key, long steps) implements Verdict {}
}
