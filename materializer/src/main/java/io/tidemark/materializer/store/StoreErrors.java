package io.tidemark.materializer.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says of RocksDB's and the file system's errors what the caller must do. */
final class StoreErrors {
    private StoreErrors() {}

    /** @param what did not work, and where */
    static StoreException translate(String what, RocksDBException e) {
        String message = what + ": " + e.getMessage();
        @Nullable Status status = e.getStatus();
        if (isCorruption(e)) {
            return new DamagedStoreException(message + ". Quarantine the replica, it is rebuilt from the log", e);
        }
        if (status != null && String.valueOf(e.getMessage()).contains("lock")) {
            return new StoreInUseException(
                    message + ". Another process has this directory open: stop it, or use another directory", e);
        }
        return new StoreUnavailableException(
                message + ". Make room or replace the disk; the log has what is missing", e);
    }

    static boolean isCorruption(RocksDBException e) {
        @Nullable Status status = e.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption;
    }

    static StoreException translate(String what, IOException e) {
        return new StoreUnavailableException(
                what + ": " + e + ". Check permissions and space of the disk; the log has what is missing", e);
    }
}
