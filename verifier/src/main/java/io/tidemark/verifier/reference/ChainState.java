package io.tidemark.verifier.reference;

import io.tidemark.archiver.segment.Sha256;
import io.tidemark.schema.Lsn;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a reference replica has come in its shard's chain of segments.
 *
 * @param end of the last segment of which every record is applied
 * @param last hash of that segment; {@link Sha256#ZERO} before the first
 */
record ChainState(Lsn end, Sha256 last) {
    static final ChainState START = new ChainState(Lsn.FIRST, Sha256.ZERO);

    private static final Pattern FORMAT = Pattern.compile("end=([0-9]{1,19})\nsha256=([0-9a-f]{64})\n");

    /** Empty where there is no file, or none that this wrote. */
    static Optional<ChainState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Matcher matcher = FORMAT.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ChainState(new Lsn(Long.parseLong(matcher.group(1))), Sha256.parse(matcher.group(2))));
        } catch (NumberFormatException beyondRange) {
            return Optional.empty();
        }
    }

    /** Replaces the file as a whole, durably. */
    void write(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, "end=" + end + "\nsha256=" + last + "\n", StandardCharsets.ISO_8859_1);
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
