package io.tidemark.launcher.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Flips one bit in a file of a replica, as a failing disk would. */
final class SstDamage {
    private SstDamage() {}

    /** @param position of the byte whose lowest bit was flipped */
    record Flip(Path file, long position) {}

    /**
     * Flips the lowest bit of the byte in the middle of the largest SST file under the folder. The replicas under it must not be
     * open.
     *
     * @throws IOException if there is no SST file, or it cannot be written
     */
    static Flip flipBit(Path folder) throws IOException {
        Path file;
        try (Stream<Path> files = Files.walk(folder)) {
            file = files.filter(path -> path.toString().endsWith(".sst"))
                    .filter(path -> !path.toString().contains(".evidence"))
                    .max(Comparator.comparingLong(SstDamage::size))
                    .orElseThrow(() -> new IOException("no SST file under " + folder));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long position = channel.size() / 2;
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) (one.get(0) ^ 1));
            one.rewind();
            channel.write(one, position);
            channel.force(true);
            return new Flip(file, position);
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }
}
