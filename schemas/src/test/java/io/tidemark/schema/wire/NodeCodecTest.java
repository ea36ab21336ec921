package io.tidemark.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.RandomMessages;
import io.tidemark.schema.Seeded;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.avro.node.NodeError;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class NodeCodecTest {
    private static final int CASES = 2_000;
    private static final int DAMAGES = 10;
    private static final int HEADER = SingleObject.HEADER_BYTES;
    private static final Schema REQUEST = io.tidemark.schema.avro.node.NodeRequest.getClassSchema();
    private static final Schema REPLY = io.tidemark.schema.avro.node.NodeReply.getClassSchema();

    @FunctionalInterface
    private interface Decoder {
        Object decode(byte[] bytes) throws UndecodableException;
    }

    @Test
    void aRequestIsDecodedAsItWasEncoded() {
        Seeded.times(CASES, random -> {
            NodeRequest request = new RandomMessages(random).request();
            assertThat(NodeCodec.decodeRequest(NodeCodec.encode(request))).isEqualTo(request);
        });
    }

    @Test
    void aReplyIsDecodedAsItWasEncoded() {
        Seeded.times(CASES, random -> {
            NodeReply reply = new RandomMessages(random).reply();
            assertThat(NodeCodec.decodeReply(NodeCodec.encode(reply))).isEqualTo(reply);
        });
    }

    @Test
    void anErrorIsDecodedAsItWasEncoded() {
        Seeded.times(CASES, random -> {
            NodeException failure = new RandomMessages(random).failure();
            NodeException decoded = NodeCodec.decodeError(NodeCodec.encode(failure));
            assertThat(decoded.kind()).isEqualTo(failure.kind());
            assertThat(decoded.getMessage()).isEqualTo(failure.getMessage());
        });
    }

    @Test
    void avroReadsAndWritesTheSameBytes() {
        Seeded.times(CASES, random -> {
            RandomMessages messages = new RandomMessages(random);
            assertAvroAgrees(REQUEST, NodeCodec.encode(messages.request()));
            assertAvroAgrees(REPLY, NodeCodec.encode(messages.reply()));
            assertAvroAgrees(NodeError.getClassSchema(), NodeCodec.encode(messages.failure()));
        });
    }

    private static void assertAvroAgrees(Schema schema, byte[] bytes) throws IOException {
        GenericRecord record = new BinaryMessageDecoder<GenericRecord>(GenericData.get(), schema).decode(bytes);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(record, again);
        assertThat(again.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void theSchemasNameEveryEnumInTheOrderOfItsType() {
        assertThat(io.tidemark.schema.avro.node.ErrorKind.getClassSchema().getEnumSymbols())
                .isEqualTo(names(NodeException.Kind.values()));
        assertThat(io.tidemark.schema.avro.node.ReplicaState.getClassSchema().getEnumSymbols())
                .isEqualTo(names(NodeReply.ReplicaState.values()));
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    @Test
    void damagedMessagesAreOtherMessagesOrUndecodable() {
        Seeded.times(CASES, random -> {
            RandomMessages messages = new RandomMessages(random);
            damage(random, NodeCodec.encode(messages.request()), NodeCodec::decodeRequest);
            damage(random, NodeCodec.encode(messages.reply()), NodeCodec::decodeReply);
            damage(random, NodeCodec.encode(messages.failure()), NodeCodec::decodeError);
        });
    }

    @Test
    void randomBytesBehindAHeaderAreAMessageOrUndecodable() {
        byte[] request = NodeCodec.encode(new NodeRequest.Status());
        byte[] reply = NodeCodec.encode(new NodeReply.Quarantined());
        Seeded.times(10 * CASES, random -> {
            decodeOrRefuse(noiseBehind(request, random), NodeCodec::decodeRequest);
            decodeOrRefuse(noiseBehind(reply, random), NodeCodec::decodeReply);
        });
    }

    @Test
    void aListThatAnnouncesMoreThanThereIsTakesNoMemory() {
        byte[] reply = NodeCodec.encode(new NodeReply.Quarantined());
        // A page (branch 2) of 2^31 items.
        byte[] page = Arrays.copyOf(reply, HEADER + 6);
        System.arraycopy(new byte[] {4, -128, -128, -128, -128, 16}, 0, page, HEADER, 6);
        assertThatThrownBy(() -> NodeCodec.decodeReply(page)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void aMessageOfAnotherKindIsNamed() {
        byte[] request = NodeCodec.encode(new NodeRequest.Status());
        assertThatThrownBy(() -> NodeCodec.decodeReply(request))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("unknown schema fingerprint")
                .hasMessageContaining("NodeReply");
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] request = NodeCodec.encode(new NodeRequest.Status());
        assertThatThrownBy(() -> NodeCodec.decodeRequest(Arrays.copyOf(request, request.length + 1)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("1 bytes after the end");
    }

    @Test
    void textForPeopleNeverKeepsAMessageFromBeingSent() throws UndecodableException {
        String unpaired = "broken \uD800 text";
        NodeRequest request = new NodeRequest.Quarantine(new ShardId(1), unpaired);
        NodeException failure = new NodeException(NodeException.Kind.INTERNAL, unpaired);
        assertThat(NodeCodec.decodeRequest(NodeCodec.encode(request)))
                .isEqualTo(new NodeRequest.Quarantine(new ShardId(1), "broken ? text"));
        assertThat(NodeCodec.decodeError(NodeCodec.encode(failure))).hasMessage("broken ? text");
    }

    private static byte[] noiseBehind(byte[] message, RandomGenerator random) {
        byte[] bytes = Arrays.copyOf(message, HEADER + random.nextInt(1, 60));
        for (int i = HEADER; i < bytes.length; i++) {
            // Small numbers are the lengths and branches that lead on.
            bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(24));
        }
        return bytes;
    }

    private static void damage(RandomGenerator random, byte[] bytes, Decoder decoder) {
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = Arrays.copyOf(bytes, random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length);
            for (int j = random.nextInt(1, 4); j > 0 && damaged.length > 0; j--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            decodeOrRefuse(damaged, decoder);
        }
    }

    private static void decodeOrRefuse(byte[] bytes, Decoder decoder) {
        try {
            assertThat(decoder.decode(bytes)).isNotNull();
        } catch (UndecodableException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }
}
