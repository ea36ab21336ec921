package io.tidemark.launcher.item;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Request ids that follow from what is loaded: the table, the name of the source, the line's number and text. A load that is
 * repeated while its ids are remembered writes nothing twice.
 */
public final class LineRequestIds {
    private final TableId table;
    private final String source;

    public LineRequestIds(TableId table, String source) {
        this.table = table;
        this.source = source;
    }

    public RequestId of(ItemLines.Line line) {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(table.value())
                .putLong(line.number())
                .array());
        digest.update(source.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(line.text().getBytes(StandardCharsets.UTF_8));
        return RequestId.fromBytes(Arrays.copyOf(digest.digest(), RequestId.SIZE_BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
