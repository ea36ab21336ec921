package io.tidemark.materializer.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.rocksdb.LiveFileMetaData;

/**
 * Checks SST files against the checksum that RocksDB computed over each as a whole while writing it, and keeps in its
 * manifest: so that no bit in them is uncovered, whatever block checksums leave out and whatever lies in a cache.
 */
final class SstFiles {
    private static final int BUFFER_BYTES = 1 << 20;

    private SstFiles() {}

    /**
     * Reads the whole file.
     *
     * @param stop asked now and then; once true, the check ends with a {@link CancellationException}
     * @return what is wrong with it; absent if nothing
     */
    static Optional<String> check(LiveFileMetaData file, BooleanSupplier stop) {
        Path path = Path.of(file.path() + file.fileName());
        String name = "SST file " + path.getFileName();
        byte[] expected = file.fileChecksum();
        if (expected.length != Integer.BYTES) {
            return Optional.of(name + ": no checksum was kept for it");
        }
        CRC32C crc = new CRC32C();
        long sizeBytes = 0;
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(path)) {
            while (channel.read(buffer.clear()) >= 0) {
                if (stop.getAsBoolean()) {
                    throw new CancellationException("stopped while reading " + path);
                }
                sizeBytes += buffer.position();
                crc.update(buffer.flip());
            }
        } catch (NoSuchFileException e) {
            return Optional.of(name + ": missing");
        } catch (IOException e) {
            return Optional.of(name + ": unreadable after " + sizeBytes + " bytes: " + e);
        }
        if (sizeBytes != file.size()) {
            return Optional.of(name + ": has " + sizeBytes + " bytes, was written with " + file.size());
        }
        if ((int) crc.getValue() != ByteBuffer.wrap(expected).getInt()) {
            return Optional.of(name + ": its bytes are not those that were written (CRC32C over the whole file)");
        }
        return Optional.empty();
    }
}
