package io.tidemark.materializer.store;

import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.core.TableState;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyRange;
import io.tidemark.schema.node.NodeReply.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one replica. Thread-safe, beside the owner's writes.
 *
 * <p>Each call sees a state between two batches, and never an older one than {@link #nextLsn} returned before the call: so a
 * reader takes the position <em>first</em>, then reads, and may truthfully say "at least up to that position". Two calls may
 * see two states; take a {@link #snapshot} where they must agree.
 *
 * <p>Every method throws {@link StoreClosedException} once the store is closed, {@link DamagedStoreException} where what it
 * read fails its checksum, and {@link StoreUnavailableException} where the disk does not answer.
 */
public interface ReplicaReader {
    ShardId shard();

    /** Everything before it is applied. */
    Lsn nextLsn();

    long itemCount();

    /** How many records were ever rejected. */
    long rejectedCount();

    Optional<TableState> table(TableId tableId);

    @Nullable
    StoredItem item(ItemKey key);

    /**
     * The same replica for threads that must not wait: its {@link #item} throws {@link DiskNeededException} instead of asking the
     * disk. Everything else may wait as it does here.
     */
    default ReplicaReader inMemory() {
        return this;
    }

    /** The items of a range in key order, or against it. The cursor sees one state and must be closed by the caller. */
    ItemCursor items(KeyRange range, boolean forward);

    /** The last offset applied from each partition of a bound topic; empty if there is none. */
    Map<Integer, Long> sourceOffsets(int bindingId);

    /** The latest rejections that are kept, newest first. */
    List<Rejection> latestRejections(int limit);

    /** Freezes the newest state; must be closed by the caller. */
    ReplicaSnapshot snapshot();
}
