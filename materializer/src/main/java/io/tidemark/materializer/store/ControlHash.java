package io.tidemark.materializer.store;

import io.tidemark.materializer.store.ControlContent.Section;
import io.tidemark.schema.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash of all of a replica that is not an item: SHA-256 over {@code log time (8) · rejected count (8)}, then each entry of each section as
 * {@code section code (1) · key length (4) · content length (4) · key · content}, entries in key order.
 */
final class ControlHash {
    private ControlHash() {}

    static Bytes of(ControlContent content) {
        MessageDigest digest = sha256();
        Position position = content.position();
        digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(position.logTimeMs())
                .putLong(position.rejectedCount())
                .flip());
        for (Section section : Section.values()) {
            content.forEach(section, (key, value) -> {
                ByteBuffer lengths = ByteBuffer.allocate(1 + 2 * Integer.BYTES);
                lengths.put(section.code()).putInt(key.length).putInt(value.length);
                digest.update(lengths.flip());
                digest.update(key);
                digest.update(value);
            });
        }
        return Bytes.wrap(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
