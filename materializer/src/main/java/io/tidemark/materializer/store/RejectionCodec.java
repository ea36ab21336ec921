package io.tidemark.materializer.store;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.node.NodeReply.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A rejection at rest, under its LSN: {@code reason length (1) · reason's name · detail}, both in UTF-8. */
final class RejectionCodec {
    private RejectionCodec() {}

    static byte[] encode(RejectReason reason, String detail) {
        byte[] name = reason.name().getBytes(StandardCharsets.UTF_8);
        byte[] text = detail.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + name.length + text.length)
                .put((byte) name.length)
                .put(name)
                .put(text)
                .array();
    }

    static Rejection decode(Lsn lsn, byte[] content) {
        int nameLength = content[0];
        String name = new String(content, 1, nameLength, StandardCharsets.UTF_8);
        String detail = new String(content, 1 + nameLength, content.length - 1 - nameLength, StandardCharsets.UTF_8);
        return new Rejection(lsn, RejectReason.valueOf(name), detail);
    }
}
