package io.tidemark.launcher.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.schema.ShardId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How far the archive is, as its bucket says: for a process that does not archive.
 *
 * @param archive empty if this process does not know the bucket
 */
public record ArchiveBucketJson(Optional<Archive> archive, int shardCount) implements Supplier<ObjectNode> {
    @Override
    public ObjectNode get() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode shards = result.putArray("shards");
        archive.ifPresent(known -> {
            for (int number = 0; number < shardCount; number++) {
                ObjectNode shard = shards.addObject().put("shard", number);
                try {
                    shard.put("nextLsn", known.end(new ShardId(number)).offset())
                            .put("state", "ARCHIVING");
                } catch (ObjectStoreException e) {
                    shard.put("state", "WAITING_FOR_STORE").put("detail", String.valueOf(e.getMessage()));
                } catch (DamagedSegmentException e) {
                    shard.put("state", "FAILED").put("detail", String.valueOf(e.getMessage()));
                }
            }
        });
        return result;
    }
}
