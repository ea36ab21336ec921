package io.tidemark.archiver.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {
    private static final ShardId SHARD = new ShardId(7);
    private static final Sha256 PREVIOUS = Sha256.of(Bytes.wrap(new byte[] {1, 2, 3}));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theRecordsReadAreTheRecordsWritten(long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(3000);
        List<WalRecord> records = TestRecords.random(random, SHARD, 1_000_000_007L, count, 600);

        Segment segment = TestRecords.segment(records, PREVIOUS);

        SegmentReader reader = SegmentReader.open(segment.name().key(), segment.content());
        assertThat(reader).containsExactlyElementsOf(records);
        assertThat(reader.header()).isEqualTo(segment.header());
        assertThat(reader.sha256()).isEqualTo(segment.sha256()).isEqualTo(Sha256.of(segment.content()));
        assertThat(reader.header().recordCount()).isEqualTo(count);
        assertThat(reader.header().previous()).isEqualTo(PREVIOUS);
        assertThat(reader.header().minTimestampMs())
                .isEqualTo(
                        records.stream().mapToLong(WalRecord::timestampMs).min().getAsLong());
        assertThat(reader.header().maxTimestampMs())
                .isEqualTo(
                        records.stream().mapToLong(WalRecord::timestampMs).max().getAsLong());
    }

    @Test
    void avrosOwnReaderReadsTheObject() throws IOException {
        List<WalRecord> records = TestRecords.random(new Random(11), SHARD, 0, 5000, 300);
        Segment segment = TestRecords.segment(records, Sha256.ZERO);

        List<WalRecord> read = new ArrayList<>();
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(
                new SeekableByteArrayInput(segment.content().array()), new GenericDatumReader<>())) {
            assertThat(reader.getMetaString("tidemark.shard")).isEqualTo("7");
            assertThat(reader.getMetaLong("tidemark.first.lsn")).isZero();
            assertThat(reader.getMetaLong("tidemark.last.lsn")).isEqualTo(4999);
            assertThat(reader.getMetaLong("tidemark.record.count")).isEqualTo(5000);
            assertThat(reader.getMetaString("tidemark.previous.sha256")).isEqualTo("0".repeat(64));
            reader.forEach(archived -> read.add(walRecord(archived)));
        }

        assertThat(read).isEqualTo(records);
    }

    @Test
    void equalRecordsGiveEqualBytes() {
        Segment once = TestRecords.segment(TestRecords.random(new Random(3), SHARD, 5, 4000, 200), PREVIOUS);
        Segment again = TestRecords.segment(TestRecords.random(new Random(3), SHARD, 5, 4000, 200), PREVIOUS);

        assertThat(again.content()).isEqualTo(once.content());
        assertThat(again).isEqualTo(once);
    }

    @Test
    void aSegmentOfTheFirstFormatIsReadFromItsFile() throws IOException {
        List<WalRecord> records = TestRecords.random(new Random(2026), SHARD, 40, 50, 100);
        String name = "/golden/segment-format-1.avro";

        try (InputStream file = Objects.requireNonNull(SegmentTest.class.getResourceAsStream(name), name)) {
            Bytes content = Bytes.wrap(file.readAllBytes());
            assertThat(SegmentReader.open("wal/7/00000000000000000040.avro", content))
                    .containsExactlyElementsOf(records);
            assertThat(Sha256.of(content))
                    .hasToString("62734f20e7a2ac5ef32a9bb7faba96bb380d258238b82a3543513391cc6cfd55");
        }
    }

    @Test
    void everyFlippedBitIsDetected() {
        List<WalRecord> records = TestRecords.random(new Random(17), SHARD, 40, 12, 60);
        Segment segment = TestRecords.segment(records, PREVIOUS);

        for (int bit = 0; bit < segment.content().length() * 8; bit++) {
            assertFlipIsDetected(segment, bit);
        }
    }

    @Test
    void randomFlippedBitsOfALargeSegmentAreDetected() {
        long seed = 23;
        Random random = new Random(seed);
        Segment segment = TestRecords.segment(TestRecords.random(random, SHARD, 40, 6000, 600), PREVIOUS);
        assertThat(segment.content().length()).isGreaterThan(1_000_000);

        for (int i = 0; i < 300; i++) {
            assertFlipIsDetected(segment, random.nextInt(segment.content().length() * 8));
        }
    }

    @Test
    void everyTruncationIsDetected() {
        Segment segment = TestRecords.segment(TestRecords.random(new Random(1), SHARD, 40, 12, 60), PREVIOUS);
        byte[] content = segment.content().array();

        for (int length = 0; length < content.length; length++) {
            Bytes truncated = Bytes.wrap(Arrays.copyOf(content, length));
            assertThatExceptionOfType(DamagedSegmentException.class)
                    .as("first %d bytes", length)
                    .isThrownBy(() -> SegmentReader.open(segment.name().key(), truncated));
        }
    }

    @Test
    void bytesAfterTheEndAreDetected() {
        Segment segment = TestRecords.segment(TestRecords.random(new Random(1), SHARD, 40, 12, 60), PREVIOUS);
        byte[] longer =
                Arrays.copyOf(segment.content().array(), segment.content().length() + 1);

        assertThatExceptionOfType(DamagedSegmentException.class)
                .isThrownBy(() -> SegmentReader.open(segment.name().key(), Bytes.wrap(longer)))
                .satisfies(e -> assertThat(e.key()).isEqualTo("wal/7/00000000000000000040.avro"));
    }

    @Test
    void aSegmentUnderAnothersKeyIsDetected() {
        Segment segment = TestRecords.segment(TestRecords.random(new Random(1), SHARD, 40, 12, 60), PREVIOUS);

        assertThatExceptionOfType(DamagedSegmentException.class)
                .isThrownBy(() -> SegmentReader.open("wal/8/00000000000000000040.avro", segment.content()))
                .withMessage("segment wal/8/00000000000000000040.avro is damaged or missing: its content belongs to "
                        + "wal/7/00000000000000000040.avro");
    }

    @Test
    void aHeaderThatDoesNotFitTheRecordsIsDetected() {
        List<WalRecord> records = TestRecords.random(new Random(1), SHARD, 40, 12, 60);
        Segment segment = TestRecords.segment(records, PREVIOUS);
        SegmentHeader header = segment.header();
        SegmentHeader longer = new SegmentHeader(
                SHARD,
                header.first(),
                header.last().next(),
                header.minTimestampMs(),
                header.maxTimestampMs(),
                header.previous(),
                header.blocks());
        SegmentHeader later = new SegmentHeader(
                SHARD,
                header.first(),
                header.last(),
                header.minTimestampMs(),
                header.maxTimestampMs() + 1,
                header.previous(),
                header.blocks());

        assertThatExceptionOfType(DamagedSegmentException.class)
                .isThrownBy(() -> withHeader(segment, longer).verifyRecords())
                .withMessageContaining("ends before LSN 52");
        assertThatExceptionOfType(DamagedSegmentException.class)
                .isThrownBy(() -> withHeader(segment, later).verifyRecords())
                .withMessageContaining("holds times from");
    }

    @Test
    void aSegmentOfANewerFormatIsToldApartFromDamage() {
        Segment segment = TestRecords.segment(TestRecords.random(new Random(1), SHARD, 40, 12, 60), PREVIOUS);
        byte[] content = segment.content().array().clone();
        String key = "tidemark.format";
        int format = new String(content, StandardCharsets.ISO_8859_1).indexOf(key) + key.length() + 1;
        content[format] = '2';

        assertThatExceptionOfType(DamagedSegmentException.class)
                .isThrownBy(() -> SegmentReader.open(segment.name().key(), Bytes.wrap(content)))
                .withMessageContaining("segment format 2; this release reads format 1");
    }

    @Test
    void noInputMakesTheDecodersFailOtherwiseThanTheySay() {
        long seed = 71;
        Random random = new Random(seed);
        Segment segment = TestRecords.segment(TestRecords.random(random, SHARD, 40, 12, 60), PREVIOUS);
        AvroOutput records = new AvroOutput(1000);
        TestRecords.random(random, SHARD, 40, 5, 60).forEach(each -> RecordCodec.encode(each, records));

        for (int i = 0; i < 20_000; i++) {
            AvroInput header =
                    mutated(segment.content().array(), segment.content().length(), random);
            AvroInput block = mutated(records.array(), records.length(), random);
            try {
                HeaderCodec.decode(header);
            } catch (AvroInput.MalformedException expected) {
                assertThat(expected.reason()).isNotEmpty();
            }
            try {
                new RecordCodec().decode(SHARD, block);
            } catch (AvroInput.MalformedException expected) {
                assertThat(expected.reason()).isNotEmpty();
            }
        }
    }

    @Test
    void recordsOfAnotherShardOrOutOfOrderAreRefused() {
        SegmentWriter writer = new SegmentWriter(SHARD, new Lsn(10), PREVIOUS);
        WalRecord other =
                TestRecords.random(new Random(1), new ShardId(8), 10, 1, 10).getFirst();
        WalRecord hole = TestRecords.random(new Random(1), SHARD, 11, 1, 10).getFirst();

        assertThatIllegalArgumentException().isThrownBy(() -> writer.append(other));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.append(hole))
                .withMessage("record has LSN 11, next of the segment is 10");
    }

    @Test
    void aSegmentWithoutRecordsIsRefused() {
        assertThatIllegalStateException().isThrownBy(() -> new SegmentWriter(SHARD, new Lsn(10), PREVIOUS).finish());
    }

    @Test
    void recordsLargerThanABlockAreKept() {
        List<WalRecord> records = TestRecords.random(new Random(29), SHARD, 0, 4, 3 * SegmentWriter.BLOCK_BYTES);

        Segment segment = TestRecords.segment(records, Sha256.ZERO);

        assertThat(SegmentReader.open(segment.name().key(), segment.content())).containsExactlyElementsOf(records);
    }

    private static AvroInput mutated(byte[] original, int length, Random random) {
        byte[] bytes = Arrays.copyOf(original, length);
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int position = random.nextInt(Math.min(length, 600));
            bytes[position] = random.nextBoolean() ? (byte) random.nextInt() : (byte) 0xff;
        }
        return new AvroInput(bytes, 0, random.nextInt(4) == 0 ? random.nextInt(length) : length);
    }

    private static void assertFlipIsDetected(Segment segment, int bit) {
        byte[] content = segment.content().array().clone();
        content[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThatExceptionOfType(DamagedSegmentException.class)
                .as("bit %d of byte %d", bit % 8, bit / 8)
                .isThrownBy(() -> SegmentReader.open(segment.name().key(), Bytes.wrap(content)));
    }

    /** The same blocks under another header, with the sync markers that belong to it. */
    private static SegmentReader withHeader(Segment segment, SegmentHeader header) {
        byte[] before = HeaderCodec.encode(segment.header());
        byte[] after = HeaderCodec.encode(header);
        int blocksBytes = segment.content().length() - before.length - HeaderCodec.SYNC_BYTES;
        AvroOutput out = new AvroOutput(segment.content().length());
        out.writeFixed(after, 0, after.length);
        out.writeFixed(segment.content().array(), before.length, blocksBytes);
        out.writeFixed(after, after.length - HeaderCodec.SYNC_BYTES, HeaderCodec.SYNC_BYTES);
        return SegmentReader.open(header.name().key(), Bytes.wrap(out.toByteArray()));
    }

    private static WalRecord walRecord(GenericRecord archived) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Object element : (List<?>) archived.get("headers")) {
            GenericRecord header = (GenericRecord) element;
            headers.add(new RecordHeader(header.get("key").toString(), bytes(header.get("value"))));
        }
        return new WalRecord(
                SHARD,
                new Lsn((Long) archived.get("lsn")),
                (Long) archived.get("timestampMs"),
                bytes(archived.get("key")),
                bytes(archived.get("value")),
                headers);
    }

    private static Bytes bytes(Object value) {
        ByteBuffer buffer = (ByteBuffer) value;
        byte[] array = new byte[buffer.remaining()];
        buffer.get(array);
        return Bytes.wrap(array);
    }
}
