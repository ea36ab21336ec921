package io.tidemark.archiver.segment;

import io.tidemark.schema.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 hash. */
public record Sha256(Bytes value) {
    public static final int SIZE_BYTES = 32;
    /** What the first segment of a shard names as its predecessor. */
    public static final Sha256 ZERO = new Sha256(Bytes.wrap(new byte[SIZE_BYTES]));

    public Sha256 {
        if (value.length() != SIZE_BYTES) {
            throw new IllegalArgumentException("SHA-256 must have " + SIZE_BYTES + " bytes, has " + value.length());
        }
    }

    public static Sha256 of(Bytes content) {
        MessageDigest digest = start();
        digest.update(content.array());
        return finish(digest);
    }

    /** @throws IllegalArgumentException unless {@code hex} is 64 hexadecimal digits */
    public static Sha256 parse(String hex) {
        return new Sha256(Bytes.wrap(HexFormat.of().parseHex(hex)));
    }

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    static Sha256 finish(MessageDigest digest) {
        return new Sha256(Bytes.wrap(digest.digest()));
    }

    /** 64 hexadecimal digits, lower case. */
    @Override
    public String toString() {
        return value.toString();
    }
}
