package io.tidemark.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Semantics;
import io.tidemark.schema.command.Envelope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any producer with access to the topic may have written a record: its bytes are an envelope or they are refused, nothing else. */
class WalCodecFuzzTest {
    private static final int HEADER = SingleObject.HEADER_BYTES;
    private static final WalPayload SOUND = WalCodec.encodeControl(
            GoldenCases.controlEnvelopes().values().iterator().next());

    /** The bodies of sound records: what is behind the fingerprint, of which nothing else would be read. */
    static Stream<byte[]> bodies() {
        return Stream.concat(
                        GoldenCases.itemEnvelopes().values().stream()
                                .map(envelope -> WalCodec.encode(GoldenCases.TEXT_KEY, envelope)),
                        GoldenCases.controlEnvelopes().values().stream().map(WalCodec::encodeControl))
                .map(payload -> payload.value().array())
                .map(value -> Arrays.copyOfRange(value, HEADER, value.length));
    }

    @MethodSource("bodies")
    @FuzzTest
    void aRecordIsAnEnvelopeThatIsWrittenAndReadAgainOrIsRefused(byte[] body) throws Exception {
        byte[] header = SOUND.value().array();
        byte[] value = Arrays.copyOf(header, HEADER + body.length);
        System.arraycopy(body, 0, value, HEADER, body.length);
        WalRecord record = record(value);
        boolean barrier = WalCodec.isVerifyBarrier(record);
        Envelope envelope;
        try {
            envelope = WalCodec.decode(record);
        } catch (UndecodableException refused) {
            assertThat(barrier).isFalse();
            return;
        }
        WireWriter writer = new WireWriter();
        writer.writeFixed(Arrays.copyOf(header, HEADER));
        CommandFormat.writeEnvelope(writer, envelope);
        assertThat(WalCodec.decode(record(writer.toByteArray()))).isEqualTo(envelope);
    }

    private static WalRecord record(byte[] value) {
        Bytes version = WalCodec.intBytes(Semantics.CURRENT_VERSION);
        return RoundTripTest.record(new WalPayload(
                SOUND.key(), Bytes.wrap(value), List.of(new RecordHeader(RecordHeader.SEMANTICS, version))));
    }
}
