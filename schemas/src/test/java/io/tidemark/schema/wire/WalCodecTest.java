package io.tidemark.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Semantics;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WalCodecTest {
    private static final KeySchema KEY = KeySchema.of(new KeyAttribute("k", KeyType.S));
    private static final RequestId REQUEST = new RequestId(7, 9);
    private static final Envelope PUT =
            Envelope.of(REQUEST, Command.PutItem.of(new TableId(5), Item.of(Map.of("k", new AttributeValue.S("key")))));
    private static final Envelope VERIFY = Envelope.of(REQUEST, new Command.Barrier(BarrierKind.VERIFY));

    @Test
    void theRecordKeyOfAnItemCommandIsItsStoreKey() {
        PrimaryKey key = PrimaryKey.of(new AttributeValue.S("key"));
        Bytes expected = KeyEncoding.encode(new TableId(5), KEY, key).bytes();
        assertThat(WalCodec.encode(KEY, PUT).key()).isEqualTo(expected);
        Envelope delete = Envelope.of(REQUEST, Command.DeleteItem.of(new TableId(5), key));
        assertThat(WalCodec.encode(KEY, delete).key()).isEqualTo(expected);
    }

    @Test
    void theRecordKeyOfAControlCommandIsItsTableId() {
        Envelope close = Envelope.of(REQUEST, new Command.CloseTable(new TableId(0x01020304)));
        assertThat(WalCodec.encodeControl(close).key()).isEqualTo(Bytes.wrap(new byte[] {1, 2, 3, 4}));
        assertThat(WalCodec.encodeControl(VERIFY).key()).isEqualTo(Bytes.wrap(new byte[4]));
    }

    @Test
    void aPutWithoutItsKeyIsNotEncoded() {
        Envelope keyless = Envelope.of(REQUEST, Command.PutItem.of(new TableId(5), Item.EMPTY));
        assertThatThrownBy(() -> WalCodec.encode(KEY, keyless)).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void itemAndControlCommandsAreNotConfused() {
        assertThatThrownBy(() -> WalCodec.encode(KEY, VERIFY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WalCodec.encodeControl(PUT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyChangedBitOfKeyOrValueBreaksTheChecksum() {
        WalPayload payload = WalCodec.encode(KEY, PUT);
        assertThat(WalCodec.checksumMatches(RoundTripTest.record(payload))).isTrue();
        for (int bit = 0; bit < payload.key().length() * 8; bit++) {
            WalPayload changed = new WalPayload(flipped(payload.key(), bit), payload.value(), payload.headers());
            assertThat(WalCodec.checksumMatches(RoundTripTest.record(changed))).isFalse();
        }
        for (int bit = 0; bit < payload.value().length() * 8; bit++) {
            WalPayload changed = new WalPayload(payload.key(), flipped(payload.value(), bit), payload.headers());
            assertThat(WalCodec.checksumMatches(RoundTripTest.record(changed))).isFalse();
        }
    }

    @Test
    void aRecordWithoutChecksumDoesNotMatch() {
        assertThat(WalCodec.checksumMatches(without(WalCodec.encode(KEY, PUT), RecordHeader.CRC32C)))
                .isFalse();
    }

    @Test
    void theRequestIdIsReadFromTheHeaderAlone() {
        WalRecord record = WalCodec.encode(KEY, PUT).headers().stream()
                .filter(header -> header.key().equals(RecordHeader.REQUEST_ID))
                .map(header -> new WalRecord(new ShardId(0), Lsn.FIRST, 0, Bytes.EMPTY, Bytes.EMPTY, List.of(header)))
                .findFirst()
                .orElseThrow();
        assertThat(WalCodec.requestId(record)).contains(REQUEST);
        WalRecord tooShort = with(WalCodec.encode(KEY, PUT), RecordHeader.REQUEST_ID, new byte[15]);
        assertThat(WalCodec.requestId(tooShort)).isEmpty();
        assertThat(WalCodec.requestId(without(WalCodec.encode(KEY, PUT), RecordHeader.REQUEST_ID)))
                .isEmpty();
    }

    @Test
    void newerSemanticsAreReportedEvenWhereTheSchemaIsUnknown() {
        WalRecord record = new WalRecord(
                new ShardId(0),
                Lsn.FIRST,
                0,
                Bytes.wrap(new byte[] {1}),
                Bytes.wrap(new byte[] {1, 2, 3}),
                List.of(new RecordHeader(RecordHeader.SEMANTICS, version(Semantics.CURRENT_VERSION + 1))));
        assertThatThrownBy(() -> WalCodec.decode(record))
                .isInstanceOfSatisfying(
                        NewerSemanticsException.class,
                        e -> assertThat(e.version()).isEqualTo(Semantics.CURRENT_VERSION + 1));
    }

    @Test
    void aSemanticsHeaderThatIsMissingDamagedOrNotTheEnvelopesIsUndecodable() {
        WalPayload payload = WalCodec.encode(KEY, PUT);
        List<WalRecord> records = List.of(
                without(payload, RecordHeader.SEMANTICS),
                with(payload, RecordHeader.SEMANTICS, new byte[3]),
                with(payload, RecordHeader.SEMANTICS, version(0).array()),
                with(payload, RecordHeader.SEMANTICS, version(-1).array()),
                RoundTripTest.record(WalCodec.encode(
                        KEY, new Envelope(Semantics.CURRENT_VERSION + 1, REQUEST, Optional.empty(), PUT.command()))));
        List<WalRecord> withOurVersion = new ArrayList<>(records.subList(0, 4));
        withOurVersion.add(withHeaders(
                records.getLast(),
                RecordHeader.SEMANTICS,
                version(Semantics.CURRENT_VERSION).array()));
        for (WalRecord record : withOurVersion) {
            assertThatThrownBy(() -> WalCodec.decode(record)).isInstanceOf(UndecodableException.class);
        }
        assertThatThrownBy(() -> WalCodec.decode(records.getLast())).isInstanceOf(NewerSemanticsException.class);
    }

    @Test
    void onlyASoundVerifyBarrierIsOne() {
        WalPayload verify = WalCodec.encodeControl(VERIFY);
        assertThat(WalCodec.isVerifyBarrier(RoundTripTest.record(verify))).isTrue();
        WalPayload read = WalCodec.encodeControl(Envelope.of(REQUEST, new Command.Barrier(BarrierKind.READ)));
        assertThat(WalCodec.isVerifyBarrier(RoundTripTest.record(read))).isFalse();
        assertThat(WalCodec.isVerifyBarrier(RoundTripTest.record(WalCodec.encode(KEY, PUT))))
                .isFalse();
        assertThat(WalCodec.isVerifyBarrier(without(verify, RecordHeader.CRC32C)))
                .isFalse();
        assertThat(WalCodec.isVerifyBarrier(without(verify, RecordHeader.SEMANTICS)))
                .isFalse();
        assertThat(WalCodec.isVerifyBarrier(
                        with(verify, RecordHeader.SEMANTICS, version(99).array())))
                .isFalse();
        WalPayload otherKey = new WalPayload(Bytes.wrap(new byte[] {0}), verify.value(), verify.headers());
        assertThat(WalCodec.isVerifyBarrier(RoundTripTest.record(otherKey))).isFalse();
    }

    @Test
    void theLargestVerifyBarrierIsRecognized() {
        Envelope large = new Envelope(
                Semantics.CURRENT_VERSION,
                new RequestId(-1, -1),
                Optional.of(new SourceMark(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 1)),
                new Command.Barrier(BarrierKind.VERIFY));
        assertThat(WalCodec.isVerifyBarrier(RoundTripTest.record(WalCodec.encodeControl(large))))
                .isTrue();
    }

    private static Bytes version(int version) {
        return Bytes.wrap(ByteBuffer.allocate(4).putInt(version).array());
    }

    private static WalRecord without(WalPayload payload, String header) {
        return RoundTripTest.record(new WalPayload(
                payload.key(),
                payload.value(),
                payload.headers().stream()
                        .filter(each -> !each.key().equals(header))
                        .toList()));
    }

    private static WalRecord with(WalPayload payload, String header, byte[] value) {
        return withHeaders(RoundTripTest.record(payload), header, value);
    }

    private static WalRecord withHeaders(WalRecord record, String header, byte[] value) {
        List<RecordHeader> headers = new ArrayList<>(record.headers());
        headers.removeIf(each -> each.key().equals(header));
        headers.add(new RecordHeader(header, Bytes.wrap(value)));
        return new WalRecord(record.shard(), record.lsn(), record.timestampMs(), record.key(), record.value(), headers);
    }

    private static Bytes flipped(Bytes bytes, int bit) {
        byte[] copy = bytes.array().clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.wrap(copy);
    }
}
