package io.tidemark.launcher.operations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.launcher.item.DynamoJson;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.wire.NewerSemanticsException;
import io.tidemark.schema.wire.UndecodableException;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalRecord;
import java.time.Instant;

/** Records of the write-ahead log as JSON. What cannot be decoded is shown as that. */
final class RecordJson {
    private RecordJson() {}

    static ObjectNode write(WalRecord record) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("lsn", record.lsn().offset())
                .put("time", Instant.ofEpochMilli(record.timestampMs()).toString())
                .put("sizeBytes", record.key().length() + record.value().length())
                .put("checksumMatches", WalCodec.checksumMatches(record));
        try {
            Envelope envelope = WalCodec.decode(record);
            json.put("requestId", envelope.requestId().toString()).put("semanticsVersion", envelope.semanticsVersion());
            envelope.source()
                    .ifPresent(mark -> json.putObject("source")
                            .put("binding", mark.bindingId())
                            .put("partition", mark.partition())
                            .put("offset", mark.offset()));
            json.set("command", write(envelope.command()));
        } catch (UndecodableException | NewerSemanticsException e) {
            json.put("undecodable", String.valueOf(e.getMessage()));
        }
        return json;
    }

    private static ObjectNode write(Command command) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", command.getClass().getSimpleName());
        return switch (command) {
            case Command.ItemCommand item -> writeItem(json, item);
            case Command.OpenPartition open ->
                json.put("tableId", open.tableId().value())
                        .put("startHash", open.range().start())
                        .put("endHash", open.range().end());
            case Command.CloseTable close -> json.put("tableId", close.tableId().value());
            case Command.PurgeTable purge ->
                json.put("tableId", purge.tableId().value()).put("maxItems", purge.maxItems());
            case Command.Barrier barrier -> json.put("kind", barrier.kind().name());
        };
    }

    private static ObjectNode writeItem(ObjectNode json, Command.ItemCommand command) {
        json.put("tableId", command.tableId().value());
        switch (command) {
            case Command.PutItem put -> json.set("item", DynamoJson.write(put.item()));
            case Command.DeleteItem delete -> json.set("key", key(delete.key()));
            case Command.UpdateItem update -> {
                json.set("key", key(update.key()));
                var actions = json.putArray("actions");
                for (UpdateAction action : update.update().actions()) {
                    actions.add(
                            action.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT) + " " + action.path());
                }
            }
        }
        return json.put("conditional", command.condition().isPresent());
    }

    private static ObjectNode key(PrimaryKey key) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("partition", DynamoJson.write(key.partition()));
        key.sort().ifPresent(sort -> json.set("sort", DynamoJson.write(sort)));
        return json;
    }
}
