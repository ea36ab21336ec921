package io.tidemark.verifier;

import io.tidemark.schema.Lsn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where a shard was found equal in all replicas.
 *
 * @param end everything before it was
 * @param at when that verification began
 * @param deepAt when the last one began that read everything at rest; {@link Instant#EPOCH} if none has
 */
record VerifiedMark(Lsn end, Instant at, Instant deepAt) {
    static final VerifiedMark NONE = new VerifiedMark(Lsn.FIRST, Instant.EPOCH, Instant.EPOCH);

    private static final Pattern FORMAT = Pattern.compile("end=([0-9]{1,18})\nat=([0-9]{1,15})\ndeep=([0-9]{1,15})\n");

    /** {@link #NONE} where there is no file, or none that this wrote: then it is verified again. */
    static VerifiedMark read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return NONE;
        }
        Matcher matcher = FORMAT.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        return matcher.matches()
                ? new VerifiedMark(
                        new Lsn(Long.parseLong(matcher.group(1))),
                        Instant.ofEpochMilli(Long.parseLong(matcher.group(2))),
                        Instant.ofEpochMilli(Long.parseLong(matcher.group(3))))
                : NONE;
    }

    void write(Path file) throws IOException {
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(
                next,
                "end=" + end + "\nat=" + at.toEpochMilli() + "\ndeep=" + deepAt.toEpochMilli() + "\n",
                StandardCharsets.ISO_8859_1);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
