package io.tidemark.materializer.core;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.command.Outcome;

/** The first outcome of a request id, kept so that a repetition returns it. */
public record RememberedOutcome(Mark mark, Outcome outcome) {
    /**
     * @param lsn of the first record with that id
     * @param logTimeMs log time when it was applied
     * @param sizeBytes what the outcome counts for, see {@link OutcomeSize}
     */
    public record Mark(Lsn lsn, long logTimeMs, RequestId requestId, int sizeBytes) {}
}
