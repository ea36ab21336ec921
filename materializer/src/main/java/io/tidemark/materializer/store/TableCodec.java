package io.tidemark.materializer.store;

import io.tidemark.materializer.core.TableState;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table at rest: {@code open (1) · partition key · has sort key (1) · sort key · range count (4) · ranges (8 + 8 each)}, a key
 * attribute being {@code type (1: S, N or B) · name length (2) · name in UTF-8}. Canonical: equal tables have equal bytes.
 */
final class TableCodec {
    private TableCodec() {}

    static byte[] encode(TableState table) {
        byte[] partitionKey = encode(table.keySchema().partitionKey());
        byte[] sortKey = table.keySchema().sortKey().map(TableCodec::encode).orElse(new byte[0]);
        int rangesBytes = table.ranges().size() * 2 * Long.BYTES;
        ByteBuffer buffer = ByteBuffer.allocate(2 + partitionKey.length + sortKey.length + Integer.BYTES + rangesBytes);
        buffer.put(flag(table.open())).put(partitionKey);
        buffer.put(flag(table.keySchema().sortKey().isPresent())).put(sortKey);
        buffer.putInt(table.ranges().size());
        for (HashRange range : table.ranges()) {
            buffer.putLong(range.start()).putLong(range.end());
        }
        return buffer.array();
    }

    static TableState decode(byte[] content) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        boolean open = buffer.get() != 0;
        KeyAttribute partitionKey = decodeAttribute(buffer);
        boolean hasSortKey = buffer.get() != 0;
        Optional<KeyAttribute> sortKey = hasSortKey ? Optional.of(decodeAttribute(buffer)) : Optional.empty();
        int rangeCount = buffer.getInt();
        List<HashRange> ranges = new ArrayList<>(rangeCount);
        for (int i = 0; i < rangeCount; i++) {
            ranges.add(new HashRange(buffer.getLong(), buffer.getLong()));
        }
        return new TableState(new KeySchema(partitionKey, sortKey), open, ranges);
    }

    private static byte[] encode(KeyAttribute attribute) {
        byte[] name = attribute.name().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Short.BYTES + name.length)
                .put(code(attribute.type()))
                .putShort((short) name.length)
                .put(name)
                .array();
    }

    private static KeyAttribute decodeAttribute(ByteBuffer buffer) {
        KeyType type = type(buffer.get());
        byte[] name = new byte[buffer.getShort()];
        buffer.get(name);
        return new KeyAttribute(new String(name, StandardCharsets.UTF_8), type);
    }

    private static byte code(KeyType type) {
        return switch (type) {
            case S -> 'S';
            case N -> 'N';
            case B -> 'B';
        };
    }

    private static KeyType type(byte code) {
        return KeyType.valueOf(String.valueOf((char) code));
    }

    private static byte flag(boolean value) {
        return (byte) (value ? 1 : 0);
    }
}
