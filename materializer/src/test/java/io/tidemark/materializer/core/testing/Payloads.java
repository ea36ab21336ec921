package io.tidemark.materializer.core.testing;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Payloads that no honest producer makes. */
public final class Payloads {
    private Payloads() {}

    /** The payload with that header in place of all of its name. */
    public static WalPayload with(WalPayload payload, RecordHeader header) {
        List<RecordHeader> headers = new ArrayList<>(payload.headers());
        headers.removeIf(other -> other.key().equals(header.key()));
        headers.add(header);
        return new WalPayload(payload.key(), payload.value(), headers);
    }

    public static WalPayload without(WalPayload payload, String headerKey) {
        List<RecordHeader> headers = new ArrayList<>(payload.headers());
        headers.removeIf(header -> header.key().equals(headerKey));
        return new WalPayload(payload.key(), payload.value(), headers);
    }

    /** With the checksum that key and value have. */
    public static WalPayload resealed(Bytes key, Bytes value, List<RecordHeader> headers) {
        CRC32C crc = new CRC32C();
        crc.update(key.array());
        crc.update(value.array());
        Bytes checksum = Bytes.wrap(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
        return with(new WalPayload(key, value, headers), new RecordHeader(RecordHeader.CRC32C, checksum));
    }

    /** An envelope under any record key, whether the command's item has a key or not. */
    public static WalPayload withKey(Bytes key, Envelope envelope) {
        WalPayload encoded;
        if (envelope.command() instanceof Command.PutItem put) {
            encoded = encodeUnderAnyKey(envelope, put);
        } else if (envelope.command() instanceof Command.ItemCommand command) {
            encoded = WalCodec.encode(schemaOf(key(command)), envelope);
        } else {
            encoded = WalCodec.encodeControl(envelope);
        }
        return resealed(key, encoded.value(), encoded.headers());
    }

    private static PrimaryKey key(Command.ItemCommand command) {
        return switch (command) {
            case Command.DeleteItem delete -> delete.key();
            case Command.UpdateItem update -> update.key();
            case Command.PutItem put -> throw new IllegalArgumentException("a put has no key of its own: " + put);
        };
    }

    /** The codec wants a key to encode a put: any attribute that can be one will do. */
    private static WalPayload encodeUnderAnyKey(Envelope envelope, Command.PutItem put) {
        Item item = put.item();
        for (String name : item.attributes().keySet()) {
            AttributeValue value = item.attributes().get(name);
            if (value instanceof AttributeValue.N) {
                return WalCodec.encode(KeySchema.of(new KeyAttribute(name, KeyType.N)), envelope);
            }
            if (value instanceof AttributeValue.S text && !text.value().isEmpty()) {
                return WalCodec.encode(KeySchema.of(new KeyAttribute(name, KeyType.S)), envelope);
            }
        }
        throw new IllegalArgumentException("no attribute can be a key");
    }

    private static KeySchema schemaOf(PrimaryKey key) {
        KeyAttribute partition = new KeyAttribute("partition", typeOf(key.partition()));
        return key.sort().isEmpty()
                ? KeySchema.of(partition)
                : KeySchema.of(
                        partition, new KeyAttribute("sort", typeOf(key.sort().get())));
    }

    private static KeyType typeOf(AttributeValue value) {
        return switch (value) {
            case AttributeValue.N number -> KeyType.N;
            case AttributeValue.B binary -> KeyType.B;
            default -> KeyType.S;
        };
    }
}
