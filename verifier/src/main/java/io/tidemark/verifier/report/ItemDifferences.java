package io.tidemark.verifier.report;

import java.util.List;
import java.util.Optional;

/**
 * The items in which a replica differs from the reference.
 *
 * @param listed the first of them, at most {@link #MAX_LISTED}
 * @param total how many there are, as far as they were counted
 * @param incomplete why not all lanes were compared item by item; empty if they were
 */
public record ItemDifferences(List<ItemDifference> listed, long total, Optional<String> incomplete) {
    public static final int MAX_LISTED = 100;
    public static final ItemDifferences NONE = new ItemDifferences(List.of(), 0, Optional.empty());

    public ItemDifferences {
        listed = List.copyOf(listed);
        if (listed.size() > MAX_LISTED || total < listed.size()) {
            throw new IllegalArgumentException("lists " + listed.size() + " of " + total + " items");
        }
    }

    public static ItemDifferences incomplete(String why) {
        return new ItemDifferences(List.of(), 0, Optional.of(why));
    }
}
