package io.tidemark.schema.node;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reply to a {@link NodeRequest} that was served; one that was not ends in a {@link NodeException}. */
public sealed interface NodeReply {

    /** @param nextLsn everything before it was applied by the replica that answered */
    record Position(Zone zone, ShardId shard, Lsn nextLsn) {}

    /** @param lsn where the command stands in the log; of the first one if it was a repetition */
    record Written(Lsn lsn, Outcome outcome) implements NodeReply {}

    /** @param sizeBytes of the whole item, before the projection; 0 if absent */
    record GetResult(Optional<Item> item, int sizeBytes, Position position) implements NodeReply {}

    /**
     * One page of a query or scan.
     *
     * @param lastEvaluated present if there may be more; the next page's exclusive start
     * @param scannedCount items evaluated before the filter
     * @param scannedBytes their size
     */
    record Page(
            List<Item> items, Optional<PrimaryKey> lastEvaluated, int scannedCount, int scannedBytes, Position position)
            implements NodeReply {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** @param damage what a deep digest found unreadable at rest; empty if nothing */
    record DigestResult(StateDigest digest, List<String> damage, Position position) implements NodeReply {
        public DigestResult {
            damage = List.copyOf(damage);
        }
    }

    /** @param valueHash SHA-256 of the stored value without its CRC */
    record LaneEntry(Bytes storeKey, Lsn lsn, Bytes valueHash) {}

    /** @param next present if there is more: pass it as {@code after} */
    record LaneEntriesResult(List<LaneEntry> entries, Optional<Bytes> next) implements NodeReply {
        public LaneEntriesResult {
            entries = List.copyOf(entries);
        }
    }

    record Quarantined() implements NodeReply {}

    record SourceOffsetsResult(Map<Integer, Long> lastOffsets, Position position) implements NodeReply {
        public SourceOffsetsResult {
            lastOffsets = Map.copyOf(lastOffsets);
        }
    }

    record Rejection(Lsn lsn, RejectReason reason, String detail) {}

    /** @param total how many records the shard has ever rejected */
    record RejectionsResult(List<Rejection> latest, long total, Position position) implements NodeReply {
        public RejectionsResult {
            latest = List.copyOf(latest);
        }
    }

    /** The state of one replica. */
    enum ReplicaState {
        RESTORING,
        SERVING,
        QUARANTINED,
        FAILED
    }

    /**
     * @param detail why it is not serving; empty if it is
     * @param evidence the folder, on the node, of the store that was set aside last and that this replica stands in for; absent
     *     if none was since the node's start
     */
    record ReplicaStatus(
            ShardId shard,
            ReplicaState state,
            Lsn nextLsn,
            long items,
            long rejected,
            String detail,
            Optional<String> evidence) {}

    record StatusResult(Zone zone, String version, List<ReplicaStatus> replicas) implements NodeReply {
        public StatusResult {
            replicas = List.copyOf(replicas);
        }
    }
}
