package io.tidemark.schema.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final TableId TABLE = new TableId(1);

    @Test
    void putsAndDeletesReturnNothingOrTheOldItem() {
        PrimaryKey key = PrimaryKey.of(new AttributeValue.S("k"));
        for (ReturnValues returned : ReturnValues.values()) {
            boolean admitted = returned == ReturnValues.NONE || returned == ReturnValues.ALL_OLD;
            assertAdmitted(admitted, () -> new Command.PutItem(TABLE, Item.EMPTY, Optional.empty(), returned, false));
            assertAdmitted(admitted, () -> new Command.DeleteItem(TABLE, key, Optional.empty(), returned, false));
        }
    }

    @Test
    void aPurgeTakesOneToAThousandItems() {
        assertAdmitted(true, () -> new Command.PurgeTable(TABLE, 1));
        assertAdmitted(true, () -> new Command.PurgeTable(TABLE, 1_000));
        assertAdmitted(false, () -> new Command.PurgeTable(TABLE, 0));
        assertAdmitted(false, () -> new Command.PurgeTable(TABLE, 1_001));
    }

    @Test
    void idsAndVersionsArePositive() {
        assertAdmitted(false, () -> new TableId(0));
        assertAdmitted(false, () -> new TableId(-1));
        assertAdmitted(
                false,
                () -> new Envelope(0, new RequestId(0, 0), Optional.empty(), new Command.Barrier(BarrierKind.READ)));
    }

    @Test
    void aSourceMarkContinuesAnEarlierOffset() {
        assertAdmitted(true, () -> new SourceMark(1, 0, 0, SourceMark.NONE));
        assertAdmitted(true, () -> new SourceMark(1, 0, 9, 3));
        assertAdmitted(false, () -> new SourceMark(1, 0, 3, 3));
        assertAdmitted(false, () -> new SourceMark(1, 0, 0, -2));
        assertAdmitted(false, () -> new SourceMark(1, -1, 0, SourceMark.NONE));
        assertAdmitted(false, () -> new SourceMark(0, 0, 0, SourceMark.NONE));
    }

    @Test
    void sizesAndCountsOfOutcomesAreNotNegative() {
        assertAdmitted(false, () -> new Outcome.Applied(Optional.empty(), -1, 0));
        assertAdmitted(false, () -> new Outcome.Applied(Optional.empty(), 0, -1));
        assertAdmitted(false, () -> new Outcome.ConditionFailed(Optional.empty(), -1));
        assertAdmitted(false, () -> new Outcome.Purged(-1, false));
    }

    @Test
    void aDetailIsShortenedBetweenCharactersAndAlwaysEncodable() {
        assertThat(detail("x".repeat(512))).isEqualTo("x".repeat(512));
        assertThat(detail("x".repeat(513))).isEqualTo("x".repeat(511) + "…");
        String pairAcrossTheEnd = "x".repeat(510) + "😀" + "x".repeat(10);
        assertThat(detail(pairAcrossTheEnd)).isEqualTo("x".repeat(510) + "…");
        assertThat(detail("a\uD800b😀")).isEqualTo("a?b😀");
        assertThat(Utf8.isWellFormed(detail("\uDC00".repeat(600)))).isTrue();
        String shortened = detail("x".repeat(600));
        assertThat(detail(shortened)).isEqualTo(shortened);
    }

    @Test
    void aRequestIdIsItsSixteenBytes() {
        RequestId id = new RequestId(0x0102030405060708L, -1);
        assertThat(RequestId.fromBytes(id.toBytes())).isEqualTo(id);
        assertThat(id).hasToString("0102030405060708ffffffffffffffff");
        assertThatThrownBy(() -> RequestId.fromBytes(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    private static String detail(String detail) {
        return new Outcome.Rejected(RejectReason.UNDECODABLE, detail).detail();
    }

    private static void assertAdmitted(boolean admitted, Runnable construction) {
        if (admitted) {
            construction.run();
        } else {
            assertThatThrownBy(construction::run).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
