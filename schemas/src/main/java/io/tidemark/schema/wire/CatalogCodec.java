package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Records of the catalog's log: the envelope as an Avro single-object encoding, with the same headers as a WAL record. The
 * record key is the request id. Equal envelopes have equal bytes. Each command has one schema, that of the version of the rules
 * that brought it.
 */
public final class CatalogCodec {
    private static final SingleObject FORMAT =
            new SingleObject(io.tidemark.schema.avro.catalog.CatalogRecord.getClassSchema());
    private static final SingleObject FORMAT_V2 =
            new SingleObject(io.tidemark.schema.avro.catalog.v2.CatalogRecordV2.getClassSchema());
    private static final SingleObject FORMAT_V3 =
            new SingleObject(io.tidemark.schema.avro.catalog.v3.CatalogRecordV3.getClassSchema());

    private CatalogCodec() {}

    /** @throws IllegalArgumentException if a name has an unpaired surrogate, for which UTF-8 has no encoding */
    public static WalPayload encode(CatalogEnvelope envelope) {
        Bytes value = Bytes.wrap(encodeValue(envelope));
        Bytes id = Bytes.wrap(envelope.requestId().toBytes());
        return new WalPayload(
                id,
                value,
                List.of(
                        new RecordHeader(RecordHeader.REQUEST_ID, id),
                        new RecordHeader(RecordHeader.SEMANTICS, WalCodec.intBytes(envelope.semanticsVersion())),
                        new RecordHeader(RecordHeader.CRC32C, WalCodec.checksum(id, value))));
    }

    /**
     * The version of the rules that the record was written for, readable although its schema may be unknown; empty if it has no
     * such header, and so is no record of a catalog.
     */
    public static Optional<Integer> semanticsVersion(WalRecord record) {
        return record.header(RecordHeader.SEMANTICS)
                .filter(header -> header.length() == Integer.BYTES)
                .map(header -> ByteBuffer.wrap(header.array()).getInt());
    }

    /**
     * Reads a record whose semantics version this build knows, and checks everything that it says twice.
     *
     * @throws UndecodableException if it is no catalog record, or a damaged one
     */
    public static CatalogEnvelope decode(WalRecord record) throws UndecodableException {
        if (!WalCodec.checksumMatches(record)) {
            throw new UndecodableException("the checksum is missing or does not match");
        }
        CatalogEnvelope envelope = decodeValue(record.value());
        if (!semanticsVersion(record).equals(Optional.of(envelope.semanticsVersion()))) {
            throw new UndecodableException("semantics header says " + semanticsVersion(record) + ", envelope says "
                    + envelope.semanticsVersion());
        }
        Optional<RequestId> id = WalCodec.requestId(record);
        if (!id.equals(Optional.of(envelope.requestId()))) {
            throw new UndecodableException("request id header says " + id + ", envelope says " + envelope.requestId());
        }
        return envelope;
    }

    private static byte[] encodeValue(CatalogEnvelope envelope) {
        int version = envelope.command().sinceVersion();
        WireWriter writer;
        switch (version) {
            case 1 -> {
                writer = FORMAT.writer();
                CatalogFormat.writeEnvelope(writer, envelope);
            }
            case 2 -> {
                writer = FORMAT_V2.writer();
                CatalogFormatV2.writeEnvelope(writer, envelope);
            }
            case 3 -> {
                writer = FORMAT_V3.writer();
                CatalogFormatV3.writeEnvelope(writer, envelope);
            }
            default -> throw new IllegalStateException("no encoding of version " + version);
        }
        return writer.toByteArray();
    }

    private static CatalogEnvelope decodeValue(Bytes value) throws UndecodableException {
        try {
            WireReader reader;
            CatalogEnvelope envelope;
            if (FORMAT_V3.isHeaderOf(value.array())) {
                reader = reader(FORMAT_V3, value);
                envelope = CatalogFormatV3.readEnvelope(reader);
            } else if (FORMAT_V2.isHeaderOf(value.array())) {
                reader = reader(FORMAT_V2, value);
                envelope = CatalogFormatV2.readEnvelope(reader);
            } else {
                reader = reader(FORMAT, value);
                envelope = CatalogFormat.readEnvelope(reader);
            }
            reader.requireEnd();
            return envelope;
        } catch (InvalidValueException | IllegalArgumentException invalid) {
            throw new UndecodableException("not a catalog record: " + invalid.getMessage(), invalid);
        }
    }

    private static WireReader reader(SingleObject format, Bytes value) throws UndecodableException {
        return format.reader(value.array(), 0, value.length(), true);
    }
}
