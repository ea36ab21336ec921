package io.tidemark.verifier.report;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What was found about one replica, or about one shard's archive. What could not be checked is never equal. */
public sealed interface Verdict {
    /** It is, in every bit that was looked at, what the log says. */
    record Equal() implements Verdict {}

    /**
     * It is not what it should be.
     *
     * @param suspect who is wrong
     * @param why how that was concluded, for people
     * @param lanes the lanes of a replica that differ from the reference's; empty where the difference is elsewhere
     * @param items what the drill-down found in those lanes
     * @param damage what cannot be read or fails a checksum; each names the place, never contents
     */
    record Different(Suspect suspect, String why, SortedSet<Integer> lanes, ItemDifferences items, List<String> damage)
            implements Verdict {
        public Different {
            lanes = Collections.unmodifiableSortedSet(new TreeSet<>(lanes));
            damage = List.copyOf(damage);
        }

        public Different withItems(ItemDifferences found) {
            return new Different(suspect, why, lanes, found, damage);
        }
    }

    /** @param reason what could not be looked at and why, for people */
    record Unknown(String reason) implements Verdict {
        public Unknown {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("an unknown verdict needs a reason");
            }
        }
    }

    default Conclusion conclusion() {
        return switch (this) {
            case Equal ignored -> Conclusion.EQUAL;
            case Different ignored -> Conclusion.DIFFERENT;
            case Unknown ignored -> Conclusion.UNKNOWN;
        };
    }
}
