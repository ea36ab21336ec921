package io.tidemark.log.source;

import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.command.Command.DeleteItem;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.command.Command.PutItem;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.ItemSize;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says which command a source record is. Pure: the same record is always the same command. */
final class RecordMapper {
    private final TableId tableId;
    private final KeySchema keySchema;
    private final SourceKey key;
    private final ValueReader values;
    private final RecordKeyReader keys;

    /** @throws SourceException with kind FIX if the binding does not fit the table, or its schema is none */
    RecordMapper(TableId tableId, KeySchema keySchema, SourceFormat format, SourceKey key) {
        if (key instanceof SourceKey.Fields fields
                && fields.sort().isPresent() != keySchema.sortKey().isPresent()) {
            throw new SourceException(
                    SourceException.Kind.FIX,
                    "the binding names " + (fields.sort().isPresent() ? "a field" : "no field")
                            + " for the sort key, but table " + tableId + " has "
                            + (keySchema.sortKey().isPresent() ? "one" : "none") + ": bind it again");
        }
        this.tableId = tableId;
        this.keySchema = keySchema;
        this.key = key;
        this.keys = new RecordKeyReader(keySchema);
        this.values = switch (format) {
            case SourceFormat.Json ignored -> new JsonValueReader();
            case SourceFormat.Avro avro -> new AvroValueReader(avro.schema());
        };
    }

    /** @throws InvalidSourceRecordException if the record cannot become a command */
    ItemCommand map(SourceRecord record) throws InvalidSourceRecordException {
        try {
            return record.value().isEmpty() ? delete(record) : put(record);
        } catch (InvalidValueException | InvalidKeyException e) {
            throw new InvalidSourceRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    private DeleteItem delete(SourceRecord record) throws InvalidSourceRecordException {
        return switch (key) {
            case SourceKey.Fields ignored ->
                throw new InvalidSourceRecordException("the value is null, so it has no fields for the key");
            case SourceKey.RecordKey ignored -> {
                Map<String, AttributeValue> attributes = readKey(record);
                Optional<AttributeValue> sort = Optional.empty();
                if (keySchema.sortKey().isPresent()) {
                    String name = keySchema.sortKey().get().name();
                    if (!attributes.containsKey(name)) {
                        throw new InvalidSourceRecordException(
                                "the value is null and the record's key does not hold the sort" + " key " + name
                                        + ": make it a JSON object of both key attributes");
                    }
                    sort = Optional.ofNullable(attributes.get(name));
                }
                AttributeValue partition =
                        present(attributes.get(keySchema.partitionKey().name()));
                yield DeleteItem.of(tableId, new PrimaryKey(partition, sort));
            }
        };
    }

    private PutItem put(SourceRecord record) throws InvalidSourceRecordException {
        Map<String, AttributeValue> attributes = values.read(record.value().orElseThrow());
        switch (key) {
            case SourceKey.RecordKey ignored -> addKey(attributes, readKey(record));
            case SourceKey.Fields fields -> {
                AttributeValue partition = take(attributes, fields.partition());
                Map<String, AttributeValue> keyAttributes = new HashMap<>();
                keyAttributes.put(keySchema.partitionKey().name(), partition);
                if (fields.sort().isPresent()) {
                    String name = keySchema.sortKey().map(KeyAttribute::name).orElseThrow();
                    keyAttributes.put(name, take(attributes, fields.sort().get()));
                }
                addKey(attributes, keyAttributes);
            }
        }
        Item item = Item.of(attributes);
        int sizeBytes = ItemSize.of(item);
        if (sizeBytes > ItemSize.MAX_ITEM_BYTES) {
            throw new InvalidSourceRecordException(
                    "the item has " + sizeBytes + " bytes, more than " + ItemSize.MAX_ITEM_BYTES);
        }
        return PutItem.of(tableId, item);
    }

    private Map<String, AttributeValue> readKey(SourceRecord record) throws InvalidSourceRecordException {
        return keys.read(record.key().orElseThrow(() -> new InvalidSourceRecordException("the record has no key")));
    }

    private static AttributeValue take(Map<String, AttributeValue> attributes, String field)
            throws InvalidSourceRecordException {
        AttributeValue value = attributes.remove(field);
        if (value == null) {
            throw new InvalidSourceRecordException("the value has no field " + field + ", which is the key");
        }
        return value;
    }

    /** A field of the same name as a key attribute must not be lost without a word. */
    private static void addKey(Map<String, AttributeValue> attributes, Map<String, AttributeValue> keyAttributes)
            throws InvalidSourceRecordException {
        for (Map.Entry<String, AttributeValue> keyAttribute : keyAttributes.entrySet()) {
            AttributeValue field = attributes.put(keyAttribute.getKey(), keyAttribute.getValue());
            if (field != null && !field.equals(keyAttribute.getValue())) {
                throw new InvalidSourceRecordException(
                        "the value has a field " + keyAttribute.getKey() + " that differs from the key attribute");
            }
        }
    }

    private static AttributeValue present(@Nullable AttributeValue value) {
        if (value == null) {
            throw new IllegalStateException("a key without its partition key");
        }
        return value;
    }
}
