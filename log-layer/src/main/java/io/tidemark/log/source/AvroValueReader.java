package io.tidemark.log.source;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.InvalidValueException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads a record in Avro's binary encoding, plain or in the single-object frame of the same schema: strings and enums become S,
 * numbers and the logical type decimal N, bytes and fixed B, boolean BOOL, null NULL, arrays L, maps and records M. Other logical
 * types are read as what they are stored as.
 */
final class AvroValueReader implements ValueReader {
    /** Marker (2 bytes) and fingerprint (8 bytes) of the single-object encoding, Avro specification 1.12. */
    private static final int FRAME_BYTES = 10;

    /** 38 digits need 16; arithmetic on much longer ones takes long. */
    private static final int MAX_DECIMAL_BYTES = 64;

    private final Schema schema;
    private final byte[] frame;

    /** @throws SourceException with kind FIX if the schema is none, or not that of a record */
    AvroValueReader(String schemaJson) {
        try {
            this.schema = new Schema.Parser().parse(schemaJson);
            byte[] fingerprint = SchemaNormalization.parsingFingerprint("CRC-64-AVRO", schema);
            this.frame = ByteBuffer.allocate(FRAME_BYTES)
                    .put((byte) 0xC3)
                    .put((byte) 0x01)
                    .put(fingerprint)
                    .array();
        } catch (RuntimeException | NoSuchAlgorithmException e) {
            // Avro has no common exception for what is wrong with a schema.
            throw new SourceException(
                    SourceException.Kind.FIX, "the binding's Avro schema cannot be parsed: " + e.getMessage(), e);
        }
        if (schema.getType() != Schema.Type.RECORD) {
            throw new SourceException(
                    SourceException.Kind.FIX, "the binding's Avro schema must be a record, not " + schema.getType());
        }
    }

    @Override
    public Map<String, AttributeValue> read(Bytes value) throws InvalidSourceRecordException {
        byte[] bytes = value.array();
        int start = isFramed(bytes) ? FRAME_BYTES : 0;
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, start, bytes.length - start, null);
            IndexedRecord record = new GenericDatumReader<IndexedRecord>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new InvalidSourceRecordException("the value goes on after its Avro record");
            }
            return toAttributes(record, 0);
        } catch (InvalidValueException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Avro has no common exception for damaged bytes either.
            throw new InvalidSourceRecordException("the value is no Avro record of the binding's schema: " + e, e);
        } catch (StackOverflowError e) {
            // A recursive schema admits any depth; Avro's reader has no limit of its own.
            throw new InvalidSourceRecordException("the Avro record is nested too deep", e);
        }
    }

    private boolean isFramed(byte[] bytes) {
        return bytes.length >= FRAME_BYTES && Arrays.equals(bytes, 0, FRAME_BYTES, frame, 0, FRAME_BYTES);
    }

    private static Map<String, AttributeValue> toAttributes(IndexedRecord record, int depth)
            throws InvalidSourceRecordException {
        if (depth > AttributeValue.MAX_NESTING) {
            throw new InvalidSourceRecordException("the Avro record is nested too deep");
        }
        Map<String, AttributeValue> attributes = new HashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            attributes.put(field.name(), toValue(field.schema(), record.get(field.pos()), depth + 1));
        }
        return attributes;
    }

    private static AttributeValue toValue(Schema type, Object datum, int depth) throws InvalidSourceRecordException {
        return switch (type.getType()) {
            case NULL -> new AttributeValue.Null();
            case BOOLEAN -> new AttributeValue.Bool((Boolean) datum);
            case INT, LONG -> AttributeValue.N.of(((Number) datum).longValue());
            case FLOAT, DOUBLE -> toNumber(datum.toString());
            case STRING, ENUM -> new AttributeValue.S(datum.toString());
            case BYTES -> toBinaryOrDecimal(type, array((ByteBuffer) datum));
            case FIXED -> toBinaryOrDecimal(type, ((GenericFixed) datum).bytes());
            case ARRAY -> toList(type.getElementType(), (List<?>) datum, depth);
            case MAP -> toMap(type.getValueType(), (Map<?, ?>) datum, depth);
            case RECORD -> AttributeValue.M.of(toAttributes((IndexedRecord) datum, depth));
            case UNION -> {
                int branch = GenericData.get().resolveUnion(type, datum);
                yield toValue(type.getTypes().get(branch), datum, depth);
            }
        };
    }

    /** The shortest decimal number that stands for the binary one, as Java prints it. */
    private static AttributeValue toNumber(String number) throws InvalidSourceRecordException {
        if (number.endsWith("NaN") || number.endsWith("Infinity")) {
            throw new InvalidSourceRecordException("a number is " + number + ", which no attribute can hold");
        }
        return AttributeValue.N.of(number);
    }

    private static AttributeValue toBinaryOrDecimal(Schema type, byte[] bytes) throws InvalidSourceRecordException {
        if (!(type.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return new AttributeValue.B(Bytes.wrap(bytes));
        }
        if (bytes.length > MAX_DECIMAL_BYTES) {
            throw new InvalidSourceRecordException(
                    "a decimal has " + bytes.length + " bytes, which no attribute can hold");
        }
        return new AttributeValue.N(new Decimal(new BigDecimal(new BigInteger(bytes), decimal.getScale())));
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static AttributeValue toList(Schema elementType, List<?> data, int depth)
            throws InvalidSourceRecordException {
        List<AttributeValue> values = new ArrayList<>(data.size());
        for (Object element : data) {
            values.add(toValue(elementType, element, depth + 1));
        }
        return new AttributeValue.L(values);
    }

    private static AttributeValue toMap(Schema valueType, Map<?, ?> data, int depth)
            throws InvalidSourceRecordException {
        Map<String, AttributeValue> values = new HashMap<>();
        for (Map.Entry<?, ?> entry : data.entrySet()) {
            values.put(entry.getKey().toString(), toValue(valueType, entry.getValue(), depth + 1));
        }
        return AttributeValue.M.of(values);
    }
}
