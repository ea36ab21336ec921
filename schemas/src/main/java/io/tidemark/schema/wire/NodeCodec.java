package io.tidemark.schema.wire;

import io.tidemark.schema.avro.node.NodeError;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;

/** The messages of the storage nodes' protocol as Avro single-object encodings. Decoding takes any bytes. */
public final class NodeCodec {
    private static final SingleObject REQUEST =
            new SingleObject(io.tidemark.schema.avro.node.NodeRequest.getClassSchema());
    private static final SingleObject REPLY = new SingleObject(io.tidemark.schema.avro.node.NodeReply.getClassSchema());
    private static final SingleObject ERROR = new SingleObject(NodeError.getClassSchema());
    private static final NodeException.Kind[] KINDS = NodeException.Kind.values();

    private NodeCodec() {}

    @FunctionalInterface
    private interface Body<T> {
        T read(WireReader reader) throws UndecodableException;
    }

    /** @throws IllegalArgumentException if a text has an unpaired surrogate or an expression is too deep */
    public static byte[] encode(NodeRequest request) {
        WireWriter writer = REQUEST.writer();
        NodeRequestFormat.write(writer, request);
        return writer.toByteArray();
    }

    public static NodeRequest decodeRequest(byte[] bytes) throws UndecodableException {
        return decode(REQUEST, bytes, NodeRequestFormat::read);
    }

    public static byte[] encode(NodeReply reply) {
        WireWriter writer = REPLY.writer();
        NodeReplyFormat.write(writer, reply);
        return writer.toByteArray();
    }

    public static NodeReply decodeReply(byte[] bytes) throws UndecodableException {
        return decode(REPLY, bytes, NodeReplyFormat::read);
    }

    /** Kind and message; causes stay where they are. */
    public static byte[] encode(NodeException failure) {
        WireWriter writer = ERROR.writer();
        writer.writeEnum(failure.kind());
        writer.writeString(NodeReplyFormat.wellFormed(String.valueOf(failure.getMessage())));
        return writer.toByteArray();
    }

    public static NodeException decodeError(byte[] bytes) throws UndecodableException {
        return decode(
                ERROR,
                bytes,
                reader -> new NodeException(reader.readEnum(KINDS, "kind of error"), reader.readString()));
    }

    private static <T> T decode(SingleObject format, byte[] bytes, Body<T> body) throws UndecodableException {
        try {
            WireReader reader = format.reader(bytes, 0, bytes.length, false);
            T value = body.read(reader);
            reader.requireEnd();
            return value;
        } catch (RuntimeException e) {
            // Every value validates itself when it is made; what it refuses was no message of ours.
            throw new UndecodableException("not admissible: " + e.getMessage(), e);
        }
    }
}
