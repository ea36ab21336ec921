package io.tidemark.materializer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.materializer.core.testing.Histories;
import io.tidemark.materializer.core.testing.Payloads;
import io.tidemark.materializer.core.testing.PlainState;
import io.tidemark.materializer.core.testing.StateHash;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.UndecodableException;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of any history. A failure names its seed. */
class HistoriesTest {
    private static final int RECORDS = 2_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theSameRecordsGiveTheSameTransitionsAndTheSameState(long seed) {
        PlainState first = new PlainState();
        PlainState second = new PlainState();
        for (WalRecord record : Histories.generate(seed, RECORDS)) {
            assertThat(second.apply(record)).isEqualTo(first.apply(record));
        }
        assertThat(StateHash.itemsHash(second)).isEqualTo(StateHash.itemsHash(first));
        assertThat(StateHash.controlHash(second)).isEqualTo(StateHash.controlHash(first));
        first.requireSound();
    }

    /** As a producer's retries do it: every so often a recent record comes once more, between the others. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void repetitionsAnywhereChangeNeitherItemsNorOutcomes(long seed) throws UndecodableException {
        List<WalRecord> records = Histories.generate(seed, RECORDS);
        SplittableRandom random = new SplittableRandom(seed);
        PlainState once = new PlainState();
        PlainState repeated = new PlainState();
        int repetitions = 0;
        for (int i = 0; i < records.size(); i++) {
            // Within a few seconds, so that no outcome is forgotten.
            Outcome outcome = once.apply(at(once, i, records.get(i))).outcome();
            assertThat(repeated.apply(at(repeated, i, records.get(i))).outcome())
                    .isEqualTo(outcome);
            WalRecord recent = at(repeated, i, records.get(Math.max(0, i - random.nextInt(50))));
            if (random.nextInt(3) == 0 && isDecided(repeated, recent)) {
                Map<ItemKey, Item> before = content(repeated);
                repeated.apply(recent);
                assertThat(content(repeated)).isEqualTo(before);
                repetitions++;
            }
        }
        assertThat(repetitions).isGreaterThan(RECORDS / 10);
        assertThat(content(repeated)).isEqualTo(content(once));
        assertThat(repeated.tables()).isEqualTo(once.tables());
        assertThat(repeated.sourceOffsets()).isEqualTo(once.sourceOffsets());
    }

    @Test
    void theyHoldEveryKindOfOutcome() {
        Set<Class<?>> kinds = new HashSet<>();
        Set<InvalidReason> invalid = EnumSet.noneOf(InvalidReason.class);
        Set<RejectReason> rejected = EnumSet.noneOf(RejectReason.class);
        PlainState state = new PlainState();
        for (WalRecord record : Histories.generate(21, 10_000)) {
            Outcome outcome = state.apply(record).outcome();
            kinds.add(outcome.getClass());
            if (outcome instanceof Outcome.Invalid reason) {
                invalid.add(reason.reason());
            }
            if (outcome instanceof Outcome.Rejected reason) {
                rejected.add(reason.reason());
            }
        }
        assertThat(kinds).containsExactlyInAnyOrder(Outcome.class.getPermittedSubclasses());
        assertThat(rejected).containsExactlyInAnyOrder(RejectReason.values());
        assertThat(invalid)
                .contains(
                        InvalidReason.KEY,
                        InvalidReason.OPERAND_TYPE,
                        InvalidReason.DOCUMENT_PATH,
                        InvalidReason.MISSING_ATTRIBUTE,
                        InvalidReason.KEY_UPDATE,
                        InvalidReason.NUMBER_RANGE);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34})
    void anyBytesHaveAnOutcome(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PlainState state = new PlainState();
        for (WalRecord record : Histories.generate(seed, RECORDS)) {
            for (int i = 0; i < 4; i++) {
                WalPayload damaged = random.nextInt(10) == 0 ? noise(random, record) : mutated(random, record);
                assertThat(state.apply(Histories.record(record.shard(), state.nextLsn(), record.timestampMs(), damaged))
                                .outcome())
                        .isNotNull();
            }
            state.apply(at(state, record.timestampMs(), record));
        }
        state.requireSound();
    }

    private static WalRecord at(PlainState state, long timestampMs, WalRecord record) {
        return new WalRecord(
                record.shard(), state.nextLsn(), timestampMs, record.key(), record.value(), record.headers());
    }

    /** Whether the state knows what came of the record, so that it must not have an effect again. */
    private static boolean isDecided(PlainState state, WalRecord record) throws UndecodableException {
        if (!WalCodec.checksumMatches(record)) {
            return true;
        }
        Envelope envelope;
        try {
            envelope = WalCodec.decode(record);
        } catch (UndecodableException e) {
            return true;
        }
        if (envelope.command() instanceof Command.Barrier) {
            return true;
        }
        return envelope.source()
                .map(mark -> mark.offset() <= state.sourceOffset(mark.bindingId(), mark.partition()))
                .orElseGet(() -> state.outcome(envelope.requestId()).isPresent());
    }

    private static Map<ItemKey, Item> content(PlainState state) {
        Map<ItemKey, Item> content = new TreeMap<>();
        state.items().forEach((key, stored) -> content.put(key, stored.item()));
        return content;
    }

    private static WalPayload noise(SplittableRandom random, WalRecord record) {
        byte[] value = new byte[random.nextInt(200)];
        random.nextBytes(value);
        if (random.nextBoolean()) {
            System.arraycopy(
                    record.value().array(),
                    0,
                    value,
                    0,
                    Math.min(10, Math.min(value.length, record.value().length())));
        }
        return Payloads.resealed(key(record), Bytes.wrap(value), record.headers());
    }

    /** Bytes changed, inserted or cut off, the checksum made to fit. */
    private static WalPayload mutated(SplittableRandom random, WalRecord record) {
        byte[] value = record.value().array().clone();
        for (int i = random.nextInt(4); i > 0 && value.length > 10; i--) {
            value[10 + random.nextInt(value.length - 10)] = (byte) random.nextInt();
        }
        if (random.nextInt(4) == 0) {
            value = Arrays.copyOf(value, random.nextInt(value.length + 20));
        }
        return Payloads.resealed(key(record), Bytes.wrap(value), record.headers());
    }

    private static Bytes key(WalRecord record) {
        return record.key().length() == 0 ? Bytes.wrap(new byte[] {1}) : record.key();
    }
}
