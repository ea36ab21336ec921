package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.client.WriteResult;
import io.tidemark.launcher.item.DynamoJson;
import io.tidemark.launcher.item.PlainJson;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.value.Item;

/** What a write gave, as people and programs read it. */
final class WriteText {
    private WriteText() {}

    static void print(Output output, String table, String done, WriteResult result) {
        ObjectNode json = Output.newObject()
                .put("table", table)
                .put("shard", result.shard().value())
                .put("lsn", result.lsn().offset())
                .put("oldSizeBytes", result.oldSizeBytes())
                .put("newSizeBytes", result.newSizeBytes());
        result.attributes().ifPresent(item -> json.set("attributes", DynamoJson.write(item)));
        output.print(
                json,
                () -> done + " at LSN " + result.lsn() + " of shard " + result.shard() + "\n"
                        + result.attributes().map(WriteText::text).orElse(""));
    }

    static String text(Item item) {
        return Output.pretty(PlainJson.write(item)) + "\n";
    }
}
