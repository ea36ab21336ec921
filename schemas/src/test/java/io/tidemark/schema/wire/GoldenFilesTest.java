package io.tidemark.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.TableId;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The encodings of fixed values are those that are kept in files. Logs, archives and stores hold such bytes: a change here is a
 * change of format, which needs new schemas and a new semantics version, and decoders that still read the old files.
 */
class GoldenFilesTest {
    private static final TableId TABLE = new TableId(7);

    @Test
    void items() throws Exception {
        assertGolden(
                "items", GoldenCases.items(), ItemCodec::encode, bytes -> ItemCodec.decode(bytes, 0, bytes.length));
    }

    @Test
    void itemEnvelopes() throws Exception {
        assertGolden(
                "item-envelopes",
                GoldenCases.itemEnvelopes(),
                envelope -> record(WalCodec.encode(GoldenCases.TEXT_KEY, envelope)),
                bytes -> WalCodec.decode(parse(bytes)));
    }

    @Test
    void controlEnvelopes() throws Exception {
        assertGolden(
                "control-envelopes",
                GoldenCases.controlEnvelopes(),
                envelope -> record(WalCodec.encodeControl(envelope)),
                bytes -> WalCodec.decode(parse(bytes)));
    }

    @Test
    void outcomes() throws Exception {
        assertGolden("outcomes", GoldenCases.outcomes(), OutcomeCodec::encode, OutcomeCodec::decode);
    }

    @Test
    void keys() throws Exception {
        Map<String, GoldenCases.SchemaAndKey> keys = GoldenCases.keys();
        Map<String, byte[]> encoded = encode(
                keys,
                key -> KeyEncoding.encode(TABLE, key.keySchema(), key.key())
                        .bytes()
                        .array());
        assertThat(lines(encoded)).isEqualTo(file("keys"));
        keys.forEach((name, key) -> assertThat(
                        KeyEncoding.decode(key.keySchema(), new ItemKey(Bytes.wrap(encoded.get(name)))))
                .as(name)
                .isEqualTo(key.key()));
    }

    /** Decodes what a golden file holds. */
    @FunctionalInterface
    private interface Decoder<T> {
        T decode(byte[] bytes) throws UndecodableException;
    }

    private static <T> void assertGolden(
            String file, Map<String, T> cases, Function<T, byte[]> encoder, Decoder<T> decoder) throws Exception {
        Map<String, byte[]> encoded = encode(cases, encoder);
        assertThat(lines(encoded)).isEqualTo(file(file));
        for (Map.Entry<String, T> each : cases.entrySet()) {
            assertThat(decoder.decode(encoded.get(each.getKey())))
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
    }

    private static <T> Map<String, byte[]> encode(Map<String, T> cases, Function<T, byte[]> encoder) {
        Map<String, byte[]> encoded = new LinkedHashMap<>();
        cases.forEach((name, value) -> encoded.put(name, encoder.apply(value)));
        return encoded;
    }

    private static String lines(Map<String, byte[]> encoded) {
        return encoded.entrySet().stream()
                .map(each -> each.getKey() + " " + HexFormat.of().formatHex(each.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /** Request id, semantics version, checksum, length of the key in one byte, key, value. */
    private static byte[] record(WalPayload payload) {
        StringBuilder hex = new StringBuilder();
        for (String name : new String[] {RecordHeader.REQUEST_ID, RecordHeader.SEMANTICS, RecordHeader.CRC32C}) {
            RecordHeader header = payload.headers().stream()
                    .filter(each -> each.key().equals(name))
                    .findFirst()
                    .orElseThrow();
            hex.append(header.value());
        }
        hex.append(HexFormat.of().toHexDigits((byte) payload.key().length())).append(payload.key());
        return HexFormat.of().parseHex(hex.append(payload.value()));
    }

    private static WalRecord parse(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        List<RecordHeader> headers = List.of(
                new RecordHeader(RecordHeader.REQUEST_ID, take(buffer, 16)),
                new RecordHeader(RecordHeader.SEMANTICS, take(buffer, 4)),
                new RecordHeader(RecordHeader.CRC32C, take(buffer, 4)));
        Bytes key = take(buffer, buffer.get());
        WalRecord record = RoundTripTest.record(new WalPayload(key, take(buffer, buffer.remaining()), headers));
        assertThat(WalCodec.checksumMatches(record)).isTrue();
        return record;
    }

    private static Bytes take(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return Bytes.wrap(bytes);
    }

    private static String file(String name) throws IOException {
        String path = "/golden/v1/" + name + ".txt";
        try (InputStream in = GoldenFilesTest.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
