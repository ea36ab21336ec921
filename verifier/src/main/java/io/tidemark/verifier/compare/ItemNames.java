package io.tidemark.verifier.compare;

import io.tidemark.materializer.core.TableState;
import io.tidemark.materializer.store.ReplicaReader;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.TableId;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Names items for people by what the reference knows of their tables. */
final class ItemNames {
    private final ReplicaReader reference;

    ItemNames(ReplicaReader reference) {
        this.reference = reference;
    }

    static int tableIdOf(Bytes storeKey) {
        return storeKey.length() < Integer.BYTES
                ? 0
                : ByteBuffer.wrap(storeKey.array()).getInt();
    }

    /** The primary key; the store key in hexadecimal where it cannot be read as one. */
    String nameOf(Bytes storeKey) {
        try {
            TableId tableId = new TableId(tableIdOf(storeKey));
            Optional<KeySchema> schema = reference.table(tableId).map(TableState::keySchema);
            return schema.map(found -> describe(found, KeyEncoding.decode(found, new ItemKey(storeKey))))
                    .orElseGet(() -> "0x" + storeKey);
        } catch (IllegalArgumentException | IllegalStateException notAKey) {
            return "0x" + storeKey;
        }
    }

    private static String describe(KeySchema schema, PrimaryKey key) {
        String partition = describe(schema.partitionKey(), key.partition());
        if (schema.sortKey().isEmpty() || key.sort().isEmpty()) {
            return partition;
        }
        return partition + ", " + describe(schema.sortKey().get(), key.sort().get());
    }

    private static String describe(KeyAttribute attribute, AttributeValue value) {
        String text = switch (value) {
            case AttributeValue.S string -> '"' + string.value() + '"';
            case AttributeValue.N number -> number.value().toString();
            case AttributeValue.B binary -> "0x" + binary.value();
            default -> value.toString();
        };
        return attribute.name() + "=" + text;
    }
}
