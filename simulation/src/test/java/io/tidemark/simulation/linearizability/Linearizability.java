package io.tidemark.simulation.linearizability;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Decides whether a history is linearizable: each operation takes effect at once, at some moment between its begin and its answer
 * (Herlihy and Wing). Keys are independent of each other, so each is decided by itself.
 */
public final class Linearizability {
    /** Of the search over one key: some seconds, some hundred MiB. */
    public static final long DEFAULT_MAX_STEPS = 1_000_000;

    private Linearizability() {}

    /**
     * @param history in any order; every item is absent before it
     * @param maxSteps for one key
     */
    public static Verdict check(Collection<Operation> history, long maxSteps) {
        Map<String, List<Operation>> byKey = history.stream()
                .collect(Collectors.groupingBy(Operation::key, LinkedHashMap::new, Collectors.toList()));
        long steps = 0;
        for (Map.Entry<String, List<Operation>> key : byKey.entrySet()) {
            KeySearch search = new KeySearch(key.getKey(), key.getValue(), maxSteps);
            Verdict verdict = search.run();
            if (!(verdict instanceof Verdict.Linearizable found)) {
                return verdict;
            }
            steps += found.steps();
        }
        return new Verdict.Linearizable(history.size(), steps);
    }
}
