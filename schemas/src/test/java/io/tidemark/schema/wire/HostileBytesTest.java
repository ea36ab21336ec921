package io.tidemark.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RandomCommands;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Seeded;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.value.Item;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, decoding gives a value or an {@link UndecodableException}. */
class HostileBytesTest {
    private static final int CASES = 500;
    private static final int DAMAGES = 20;
    private static final int HEADER = SingleObject.HEADER_BYTES;
    private static final KeySchema KEY = KeySchema.of(new KeyAttribute("k", KeyType.S));
    private static final PrimaryKey PRIMARY_KEY = PrimaryKey.of(new AttributeValue.S("k"));

    /** Decodes and, if that works, encodes again. */
    @FunctionalInterface
    private interface Codec {
        byte[] recode(byte[] bytes) throws UndecodableException;
    }

    @Test
    void aDamagedItemIsAnotherItemOrUndecodable() {
        Seeded.times(CASES, random -> {
            byte[] bytes = ItemCodec.encode(new RandomCommands(random).values().item());
            damage(random, bytes, damaged -> ItemCodec.encode(ItemCodec.decode(damaged, 0, damaged.length)));
        });
    }

    @Test
    void aDamagedOutcomeIsAnotherOutcomeOrUndecodable() {
        Seeded.times(CASES, random -> {
            byte[] bytes = OutcomeCodec.encode(new RandomCommands(random).outcome());
            damage(random, bytes, damaged -> OutcomeCodec.encode(OutcomeCodec.decode(damaged)));
        });
    }

    @Test
    void aDamagedEnvelopeIsAnotherEnvelopeOrUndecodable() {
        Seeded.times(CASES, random -> {
            RandomCommands commands = new RandomCommands(random);
            KeySchema keySchema = commands.keySchema();
            WalPayload payload = WalCodec.encode(keySchema, commands.itemEnvelope(keySchema));
            for (int i = 0; i < DAMAGES; i++) {
                Bytes damaged = Bytes.wrap(damage(random, payload.value().array()));
                decodeOrRefuse(new WalPayload(payload.key(), damaged, payload.headers()));
            }
        });
    }

