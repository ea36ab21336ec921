package io.tidemark.schema.hash;

import io.tidemark.schema.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of one stored item, which its lane sums up. */
public final class ItemHash {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(ItemHash::newSha256);

    private ItemHash() {}

    /**
     * SHA-256 of {@code length of the key (4 bytes, big-endian) · key · stored item}: the length keeps two different pairs
     * from being one byte string.
     *
     * @return {@value LaneSum#SIZE_BYTES} bytes
     */
    public static byte[] sha256(Bytes storeKey, Bytes encodedStoredItem) {
        MessageDigest digest = SHA_256.get();
        digest.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(storeKey.length()).array());
        digest.update(storeKey.array());
        return digest.digest(encodedStoredItem.array());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
