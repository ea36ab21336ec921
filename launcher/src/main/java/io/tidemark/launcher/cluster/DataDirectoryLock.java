package io.tidemark.launcher.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One process at a time uses a data directory. The file names it; the lock itself ends with the process, however it ends. */
final class DataDirectoryLock implements AutoCloseable {
    private static final String FILE = "tidemark.pid";
    /** A file lock may keep others from reading what it covers: the process id lies before it. */
    private static final long LOCKED_BYTE = 64;

    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws ClusterStartException if another process has it, or it cannot be written */
    static DataDirectoryLock take(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw inUse(directory, file);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataDirectoryLock(channel);
        } catch (IOException e) {
            throw new ClusterStartException(
                    "the data directory " + directory.toAbsolutePath() + " cannot be written (" + e
                            + "): make it writable, or name another one with --data",
                    e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static ClusterStartException inUse(Path directory, Path file) throws IOException {
        String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
        return new ClusterStartException("the data directory " + directory.toAbsolutePath() + " is in use by"
                + (pid.isEmpty() ? " another process" : " process " + pid)
                + ": stop that process, or name another directory with --data");
    }

    /** The file stays: were it removed, two processes could lock two files of one name. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
