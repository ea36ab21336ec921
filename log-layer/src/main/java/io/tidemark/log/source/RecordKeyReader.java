package io.tidemark.log.source;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads key attributes from a Kafka record's own key. A key that is a JSON object of exactly the table's key attributes gives
 * all of them. Any other is the value of the partition key: the text of a string or number, or the bytes themselves.
 */
final class RecordKeyReader {
    private final KeySchema keySchema;
    private final Set<String> names;
    private final JsonValueReader json = new JsonValueReader();

    RecordKeyReader(KeySchema keySchema) {
        this.keySchema = keySchema;
        Set<String> all = new TreeSet<>(Set.of(keySchema.partitionKey().name()));
        keySchema.sortKey().ifPresent(sortKey -> all.add(sortKey.name()));
        this.names = all;
    }

    /**
     * The attributes by name: always the partition key, and the sort key if it is in the record's key.
     *
     * @throws InvalidSourceRecordException if the bytes are no value of the partition key's type
     */
    Map<String, AttributeValue> read(Bytes key) throws InvalidSourceRecordException {
        Optional<Map<String, AttributeValue>> object = readObject(key);
        if (object.isPresent()) {
            return object.get();
        }
        KeyAttribute partitionKey = keySchema.partitionKey();
        return Map.of(partitionKey.name(), readValue(partitionKey.type(), key));
    }

    private Optional<Map<String, AttributeValue>> readObject(Bytes key) {
        if (key.length() == 0 || key.array()[0] != '{') {
            return Optional.empty();
        }
        try {
            Map<String, AttributeValue> object = json.read(key);
            return object.keySet().equals(names) ? Optional.of(object) : Optional.empty();
        } catch (InvalidSourceRecordException | InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static AttributeValue readValue(KeyType type, Bytes key) throws InvalidSourceRecordException {
        return switch (type) {
            case S -> new AttributeValue.S(text(key));
            case N -> AttributeValue.N.of(text(key));
            case B -> new AttributeValue.B(key);
        };
    }

    private static String text(Bytes bytes) throws InvalidSourceRecordException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.array()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidSourceRecordException("the record's key is not UTF-8", e);
        }
    }
}
