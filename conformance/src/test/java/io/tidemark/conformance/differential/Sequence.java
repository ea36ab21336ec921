package io.tidemark.conformance.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Steps that are taken in their order, on tables that are empty before. */
record Sequence(long seed, List<Step> steps) {
    Sequence {
        steps = List.copyOf(steps);
    }

    Sequence without(int index) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.remove(index);
        return new Sequence(seed, fewer);
    }

    Sequence firstSteps(int count) {
        return new Sequence(seed, steps.subList(0, count));
    }

    String describe() {
        return steps.stream()
                .map(step -> step.getClass().getSimpleName() + " "
                        + step.request().operation() + " " + step.request().body())
                .collect(Collectors.joining("\n  ", "  ", ""));
    }
}
