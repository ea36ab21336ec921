package io.tidemark.materializer.store;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The end-to-end checksum of every entry at rest: {@code content · CRC32C (4 bytes, big-endian) over key, then content}. With
 * the key in it, a value that stands under a wrong key is found too.
 */
final class Seal {
    static final int SIZE_BYTES = Integer.BYTES;

    private Seal() {}

    static byte[] seal(byte[] key, byte[] content) {
        byte[] sealed = Arrays.copyOf(content, content.length + SIZE_BYTES);
        int checksum = checksum(key, content, content.length);
        for (int i = 0; i < SIZE_BYTES; i++) {
            sealed[content.length + i] = (byte) (checksum >>> (24 - 8 * i));
        }
        return sealed;
    }

    static boolean isIntact(byte[] key, byte[] sealed) {
        int length = sealed.length - SIZE_BYTES;
        return length >= 0 && checksum(key, sealed, length) == stored(sealed, length);
    }

    /** What was sealed; the caller has checked that it {@link #isIntact}. */
    static byte[] content(byte[] sealed) {
        return Arrays.copyOf(sealed, sealed.length - SIZE_BYTES);
    }

    /** Names an entry by a hash of its key, so that logs hold no contents. */
    static String nameOf(byte[] key) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        return "entry with key hash " + Long.toHexString(crc.getValue());
    }

    private static int checksum(byte[] key, byte[] content, int length) {
        CRC32C crc = new CRC32C();
        crc.update(key, 0, key.length);
        crc.update(content, 0, length);
        return (int) crc.getValue();
    }

    private static int stored(byte[] sealed, int offset) {
        return (sealed[offset] & 0xff) << 24
                | (sealed[offset + 1] & 0xff) << 16
                | (sealed[offset + 2] & 0xff) << 8
                | (sealed[offset + 3] & 0xff);
    }
}
