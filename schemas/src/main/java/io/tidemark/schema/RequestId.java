package io.tidemark.schema;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * 128 bits that name one attempt of a client to change something. Sent again with the same id, a command takes effect
 * once and returns its first outcome (within the window in which ids are remembered).
 */
public record RequestId(long high, long low) {
    public static final int SIZE_BYTES = 16;

    public static RequestId random(RandomGenerator random) {
        return new RequestId(random.nextLong(), random.nextLong());
    }

    /** @throws IllegalArgumentException unless exactly {@value #SIZE_BYTES} bytes are given */
    public static RequestId fromBytes(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException("request id must have " + SIZE_BYTES + " bytes, has " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new RequestId(buffer.getLong(), buffer.getLong());
    }

    /** Big-endian, high word first. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(SIZE_BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