    @Test
    void randomBytesBehindAHeaderAreUndecodableOrAValue() {
        byte[] item = ItemCodec.encode(Item.EMPTY);
        Seeded.times(20 * CASES, random -> {
            byte[] bytes = Arrays.copyOf(item, HEADER + random.nextInt(1, 40));
            for (int i = HEADER; i < bytes.length; i++) {
                // Small numbers are the lengths and branches that lead on.
                bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(24));
            }
            recodeOrRefuse(bytes, damaged -> ItemCodec.encode(ItemCodec.decode(damaged, 0, damaged.length)));
        });
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] item = ItemCodec.encode(Item.EMPTY);
        assertRefused(item, item.length + 1, "1 bytes after the end");
        byte[] outcome = OutcomeCodec.encode(new Outcome.Acknowledged());
        assertThatThrownBy(() -> OutcomeCodec.decode(Arrays.copyOf(outcome, outcome.length + 2)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("2 bytes after the end");
    }

    @Test
    void anOutcomeWithALongerDetailThanCouldBeWrittenIsRefused() throws UndecodableException {
        byte[] longest = OutcomeCodec.encode(new Outcome.Invalid(InvalidReason.KEY, "x".repeat(2_000)));
        assertThat(OutcomeCodec.encode(OutcomeCodec.decode(longest))).isEqualTo(longest);
        // Two bytes of length before the text; one character more and still two bytes.
        byte[] longer = Arrays.copyOf(longest, longest.length + 1);
        int length = HEADER + 2;
        assertThat(longer[length]).isEqualTo((byte) 0x84);
        longer[length] = (byte) 0x86;
        longer[longer.length - 1] = 'x';
        assertThatThrownBy(() -> OutcomeCodec.decode(longer))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("detail of 513 characters");
    }

    @Test
    void anUnknownFingerprintIsNamed() {
        byte[] item = ItemCodec.encode(Item.EMPTY);
        byte[] outcome = OutcomeCodec.encode(new Outcome.Acknowledged());
        System.arraycopy(outcome, 0, item, 0, HEADER);
        StringBuilder fingerprint = new StringBuilder();
        for (int i = HEADER - 1; i >= 2; i--) {
            fingerprint.append(String.format("%02x", outcome[i]));
        }
        assertRefused(item, item.length, "unknown schema fingerprint " + fingerprint);
    }

    @Test
    void nothingIsNoItem() {
        assertRefused(new byte[0], 0, "no single-object encoding");
        assertRefused(new byte[HEADER], HEADER, "no single-object encoding");
    }

    @Test
    void aLengthBeyondTheEndIsRefusedBeforeMemoryIsTaken() {
        assertBodyRefused("length", 2, 2, 'a', 6, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F);
        assertBodyRefused("array of", 0xFE, 0xFF, 0xFF, 0xFF, 0x0F);
        assertBodyRefused("array of", 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01);
        assertBodyRefused("array of", 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01);
    }

    @Test
    void storedNumbersHaveOneSpelling() {
        assertBodyDecodes(2, 2, 'a', 8, 2, 5, 0, 0);
        assertBodyRefused("shortest form", 2, 2, 'a', 8, 4, 0, 5, 0, 0);
        assertBodyRefused("shortest form", 2, 2, 'a', 8, 2, 10, 0, 0);
        assertBodyRefused("shortest form", 2, 2, 'a', 8, 2, 0, 2, 0);
        assertBodyRefused("number of 0 bytes", 2, 2, 'a', 8, 0, 0, 0);
        assertBodyRefused("superfluous", 0x82, 0, 2, 'a', 0, 0);
        assertBodyRefused("boolean", 2, 2, 'a', 2, 2, 0);
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        assertBodyDecodes(2, 2, 'a', 4, 6, 0xEF, 0xBF, 0xBD, 0);
        assertBodyRefused("not UTF-8", 2, 2, 'a', 4, 2, 0xFF, 0);
        assertBodyRefused("not UTF-8", 2, 2, 'a', 4, 4, 0xC0, 0x80, 0);
        assertBodyRefused("not UTF-8", 2, 2, 'a', 4, 6, 0xED, 0xA0, 0x80, 0);
    }

    @Test
    void storedArraysHaveOneOrderAndOneBlock() {
        assertBodyDecodes(4, 2, 'a', 0, 2, 'b', 0, 0);
        assertBodyRefused("out of order", 4, 2, 'b', 0, 2, 'a', 0, 0);
        assertBodyRefused("out of order", 4, 2, 'a', 0, 2, 'a', 0, 0);
        assertBodyRefused("more than one block", 2, 2, 'a', 0, 2, 2, 'b', 0, 0);
        assertBodyRefused("array of -1", 1, 6, 2, 'a', 0, 0);
        assertBodyDecodes(2, 2, 'a', 14, 4, 2, 'a', 2, 'b', 0, 0);
        assertBodyRefused("out of order", 2, 2, 'a', 14, 4, 2, 'b', 2, 'a', 0, 0);
        assertBodyRefused("out of order", 2, 2, 'a', 14, 4, 2, 'a', 2, 'a', 0, 0);
        assertBodyRefused("may not be empty", 2, 2, 'a', 14, 0, 0);
        assertBodyRefused("Empty attribute name", 2, 0, 0, 0);
    }

    @Test
    void anEnvelopeMayHaveItsAttributesInAnyOrderButNoneTwice() throws UndecodableException {
        Item item = Item.of(Map.of("a", new AttributeValue.Null(), "k", new AttributeValue.S("k")));
        WalPayload payload =
                WalCodec.encode(KEY, Envelope.of(new RequestId(1, 2), Command.PutItem.of(new TableId(1), item)));
        byte[] sorted = {4, 2, 'a', 0, 2, 'k', 4, 2, 'k', 0};
        Envelope decoded = WalCodec.decode(withBody(payload, sorted, new byte[] {4, 2, 'k', 4, 2, 'k', 2, 'a', 0, 0}));
        assertThat(((Command.PutItem) decoded.command()).item()).isEqualTo(item);
        assertThatThrownBy(() ->
                        WalCodec.decode(withBody(payload, sorted, new byte[] {4, 2, 'k', 0, 2, 'k', 4, 2, 'k', 0})))
                .isInstanceOf(UndecodableException.class);
    }

    @Test
    void nestingIsLimitedWhenWritingAndWhenReading() throws UndecodableException {
        AttributeValue value = new AttributeValue.Null();
        for (int i = 0; i < AttributeValue.MAX_NESTING; i++) {
            value = new AttributeValue.L(List.of(value));
        }
        Item deepest = Item.of(Map.of("a", value));
        byte[] bytes = ItemCodec.encode(deepest);
        assertThat(ItemCodec.decode(bytes, 0, bytes.length)).isEqualTo(deepest);

        Item tooDeep = Item.of(Map.of("a", new AttributeValue.L(List.of(value))));
        assertThatThrownBy(() -> ItemCodec.encode(tooDeep))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("Nesting Levels");
        int[] body = new int[3 + 200_000];
        Arrays.fill(body, 10);
        body[0] = 2;
        body[1] = 2;
        body[2] = 'a';
        for (int i = 4; i < body.length; i += 2) {
            body[i] = 2;
        }
        assertBodyRefused("Nesting Levels", body);
    }

    @Test
    void expressionsAreLimitedInDepthWhenWritingAndWhenReading() throws UndecodableException {
        Condition deepest = new Condition.And(List.of());
        for (int i = 1; i < Condition.MAX_DEPTH; i++) {
            deepest = new Condition.Not(deepest);
        }
        WalPayload payload = WalCodec.encode(KEY, delete(deepest));
        assertThat(WalCodec.decode(RoundTripTest.record(payload))).isEqualTo(delete(deepest));

        Envelope tooDeep = delete(new Condition.Not(deepest));
        assertThatThrownBy(() -> WalCodec.encode(KEY, tooDeep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deeper than 300");
        byte[] nots = new byte[100_000];
        Arrays.fill(nots, (byte) 20);
        assertThatThrownBy(() -> WalCodec.decode(withBody(payload, new byte[] {20, 20, 20}, nots)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("deeper than 300");
    }

    private static Envelope delete(Condition condition) {
        return Envelope.of(
                new RequestId(1, 2),
                new Command.DeleteItem(new TableId(1), PRIMARY_KEY, Optional.of(condition), ReturnValues.NONE, false));
    }

    /** The record with the first occurrence of some bytes of its value replaced by others. */
    private static WalRecord withBody(WalPayload payload, byte[] part, byte[] replacement) {
        byte[] value = payload.value().array();
        for (int i = 0; i + part.length <= value.length; i++) {
            if (Arrays.equals(value, i, i + part.length, part, 0, part.length)) {
                byte[] replaced = new byte[value.length - part.length + replacement.length];
                System.arraycopy(value, 0, replaced, 0, i);
                System.arraycopy(replacement, 0, replaced, i, replacement.length);
                System.arraycopy(
                        value, i + part.length, replaced, i + replacement.length, value.length - i - part.length);
                return RoundTripTest.record(new WalPayload(payload.key(), Bytes.wrap(replaced), payload.headers()));
            }
        }
        throw new AssertionError("the record does not hold " + Arrays.toString(part));
    }

    private static void damage(RandomGenerator random, byte[] bytes, Codec codec) {
        for (int i = 0; i < DAMAGES; i++) {
            recodeOrRefuse(damage(random, bytes), codec);
        }
    }

    private static byte[] damage(RandomGenerator random, byte[] bytes) {
        byte[] damaged = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
        for (int i = random.nextInt(1, 4); i > 0 && damaged.length > HEADER; i--) {
            int position = random.nextInt(HEADER, damaged.length);
            damaged[position] =
                    (byte) (random.nextBoolean() ? damaged[position] ^ (1 << random.nextInt(8)) : random.nextInt());
        }
        return damaged;
    }

    /** What decodes must encode to the same bytes: there is one spelling. */
    private static void recodeOrRefuse(byte[] bytes, Codec codec) {
        try {
            assertThat(codec.recode(bytes)).isEqualTo(bytes);
        } catch (UndecodableException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    private static void decodeOrRefuse(WalPayload payload) {
        try {
            assertThat(WalCodec.decode(RoundTripTest.record(payload))).isNotNull();
        } catch (UndecodableException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void assertBodyDecodes(int... body) throws AssertionError {
        byte[] bytes = itemBytes(body);
        try {
            assertThat(ItemCodec.encode(ItemCodec.decode(bytes, 0, bytes.length)))
                    .isEqualTo(bytes);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertBodyRefused(String message, int... body) {
        byte[] bytes = itemBytes(body);
        assertRefused(bytes, bytes.length, message);
    }

    private static byte[] itemBytes(int... body) {
        byte[] bytes = Arrays.copyOf(ItemCodec.encode(Item.EMPTY), HEADER + body.length);
        for (int i = 0; i < body.length; i++) {
            bytes[HEADER + i] = (byte) body[i];
        }
        return bytes;
    }

    private static void assertRefused(byte[] bytes, int length, String message) {
        byte[] exact = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> ItemCodec.decode(exact, 0, exact.length))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> ItemCodec.decodeStored(exact, 0, exact.length))
                .isInstanceOf(IllegalStateException.class);
    }
}
