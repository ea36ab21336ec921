package io.tidemark.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.RandomCommands;
import io.tidemark.schema.RandomValues;
import io.tidemark.schema.Seeded;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.value.Item;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static final int CASES = 1_000;

    @Test
    void anItemIsDecodedAsItWasEncoded() {
        Seeded.times(CASES, random -> {
            Item item = new RandomValues(random).item();
            byte[] bytes = ItemCodec.encode(item);
            assertThat(ItemCodec.decode(bytes, 0, bytes.length)).isEqualTo(item);
            assertThat(ItemCodec.encode(ItemCodec.decodeStored(bytes, 0, bytes.length)))
                    .isEqualTo(bytes);
        });
    }

    @Test
    void anItemInTheMiddleOfAnArrayIsDecoded() throws UndecodableException {
        Item item = new RandomValues(new SplittableRandom(1)).item();
        byte[] bytes = ItemCodec.encode(item);
        byte[] padded = new byte[bytes.length + 11];
        System.arraycopy(bytes, 0, padded, 8, bytes.length);
        assertThat(ItemCodec.decode(padded, 8, bytes.length)).isEqualTo(item);
    }

    @Test
    void anItemEnvelopeIsDecodedAsItWasEncoded() {
        Seeded.times(CASES, random -> {
            RandomCommands commands = new RandomCommands(random);
            KeySchema keySchema = commands.keySchema();
            Envelope envelope = commands.itemEnvelope(keySchema);
            WalRecord record = record(WalCodec.encode(keySchema, envelope));
            assertThat(WalCodec.decode(record)).isEqualTo(envelope);
            assertThat(WalCodec.checksumMatches(record)).isTrue();
            assertThat(WalCodec.requestId(record)).contains(envelope.requestId());
            assertThat(WalCodec.isVerifyBarrier(record)).isFalse();
        });
    }

    @Test
    void aControlEnvelopeIsDecodedAsItWasEncoded() {
        Seeded.times(CASES, random -> {
            Envelope envelope = new RandomCommands(random).controlEnvelope();
            WalRecord record = record(WalCodec.encodeControl(envelope));
            assertThat(WalCodec.decode(record)).isEqualTo(envelope);
            assertThat(WalCodec.checksumMatches(record)).isTrue();
        });
    }

    @Test
    void anOutcomeIsDecodedAsItWasEncoded() {
        Seeded.times(CASES, random -> {
            Outcome outcome = new RandomCommands(random).outcome();
            byte[] bytes = OutcomeCodec.encode(outcome);
            assertThat(OutcomeCodec.decode(bytes)).isEqualTo(outcome);
        });
    }

    static WalRecord record(WalPayload payload) {
        return new WalRecord(new ShardId(0), Lsn.FIRST, 0, payload.key(), payload.value(), payload.headers());
    }
}
