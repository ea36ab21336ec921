package io.tidemark.materializer.core;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.key.ItemKey;
import org.jspecify.annotations.Nullable;

/** One change of a replica's state. */
public sealed interface Mutation {
    /** @param before what the state held under the key, so that the state hash can be adjusted without reading again */
    record PutItem(ItemKey key, @Nullable StoredItem before, StoredItem after) implements Mutation {}

    record DeleteItem(ItemKey key, StoredItem before) implements Mutation {}

    record PutTable(TableId tableId, TableState table) implements Mutation {}

    record RemoveTable(TableId tableId) implements Mutation {}

    record RememberOutcome(RememberedOutcome outcome) implements Mutation {}

    /** Forget the outcomes of all records before {@code lsn}. */
    record ForgetOutcomes(Lsn before) implements Mutation {}

    record PutSourceOffset(int bindingId, int partition, long offset) implements Mutation {}

    /** Count a rejection and keep it for listing; the store keeps the latest {@link #KEPT_REJECTIONS}. */
    record AddRejection(Lsn lsn, RejectReason reason, String detail) implements Mutation {}

    /** How many rejections a replica keeps for listing. */
    int KEPT_REJECTIONS = 1_000;
}
