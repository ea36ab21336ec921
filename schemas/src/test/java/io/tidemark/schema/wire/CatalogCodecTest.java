package io.tidemark.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.avro.catalog.CatalogRecord;
import io.tidemark.schema.avro.catalog.v2.CatalogRecordV2;
import io.tidemark.schema.avro.catalog.v3.CatalogRecordV3;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.LimitChange;
import io.tidemark.schema.catalog.OnDemandLimits;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableClass;
import io.tidemark.schema.catalog.Tags;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogCodecTest {
    private static final RequestId ID = new RequestId(0x0123456789ABCDEFL, -2);
    private static final KeySchema WITH_SORT_KEY =
            KeySchema.of(new KeyAttribute("channel", KeyType.S), new KeyAttribute("zeit ⏱", KeyType.N));

    static Stream<CatalogCommand> commands() {
        return Stream.of(
                new CatalogCommand.CreateTable("edits", WITH_SORT_KEY, 3, 12),
                new CatalogCommand.CreateTable("", KeySchema.of(new KeyAttribute("id", KeyType.B)), -1, 0),
                new CatalogCommand.TableOpened(new TableId(7)),
                new CatalogCommand.DeleteTable("edits"),
                new CatalogCommand.TableRemoved(new TableId(Integer.MAX_VALUE)),
                new CatalogCommand.BindSource(
                        new BindingSpec("wiki.edits", "edits", SourceFormat.JSON, SourceKey.RECORD_KEY)),
                new CatalogCommand.BindSource(new BindingSpec(
                        "wiki.edits",
                        "edits",
                        new SourceFormat.Avro("{\"type\":\"record\"}"),
                        new SourceKey.Fields("channel", Optional.of("time")))),
                new CatalogCommand.UnbindSource(3),
                new CatalogCommand.Barrier(),
                new CatalogCommand.CreateTable(
                        "edits", WITH_SORT_KEY, 3, 12, new Capacity.Provisioned(5, 1L << 33), false, Tags.NONE),
                new CatalogCommand.CreateTable(
                        "edits", WITH_SORT_KEY, 3, 12, Capacity.ON_DEMAND, true, new Tags(Map.of("a", "", "b", "⅔"))),
                new CatalogCommand.ChangeTable("edits", new TableChange.SetCapacity(Capacity.ON_DEMAND)),
                new CatalogCommand.ChangeTable(
                        "", new TableChange.SetCapacity(new Capacity.Provisioned(1, Capacity.Provisioned.MAX_UNITS))),
                new CatalogCommand.ChangeTable("edits", new TableChange.SetDeletionProtection(true)),
                new CatalogCommand.ChangeTable("edits", new TableChange.AddTags(new Tags(Map.of("b", "1", "a", "2")))),
                new CatalogCommand.ChangeTable(
                        "edits", new TableChange.RemoveTags(new TreeSet<>(Set.of("z", "y", "")))),
                new CatalogCommand.ChangeTable("edits", new TableChange.SetTimeToLive("läuft ab", true)),
                new CatalogCommand.CreateTable(
                        "edits",
                        WITH_SORT_KEY,
                        3,
                        12,
                        new Capacity.Provisioned(5, 6),
                        true,
                        new Tags(Map.of("a", "")),
                        Optional.of(TableClass.STANDARD_INFREQUENT_ACCESS),
                        OnDemandLimits.NONE),
                new CatalogCommand.CreateTable(
                        "edits",
                        WITH_SORT_KEY,
                        3,
                        12,
                        Capacity.ON_DEMAND,
                        false,
                        Tags.NONE,
                        Optional.empty(),
                        new OnDemandLimits(Optional.empty(), Optional.of(1L << 33))),
                new CatalogCommand.ChangeTable("edits", new TableChange.SetTableClass(TableClass.STANDARD)),
                new CatalogCommand.ChangeTable(
                        "edits", new TableChange.SetOnDemandLimits(LimitChange.KEEP, LimitChange.REMOVE, true)),
                new CatalogCommand.ChangeTable(
                        "edits",
                        new TableChange.SetOnDemandLimits(new LimitChange.Replace(7), LimitChange.KEEP, false)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandIsReadAsItWasWritten(CatalogCommand command) throws UndecodableException {
        CatalogEnvelope envelope = CatalogEnvelope.of(ID, command);
        WalRecord record = record(CatalogCodec.encode(envelope));
        assertThat(CatalogCodec.decode(record)).isEqualTo(envelope);
        assertThat(CatalogCodec.semanticsVersion(record)).contains(command.sinceVersion());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void avrosOwnDecoderReadsTheSameSchema(CatalogCommand command) throws IOException {
        BinaryMessageDecoder<GenericRecord> avro = new BinaryMessageDecoder<>(
                GenericData.get(),
                List.of(
                                CatalogRecord.getClassSchema(),
                                CatalogRecordV2.getClassSchema(),
                                CatalogRecordV3.getClassSchema())
                        .get(command.sinceVersion() - 1));
        GenericRecord read = avro.decode(
                CatalogCodec.encode(CatalogEnvelope.of(ID, command)).value().array());
        assertThat(read.get("semanticsVersion")).isEqualTo(command.sinceVersion());
        assertThat(((GenericRecord) read.get("command")).getSchema().getName())
                .isEqualTo(command.getClass().getSimpleName());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyFlippedBitIsNoticed(CatalogCommand command) {
        WalPayload payload = CatalogCodec.encode(CatalogEnvelope.of(ID, command));
        for (int bit = 0; bit < payload.value().length() * 8; bit++) {
            WalRecord damaged = record(new WalPayload(payload.key(), flip(payload.value(), bit), payload.headers()));
            assertThatThrownBy(() -> CatalogCodec.decode(damaged)).isInstanceOf(UndecodableException.class);
        }
    }

    /** With a checksum that fits: what a foreign or hostile producer might write. */
    @ParameterizedTest
    @MethodSource("commands")
    void noBytesMakeTheDecoderFailInAnotherWay(CatalogCommand command) {
        WalPayload payload = CatalogCodec.encode(CatalogEnvelope.of(ID, command));
        List<Bytes> values = new ArrayList<>();
        for (int bit = 0; bit < payload.value().length() * 8; bit++) {
            values.add(flip(payload.value(), bit));
        }
        for (int length = 0; length < payload.value().length(); length++) {
            values.add(Bytes.wrap(Arrays.copyOf(payload.value().array(), length)));
        }
        values.add(Bytes.wrap(
                Arrays.copyOf(payload.value().array(), payload.value().length() + 1)));
        for (Bytes value : values) {
            WalRecord record = record(withChecksum(payload, value));
            try {
                // What decodes is a value of its own, and has no second spelling.
                CatalogEnvelope envelope = CatalogCodec.decode(record);
                assertThat(CatalogCodec.encode(envelope).value()).isEqualTo(value);
            } catch (UndecodableException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void aNewerVersionIsReadableAlthoughItsSchemaIsNot() {
        WalRecord newer = new WalRecord(
                new ShardId(0),
                Lsn.FIRST,
                0,
                Bytes.EMPTY,
                Bytes.wrap(new byte[] {1, 2, 3}),
                List.of(new RecordHeader(RecordHeader.SEMANTICS, WalCodec.intBytes(9))));
        assertThat(CatalogCodec.semanticsVersion(newer)).contains(9);
    }

    @Test
    void aHeaderThatContradictsTheEnvelopeIsRefused() {
        WalPayload payload = CatalogCodec.encode(CatalogEnvelope.of(ID, new CatalogCommand.Barrier()));
        for (String header : List.of(RecordHeader.REQUEST_ID, RecordHeader.SEMANTICS, RecordHeader.CRC32C)) {
            List<RecordHeader> other = payload.headers().stream()
                    .map(each -> each.key().equals(header) ? new RecordHeader(header, flip(each.value(), 0)) : each)
                    .toList();
            WalRecord contradicting = record(new WalPayload(payload.key(), payload.value(), other));
            assertThatThrownBy(() -> CatalogCodec.decode(contradicting)).isInstanceOf(UndecodableException.class);
            List<RecordHeader> without = payload.headers().stream()
                    .filter(each -> !each.key().equals(header))
                    .toList();
            WalRecord lacking = record(new WalPayload(payload.key(), payload.value(), without));
            assertThatThrownBy(() -> CatalogCodec.decode(lacking)).isInstanceOf(UndecodableException.class);
        }
    }

    private static WalPayload withChecksum(WalPayload payload, Bytes value) {
        List<RecordHeader> headers = payload.headers().stream()
                .map(each -> each.key().equals(RecordHeader.CRC32C)
                        ? new RecordHeader(each.key(), WalCodec.checksum(payload.key(), value))
                        : each)
                .toList();
        return new WalPayload(payload.key(), value, headers);
    }

    private static Bytes flip(Bytes bytes, int bit) {
        byte[] flipped = bytes.array().clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.wrap(flipped);
    }

    private static WalRecord record(WalPayload payload) {
        return new WalRecord(new ShardId(0), Lsn.FIRST, 1_000, payload.key(), payload.value(), payload.headers());
    }
}
