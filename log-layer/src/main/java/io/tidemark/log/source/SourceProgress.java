package io.tidemark.log.source;

import java.util.Optional;

/**
 * What a binding has done since its object was made. A record that is sent again after a failure counts again.
 *
 * @param appendedRecords commands that were sent to the log, puts and deletes
 * @param appendedDeletes how many of them were deletes
 * @param skippedRecords records that were read again and that their shard had applied
 * @param deadLetters records that could not become a command
 * @param lagRecords records that have not been read yet; empty while that is not known
 * @param restarts how often reading began anew at the shards' positions, the first time not counted
 */
public record SourceProgress(
        long appendedRecords,
        long appendedDeletes,
        long skippedRecords,
        long deadLetters,
        Optional<Long> lagRecords,
        long restarts) {}
