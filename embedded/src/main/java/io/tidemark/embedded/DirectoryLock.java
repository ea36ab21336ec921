package io.tidemark.embedded;

import io.tidemark.embedded.StartException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps other processes, and other servers of this process, out of a directory for as long as it is open. The operating
 * system lets go of it when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE_NAME = ".tidemark.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory, which is created if it is not there.
     *
     * @throws StartException if the directory is in use, or cannot be written
     */
    static DirectoryLock take(Path directory) {
        FileChannel channel;
        try {
            Files.createDirectories(directory);
            channel =
                    FileChannel.open(directory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException cannotWrite) {
            throw unusable(directory, cannotWrite);
        }
        boolean taken = false;
        try {
            taken = tryLock(channel);
        } catch (IOException cannotLock) {
            throw unusable(directory, cannotLock);
        } finally {
            if (!taken) {
                closeQuietly(channel);
            }
        }
        if (!taken) {
            throw new StartException(
                    Reason.DIRECTORY_IN_USE,
                    "The data directory " + directory.toAbsolutePath()
                            + " is in use by another process: stop that process, or name another directory");
        }
        return new DirectoryLock(channel);
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static StartException unusable(Path directory, IOException cause) {
        return new StartException(
                Reason.DIRECTORY_UNUSABLE,
                "The data directory " + directory.toAbsolutePath() + " cannot be written (" + cause
                        + "): make it writable, or name another directory",
                cause);
    }

    /** Lets go of the directory. The lock file stays: removing it would let two processes lock two files of one name. */
    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyUseless) {
            // Nothing was written through the channel, and the lock is gone with its descriptor.
        }
    }
}
