package io.tidemark.launcher.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.archiver.archive.Archiver;
import io.tidemark.archiver.archive.ShardState;
import io.tidemark.archiver.archive.ShardStatus;
import java.util.function.Supplier;

/** How far the archiver of this process is. */
public record ArchiveStatusJson(Archiver archiver) implements Supplier<ObjectNode> {
    @Override
    public ObjectNode get() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode shards = result.putArray("shards");
        for (ShardStatus status : archiver.status()) {
            ObjectNode shard = shards.addObject().put("shard", status.shard().value());
            status.end().ifPresent(end -> shard.put("nextLsn", end.offset()));
            switch (status.state()) {
                case ShardState.Starting starting -> shard.put("state", "STARTING");
                case ShardState.Archiving archiving -> shard.put("state", "ARCHIVING");
                case ShardState.WaitingForStore waiting ->
                    shard.put("state", "WAITING_FOR_STORE")
                            .put("since", waiting.since().toString())
                            .put("detail", waiting.reason());
                case ShardState.WaitingForLog waiting ->
                    shard.put("state", "WAITING_FOR_LOG")
                            .put("since", waiting.since().toString())
                            .put("detail", waiting.reason());
                case ShardState.Failed failed ->
                    shard.put("state", "FAILED")
                            .put("since", failed.since().toString())
                            .put("detail", failed.reason());
            }
        }
        return result;
    }
}
