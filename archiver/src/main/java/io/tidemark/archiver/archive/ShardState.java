package io.tidemark.archiver.archive;

import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.log.LogException;
import java.time.Instant;

/** What the archiver of one shard is doing. It retries in every state; none is final. */
public sealed interface ShardState {
    /** Whether store or log are waited for; it goes on by itself when they are back. */
    default boolean isWaiting() {
        return false;
    }

    /** Whether somebody must look. */
    default boolean isFailed() {
        return false;
    }

    /** The end of the archive has not been found yet. */
    record Starting() implements ShardState {}

    /** Reading the log and writing segments. */
    record Archiving() implements ShardState {}

    /** The store does not do what it is asked for. Nothing is read meanwhile, and nothing is lost. */
    record WaitingForStore(ObjectStoreException.Kind kind, Instant since, String reason) implements ShardState {
        @Override
        public boolean isWaiting() {
            return true;
        }
    }

    /** The log does not answer. */
    record WaitingForLog(LogException.Kind kind, Instant since, String reason) implements ShardState {
        @Override
        public boolean isWaiting() {
            return true;
        }
    }

    /** Log and archive do not fit, or a segment is damaged: somebody must look. */
    record Failed(Instant since, String reason) implements ShardState {
        @Override
        public boolean isFailed() {
            return true;
        }
    }
}
