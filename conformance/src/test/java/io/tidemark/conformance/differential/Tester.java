package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.conformance.http.ApiAnswer;
import io.tidemark.conformance.http.ApiRequest;
import java.util.List;
import java.util.Optional;

/** Runs sequences against both sides, on tables of its own. Not thread-safe. */
final class Tester {
    /**
     * What nobody expected.
     *
     * @param index of the step that was answered differently; the number of steps, if it is what the tables hold in the end
     */
    record Finding(Sequence sequence, int index, String request, Difference difference) {
        String describe() {
            return "seed " + sequence.seed() + ", " + sequence.steps().size() + " steps:\n" + sequence.describe()
                    + "\nanswered differently: " + request + "\n" + difference.describe();
        }
    }

    private final Side tidemark;
    private final Side local;
    private final List<TableShape> tables;
    private final KnownDifferences known;

    /** Whether what the tables hold may differ for a reason that is known. */
    private boolean diverged;

    Tester(Side tidemark, Side local, List<TableShape> tables, KnownDifferences known) {
        this.tidemark = tidemark;
        this.local = local;
        this.tables = List.copyOf(tables);
        this.known = known;
    }

    List<TableShape> tables() {
        return tables;
    }

    void createTables() {
        tidemark.createTables(tables);
        local.createTables(tables);
    }

    /** Leaves the tables empty. */
    Optional<Finding> run(Sequence sequence) {
        Optional<Finding> found = steps(sequence);
        Optional<Finding> left = purge(sequence, found.isEmpty() && !diverged);
        return found.or(() -> left);
    }

    private Optional<Finding> steps(Sequence sequence) {
        diverged = false;
        for (int index = 0; index < sequence.steps().size(); index++) {
            Step step = sequence.steps().get(index);
            ApiAnswer here = tidemark.take(step);
            ApiAnswer there = local.take(step);
            ApiRequest request = step.request();
            Optional<Difference> difference =
                    Difference.between(Normalizer.uncounted(request.operation(), here), there);
            if (difference.isEmpty() && here.isSuccess() && request.operation().equals("UpdateItem")) {
                difference = itemDifference(request);
            }
            if (difference.isEmpty()) {
                continue;
            }
            if (known.explain(request, difference.get()).isEmpty()) {
                return Optional.of(new Finding(sequence, index, request.toString(), difference.get()));
            }
            if (difference.get().hasDivergedState()) {
                diverged = true;
                return Optional.empty();
            }
            if (here.isSuccess() && request.operation().equals("UpdateItem")) {
                Optional<Difference> left = itemDifference(request);
                if (left.isPresent()) {
                    if (known.explain(request, left.get()).isEmpty()) {
                        return Optional.of(new Finding(sequence, index, request.toString(), left.get()));
                    }
                    diverged = true;
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** What an update has left, where what it gave back is the same. */
    private Optional<Difference> itemDifference(ApiRequest update) {
        return Difference.between(tidemark.updatedItem(update), local.updatedItem(update));
    }

    private Optional<Finding> purge(Sequence sequence, boolean compare) {
        Optional<Finding> found = Optional.empty();
        for (TableShape table : tablesOf(sequence)) {
            ApiAnswer here = tidemark.contents(table);
            ApiAnswer there = local.contents(table);
            if (compare && found.isEmpty()) {
                found = Difference.between(here, there)
                        .map(difference -> new Finding(
                                sequence, sequence.steps().size(), "contents of " + table.name(), difference));
            }
            tidemark.delete(table, items(here));
            local.delete(table, items(there));
        }
        return found;
    }

    /** As {@link #run}, of a sequence that makes tables of its own. */
    Optional<Finding> runOnOwnTables(Sequence sequence, String prefix) {
        Optional<Finding> found = steps(sequence);
        tidemark.dropTables(prefix);
        local.dropTables(prefix);
        return found;
    }

    private List<TableShape> tablesOf(Sequence sequence) {
        return tables.stream()
                .filter(table -> sequence.steps().stream()
                        .anyMatch(step -> step.request().body().contains(table.name())))
                .toList();
    }

    private static JsonNode items(ApiAnswer contents) {
        if (!contents.isSuccess()) {
            throw new AssertionError("a scan failed: " + contents.summary());
        }
        return contents.body().path("Items");
    }

    /** The same finding from as few steps as it takes, leaving out one after the other. */
    Finding minimized(Finding finding) {
        Finding least = finding;
        for (int index = Math.min(finding.index(), finding.sequence().steps().size() - 1); index >= 0; index--) {
            if (index >= least.sequence().steps().size()
                    || least.sequence().steps().size() == 1) {
                continue;
            }
            Optional<Finding> again = run(least.sequence().without(index));
            if (again.isPresent()
                    && again.get().request().equals(least.request())
                    && again.get()
                            .difference()
                            .tidemark()
                            .summary()
                            .equals(least.difference().tidemark().summary())
                    && again.get()
                            .difference()
                            .local()
                            .summary()
                            .equals(least.difference().local().summary())) {
                least = again.get();
            }
        }
        return least;
    }
}
