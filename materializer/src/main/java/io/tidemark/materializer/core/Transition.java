package io.tidemark.materializer.core;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.command.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What one record does to a replica. Applying it moves the replica from {@code lsn} to {@code lsn + 1}, whether it has
 * mutations or not.
 *
 * @param logTimeMs log time after the record
 * @param mutations in order
 * @param requestId as the record's header names it, so that whoever appended the record can be answered even if the rest of it
 *     could not be read; absent where there is no such header
 * @param outcomeLsn LSN of the record whose outcome this is: {@code lsn}, or that of the first record for a repetition
 */
public record Transition(
        Lsn lsn,
        long logTimeMs,
        List<Mutation> mutations,
        Optional<RequestId> requestId,
        Lsn outcomeLsn,
        Outcome outcome) {}
