package io.tidemark.launcher.item;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines of bounded length and counts them. Not thread-safe; does not close what it reads. */
public final class ItemLines {
    /** An item of 400 KB with every character escaped still fits. */
    public static final int MAX_LINE_BYTES = 4 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    /** @param number from 1 */
    public record Line(long number, String text) {}

    private final InputStream in;
    private long number;

    public ItemLines(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
    }

    /**
     * The next line without its end; empty at the end of the input.
     *
     * @throws InvalidInputException if a line is too long
     */
    public Optional<Line> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        number++;
        while (read >= 0 && read != '\n') {
            if (line.size() == MAX_LINE_BYTES) {
                throw new InvalidInputException("line " + number + " is longer than " + MAX_LINE_BYTES
                        + " bytes; every line is one JSON object");
            }
            line.write(read);
            read = in.read();
        }
        return Optional.of(
                new Line(number, line.toString(StandardCharsets.UTF_8).strip()));
    }
}
