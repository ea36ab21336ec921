package io.tidemark.schema.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Avro's single-object encoding of one schema: {@code C3 01}, the schema's CRC-64-AVRO fingerprint (8 bytes, little-endian), then
 * the body. The fingerprint says which decoder reads the body.
 */
final class SingleObject {
    static final int HEADER_BYTES = 10;
    private static final byte MARKER_0 = (byte) 0xC3;
    private static final byte MARKER_1 = 0x01;

    private final String name;
    private final long fingerprint;
    private final byte[] header;

    SingleObject(Schema schema) {
        this.name = schema.getName();
        this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        this.header = ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER_0)
                .put(MARKER_1)
                .putLong(fingerprint)
                .array();
    }

    WireWriter writer() {
        WireWriter writer = new WireWriter();
        writer.writeFixed(header);
        return writer;
    }

    /** Whether the header is this schema's; of other bytes nothing is said. */
    boolean isHeaderOf(byte[] bytes) {
        return bytes.length >= HEADER_BYTES && Arrays.equals(bytes, 0, HEADER_BYTES, header, 0, HEADER_BYTES);
    }

    /**
     * A reader of the body.
     *
     * @throws UndecodableException if the header is another schema's; the message names its fingerprint
     */
    WireReader reader(byte[] bytes, int start, int length, boolean canonical) throws UndecodableException {
        if (length < HEADER_BYTES || bytes[start] != MARKER_0 || bytes[start + 1] != MARKER_1) {
            throw new UndecodableException("no single-object encoding of " + name + ": " + length + " bytes");
        }
        long found = ByteBuffer.wrap(bytes, start, length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(start + 2);
        if (found != fingerprint) {
            throw new UndecodableException("unknown schema fingerprint " + Long.toHexString(found) + ", expected "
                    + Long.toHexString(fingerprint) + " of " + name);
        }
        return new WireReader(bytes, start + HEADER_BYTES, length - HEADER_BYTES, canonical);
    }
}
