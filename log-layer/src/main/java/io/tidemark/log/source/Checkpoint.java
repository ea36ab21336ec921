package io.tidemark.log.source;

import io.tidemark.schema.ShardId;
import io.tidemark.schema.catalog.BindingDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Says that every record of a source partition before an offset needs no reading again. It saves a restart from reading the whole
 * topic where a shard is sent little or nothing of it. It is a hint: positions of the shards decide, and it counts only while no
 * shard is behind where it was when the checkpoint was made, as one would be after a restore of an older state.
 *
 * <p>Kept as the committed offset of the binding's consumer group, the shards' offsets in the metadata.
 */
final class Checkpoint {
    /** Kafka's default for {@code offset.metadata.max.bytes}. */
    private static final int MAX_METADATA_CHARACTERS = 4_096;

    private static final String VERSION = "1";

    /** What marks the checkpoints of one binding, also where another cluster has a binding of the same number. */
    private final String mark;

    Checkpoint(BindingDescription binding) {
        this.mark = VERSION + "@" + binding.createdAt().toEpochMilli();
    }

    /** Empty if there are more shards than the metadata has room for. */
    Optional<OffsetAndMetadata> encode(SourceChains chains, int partition, long nextOffset) {
        List<String> parts = new ArrayList<>();
        parts.add(mark);
        for (ShardId shard : chains.shards()) {
            parts.add(shard + ":" + chains.lastOffset(partition, shard));
        }
        String metadata = String.join(",", parts);
        return metadata.length() > MAX_METADATA_CHARACTERS
                ? Optional.empty()
                : Optional.of(new OffsetAndMetadata(nextOffset, metadata));
    }

    /** Where reading may begin, given how far the shards are now: never before {@link SourceChains#firstNeeded}. */
    long firstNeeded(SourceChains chains, int partition, Optional<OffsetAndMetadata> committed) {
        long firstNeeded = chains.firstNeeded(partition);
        return committed.isPresent() && holds(chains, partition, committed.get().metadata())
                ? Math.max(firstNeeded, committed.get().offset())
                : firstNeeded;
    }

    private boolean holds(SourceChains chains, int partition, String metadata) {
        String[] parts = metadata.split(",", -1);
        if (!parts[0].equals(mark) || parts.length != chains.shards().size() + 1) {
            return false;
        }
        for (int i = 0; i < chains.shards().size(); i++) {
            ShardId shard = chains.shards().get(i);
            String prefix = shard + ":";
            if (!parts[i + 1].startsWith(prefix)) {
                return false;
            }
            try {
                if (Long.parseLong(parts[i + 1].substring(prefix.length())) > chains.lastOffset(partition, shard)) {
                    return false;
                }
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return true;
    }
}
