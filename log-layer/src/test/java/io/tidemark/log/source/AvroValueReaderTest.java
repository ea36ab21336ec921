package io.tidemark.log.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.InvalidValueException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class AvroValueReaderTest {
    private static final Schema SCHEMA = new Schema.Parser().parse("""
                    {"type": "record", "name": "Edit", "fields": [
                      {"name": "page", "type": "string"},
                      {"name": "count", "type": "int"},
                      {"name": "size", "type": "long"},
                      {"name": "ratio", "type": "double"},
                      {"name": "minor", "type": "boolean"},
                      {"name": "raw", "type": "bytes"},
                      {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 2}},
                      {"name": "tag", "type": ["null", "string"]},
                      {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["NEW", "OLD"]}},
                      {"name": "id", "type": {"type": "fixed", "name": "Id", "size": 2}},
                      {"name": "links", "type": {"type": "array", "items": "string"}},
                      {"name": "scores", "type": {"type": "map", "values": "float"}},
                      {"name": "next", "type": ["null", "Edit"]}
                    ]}
                    """);

    private final AvroValueReader reader = new AvroValueReader(SCHEMA.toString());

    @Test
    void everyAvroTypeBecomesItsAttributeType() throws Exception {
        GenericRecord record = record();
        GenericRecord next = record();
        next.put("tag", "last");
        record.put("next", next);
        Map<String, AttributeValue> attributes = reader.read(plain(record));
        assertThat(attributes)
                .containsEntry("page", new AttributeValue.S("Main"))
                .containsEntry("count", AttributeValue.N.of(3))
                .containsEntry("size", AttributeValue.N.of(Long.MIN_VALUE))
                .containsEntry("ratio", AttributeValue.N.of("0.1"))
                .containsEntry("minor", new AttributeValue.Bool(true))
                .containsEntry("raw", new AttributeValue.B(Bytes.wrap(new byte[] {1, 2})))
                .containsEntry("price", AttributeValue.N.of("-12.34"))
                .containsEntry("tag", new AttributeValue.Null())
                .containsEntry("kind", new AttributeValue.S("OLD"))
                .containsEntry("id", new AttributeValue.B(Bytes.wrap(new byte[] {8, 9})))
                .containsEntry(
                        "links", new AttributeValue.L(List.of(new AttributeValue.S("a"), new AttributeValue.S("b"))))
                .containsEntry("scores", AttributeValue.M.of(Map.of("x", AttributeValue.N.of("1.5"))))
                .hasSize(13);
        AttributeValue.M nested = (AttributeValue.M) attributes.get("next");
        assertThat(nested.values()).containsEntry("tag", new AttributeValue.S("last"));
    }

    @Test
    void theSingleObjectFrameOfTheSameSchemaIsRead() throws Exception {
        ByteBuffer framed = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), SCHEMA).encode(record());
        byte[] bytes = new byte[framed.remaining()];
        framed.get(bytes);
        assertThat(reader.read(Bytes.wrap(bytes))).isEqualTo(reader.read(plain(record())));
    }

    @Test
    void numbersThatNoAttributeCanHoldAreRefused() throws Exception {
        GenericRecord infinite = record();
        infinite.put("ratio", Double.POSITIVE_INFINITY);
        assertThatExceptionOfType(InvalidSourceRecordException.class)
                .isThrownBy(() -> reader.read(plain(infinite)))
                .withMessageContaining("Infinity");
        GenericRecord huge = record();
        huge.put("ratio", 1e300);
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> reader.read(plain(huge)));
        GenericRecord endless = record();
        endless.put("price", ByteBuffer.wrap(new byte[1 << 20]));
        assertThatExceptionOfType(InvalidSourceRecordException.class)
                .isThrownBy(() -> reader.read(plain(endless)))
                .withMessageContaining("1048576 bytes");
    }

    @Test
    void recordsNestedWithoutEndAreRefused() throws Exception {
        byte[] level = Arrays.copyOf(plain(record()).array(), plain(record()).length() - 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 30_000; i++) {
            bytes.write(level);
            bytes.write(2);
        }
        bytes.write(plain(record()).array());
        assertThatExceptionOfType(InvalidSourceRecordException.class)
                .isThrownBy(() -> reader.read(Bytes.wrap(bytes.toByteArray())))
                .withMessageContaining("nested too deep");
    }

    @Test
    void damagedBytesAreRefusedOrReadButNeverFailOtherwise() throws Exception {
        byte[] sound = plain(record()).array();
        long seed = 20_260_101;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = Arrays.copyOf(sound, random.nextInt(sound.length + 3));
            for (int i = 0; i < random.nextInt(1, 4) && damaged.length > 0; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(reader.read(Bytes.wrap(damaged))).hasSize(13);
            } catch (InvalidSourceRecordException | InvalidValueException e) {
                assertThat(e).as("seed %s round %s", seed, round).hasMessageMatching("(?s).+");
            }
        }
    }

    private static GenericRecord record() {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("page", "Main");
        record.put("count", 3);
        record.put("size", Long.MIN_VALUE);
        record.put("ratio", 0.1);
        record.put("minor", true);
        record.put("raw", ByteBuffer.wrap(new byte[] {1, 2}));
        record.put("price", ByteBuffer.wrap(BigInteger.valueOf(-1234).toByteArray()));
        record.put("tag", null);
        record.put("kind", new GenericData.EnumSymbol(SCHEMA.getField("kind").schema(), "OLD"));
        record.put("id", new GenericData.Fixed(SCHEMA.getField("id").schema(), new byte[] {8, 9}));
        record.put("links", List.of("a", "b"));
        record.put("scores", Map.of("x", 1.5f));
        record.put("next", null);
        return record;
    }

    static Bytes plain(GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return Bytes.wrap(bytes.toByteArray());
    }
}
