package io.tidemark.materializer.core;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.key.ItemKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a replica as {@link StateMachine} reads it: everything before {@link #nextLsn} is in it, nothing else. */
public interface StateView {
    /** The LSN of the record to be applied next. */
    Lsn nextLsn();

    /** Greatest record timestamp applied so far, milliseconds since the epoch; 0 before the first record. */
    long logTimeMs();

    Optional<TableState> table(TableId tableId);

    @Nullable
    StoredItem item(ItemKey key);

    /**
     * The first items of the table in key order: no more than {@code maxItems}, and no further one once the sizes of those before
     * it add up to {@code maxBytes}, see {@link StoredItem#sizeBytes}.
     */
    List<KeyedItem> firstItems(TableId tableId, int maxItems, int maxBytes);

    /** The outcome remembered for a request id, if it is still in the window. */
    Optional<RememberedOutcome> outcome(RequestId requestId);

    int rememberedOutcomes();

    /** Sum of the {@link RememberedOutcome.Mark#sizeBytes} of all remembered outcomes. */
    long rememberedOutcomeBytes();

    /** The oldest remembered outcomes, by LSN, at most {@code limit}. */
    List<RememberedOutcome.Mark> oldestOutcomes(int limit);

    /** The last offset applied from that partition of a bound topic, or {@link io.tidemark.schema.command.SourceMark#NONE}. */
    long sourceOffset(int bindingId, int partition);

    /** How many records were ever rejected. */
    long rejectedCount();
}
