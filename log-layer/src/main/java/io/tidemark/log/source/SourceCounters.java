package io.tidemark.log.source;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Counted by the binding's thread, read by any. */
final class SourceCounters {
    final AtomicLong appendedRecords = new AtomicLong();
    final AtomicLong appendedDeletes = new AtomicLong();
    final AtomicLong skippedRecords = new AtomicLong();
    final AtomicLong deadLetters = new AtomicLong();
    final AtomicLong starts = new AtomicLong();
    final AtomicReference<Optional<Long>> lagRecords = new AtomicReference<>(Optional.empty());

    SourceProgress progress() {
        return new SourceProgress(
                appendedRecords.get(),
                appendedDeletes.get(),
                skippedRecords.get(),
                deadLetters.get(),
                lagRecords.get(),
                Math.max(0, starts.get() - 1));
    }
}
