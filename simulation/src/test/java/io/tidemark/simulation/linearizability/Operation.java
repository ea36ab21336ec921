package io.tidemark.simulation.linearizability;

import java.util.OptionalLong;

/**
 * One operation of a history.
 *
 * @param client who did it, one operation at a time
 * @param invoked before the client sent it, on one clock for the whole history
 * @param answered after the client had the answer; empty if it never had one that tells
 */
public record Operation(long invoked, OptionalLong answered, String client, String key, Input input, Output output) {
    public Operation {
        if (answered.isPresent() == output instanceof Output.Unknown) {
            throw new IllegalArgumentException("an answer has a time, and only an answer: " + answered + " " + output);
        }
        if (answered.isPresent() && answered.getAsLong() < invoked) {
            throw new IllegalArgumentException("answered at " + answered + " before it was sent at " + invoked);
        }
    }

    /** Whether the model may do it in this state and say what the client was told. */
    boolean agreesWith(Register.Step step) {
        return output instanceof Output.Unknown || output.equals(step.output());
    }
}
