package io.tidemark.simulation.linearizability;

import java.util.Optional;

/**
 * What one item does if its operations come one after the other: the model that a history is held against.
 *
 * @param value empty if the item is not there
 */
record Register(Optional<Long> value) {
    static final Register ABSENT = new Register(Optional.empty());

    /** What is there afterwards, and what the client is answered. */
    record Step(Register after, Output output) {}

    Step apply(Input input) {
        return switch (input) {
            case Input.Get get -> new Step(this, new Output.Done(value));
            case Input.Put put -> new Step(of(put.value()), new Output.Done(value));
            case Input.CompareAndSet set ->
                set.expected().equals(value)
                        ? new Step(of(set.value()), new Output.Done(value))
                        : new Step(this, new Output.Refused(value));
            case Input.Add add -> {
                Register sum = of(value.orElse(0L) + add.amount());
                yield new Step(sum, new Output.Done(sum.value()));
            }
            case Input.Delete delete -> new Step(ABSENT, new Output.Done(value));
        };
    }

    private static Register of(long value) {
        return new Register(Optional.of(value));
    }
}
