package io.tidemark.simulation.linearizability;

import java.util.BitSet;
import java.util.List;

/** The definition, word by word, for histories of one key with a few operations: what the search is compared with. */
public final class AllOrders {
    private AllOrders() {}

    public static boolean isLinearizable(List<Operation> history) {
        return goesOn(history, new BitSet(), Register.ABSENT);
    }

    private static boolean goesOn(List<Operation> history, BitSet done, Register state) {
        boolean allAnswered = true;
        for (int i = 0; i < history.size(); i++) {
            Operation operation = history.get(i);
            if (done.get(i)) {
                continue;
            }
            allAnswered &= operation.answered().isEmpty();
            Register.Step step = state.apply(operation.input());
            if (operation.agreesWith(step) && mayBeNext(history, done, operation)) {
                done.set(i);
                if (goesOn(history, done, step.after())) {
                    return true;
                }
                done.clear(i);
            }
        }
        return allAnswered;
    }

    /** Nothing that was answered before this began is still to come. */
    private static boolean mayBeNext(List<Operation> history, BitSet done, Operation operation) {
        for (int i = 0; i < history.size(); i++) {
            Operation other = history.get(i);
            if (!done.get(i) && other.answered().isPresent() && other.answered().getAsLong() < operation.invoked()) {
                return false;
            }
        }
        return true;
    }
}
