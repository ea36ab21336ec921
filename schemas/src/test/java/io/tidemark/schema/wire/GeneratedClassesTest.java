package io.tidemark.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RandomCommands;
import io.tidemark.schema.RandomValues;
import io.tidemark.schema.Seeded;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.value.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Readers and writers that use Avro and the published schemas see the very bytes that the codecs write and read. */
class GeneratedClassesTest {
    private static final int CASES = 500;
    /** Of Avro's blocking encoder: as small as it admits, so that arrays come in several blocks. */
    private static final int BLOCK_BYTES = 64;

    private static final Map<Schema, BinaryMessageEncoder<SpecificRecordBase>> ENCODERS = new HashMap<>();

    private static final ClassSecurityPredicate TRUSTED_BEFORE = ClassSecurityValidator.getGlobal();

    @BeforeAll
    static void trustTheGeneratedClasses() {
        String generated = io.tidemark.schema.avro.Item.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                TRUSTED_BEFORE, type -> type.getPackageName().equals(generated)));
    }

    @AfterAll
    static void trustWhatWasTrusted() {
        ClassSecurityValidator.setGlobal(TRUSTED_BEFORE);
    }

    @Test
    void itemsAreTheSameBytesForAvro() {
        Seeded.times(CASES, random -> {
            Item item = new RandomValues(random).item();
            byte[] ours = ItemCodec.encode(item);
            io.tidemark.schema.avro.Item generated = GeneratedRecords.item(item);
            assertSame(generated, ours);
            assertThat(ItemCodec.decode(avroEncode(generated), 0, ours.length)).isEqualTo(item);
        });
    }

    @Test
    void itemEnvelopesAreTheSameBytesForAvro() {
        Seeded.times(CASES, random -> {
            RandomCommands commands = new RandomCommands(random);
            KeySchema keySchema = commands.keySchema();
            Envelope envelope = commands.itemEnvelope(keySchema);
            WalPayload payload = WalCodec.encode(keySchema, envelope);
            io.tidemark.schema.avro.Envelope generated = GeneratedRecords.envelope(envelope);
            assertSame(generated, payload.value().array());
            assertThat(WalCodec.decode(withValue(payload, avroEncode(generated))))
                    .isEqualTo(envelope);
        });
    }

    @Test
    void controlEnvelopesAreTheSameBytesForAvro() {
        Seeded.times(CASES, random -> {
            Envelope envelope = new RandomCommands(random).controlEnvelope();
            assertSame(
                    GeneratedRecords.envelope(envelope),
                    WalCodec.encodeControl(envelope).value().array());
        });
    }

    @Test
    void outcomesAreTheSameBytesForAvro() {
        Seeded.times(CASES, random -> {
            Outcome outcome = new RandomCommands(random).outcome();
            io.tidemark.schema.avro.Outcome generated = GeneratedRecords.outcome(outcome);
            assertSame(generated, OutcomeCodec.encode(outcome));
            assertThat(OutcomeCodec.decode(avroEncode(generated))).isEqualTo(outcome);
        });
    }

    @Test
    void anEnvelopeWhoseArraysComeInSeveralBlocksIsDecoded() {
        AtomicInteger inOtherBytes = new AtomicInteger();
        Seeded.times(CASES, random -> {
            RandomCommands commands = new RandomCommands(random);
            KeySchema keySchema = commands.keySchema();
            Envelope envelope = commands.itemEnvelope(keySchema);
            WalPayload payload = WalCodec.encode(keySchema, envelope);
            byte[] blocked = inBlocks(GeneratedRecords.envelope(envelope), payload.value());
            assertThat(WalCodec.decode(withValue(payload, blocked))).isEqualTo(envelope);
            if (!Arrays.equals(blocked, payload.value().array())) {
                inOtherBytes.incrementAndGet();
            }
        });
        assertThat(inOtherBytes).hasValueGreaterThan(CASES / 4);
    }

    private static void assertSame(SpecificRecordBase generated, byte[] ours) throws IOException {
        assertThat(avroEncode(generated)).isEqualTo(ours);
        SpecificRecordBase read = decoder(generated).decode(ours);
        assertThat(read).isEqualTo(generated);
        assertThat(avroEncode(read)).isEqualTo(ours);
    }

    private static byte[] avroEncode(SpecificRecordBase generated) throws IOException {
        ByteBuffer buffer = encoder(generated).encode(generated);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static BinaryMessageDecoder<? extends SpecificRecordBase> decoder(SpecificRecordBase generated) {
        return switch (generated) {
            case io.tidemark.schema.avro.Item ignored -> io.tidemark.schema.avro.Item.getDecoder();
            case io.tidemark.schema.avro.Envelope ignored -> io.tidemark.schema.avro.Envelope.getDecoder();
            case io.tidemark.schema.avro.Outcome ignored -> io.tidemark.schema.avro.Outcome.getDecoder();
            default -> throw new IllegalArgumentException(generated.getClass().getName());
        };
    }

    private static BinaryMessageEncoder<SpecificRecordBase> encoder(SpecificRecordBase generated) {
        return ENCODERS.computeIfAbsent(
                generated.getSchema(), schema -> new BinaryMessageEncoder<>(generated.getSpecificData(), schema));
    }

    private static byte[] inBlocks(SpecificRecordBase generated, Bytes plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Arrays.copyOf(plain.array(), SingleObject.HEADER_BYTES));
        Schema schema = generated.getSchema();
        BinaryEncoder encoder =
                new EncoderFactory().configureBlockSize(BLOCK_BYTES).blockingBinaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecordBase>(schema, generated.getSpecificData()).write(generated, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static WalRecord withValue(WalPayload payload, byte[] value) {
        return RoundTripTest.record(new WalPayload(payload.key(), Bytes.wrap(value), payload.headers()));
    }
}
