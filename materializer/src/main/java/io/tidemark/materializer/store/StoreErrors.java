package io.tidemark.materializer.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says of RocksDB's and the file system's errors what the caller must do. */
final class StoreErrors {
    /** RocksDB's errors name the file that they are about; this one is only ever locked. */
    private static final String LOCK_FILE = "/LOCK: ";

    private StoreErrors() {}

    /** @param what did not work, and where */
    static StoreException translate(String what, RocksDBException e) {
        String message = what + ": " + e.getMessage();
        if (isCorruption(e)) {
            return new DamagedStoreException(message + ". Quarantine the replica, it is rebuilt from the log", e);
        }
        if (String.valueOf(e.getMessage()).contains(LOCK_FILE)) {
            return new StoreInUseException(
                    message + ". Another process has this directory open: stop it, or use another directory", e);
        }
        return new StoreUnavailableException(
                message + ". Make room or replace the disk; the log has what is missing", e);
    }

    static boolean isCorruption(RocksDBException e) {
        return hasCode(e, Status.Code.Corruption);
    }

    /** Whether a read that may not ask the disk would have had to. */
    static boolean isIncomplete(RocksDBException e) {
        return hasCode(e, Status.Code.Incomplete);
    }

    private static boolean hasCode(RocksDBException e, Status.Code code) {
        @Nullable Status status = e.getStatus();
        return status != null && status.getCode() == code;
    }

    static StoreException translate(String what, IOException e) {
        return new StoreUnavailableException(
                what + ": " + e + ". Check permissions and space of the disk; the log has what is missing", e);
    }
}
