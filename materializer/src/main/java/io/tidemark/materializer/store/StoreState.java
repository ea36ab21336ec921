package io.tidemark.materializer.store;

import io.tidemark.materializer.core.OutcomeWindow;
import io.tidemark.materializer.core.TableState;
import io.tidemark.materializer.store.StoreFormat.SourcePartition;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.TableId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What the owner of a store keeps in memory: everything but items and outcomes, of which it keeps the ids. For one thread. */
final class StoreState {
    Lsn nextLsn = Lsn.FIRST;
    long logTimeMs;
    long itemCount;
    long rejectedCount;
    Lsn outcomesStart = Lsn.FIRST;
    /** Forgotten, but still at rest. */
    int outcomesToDelete;
    /** Their size. */
    long outcomeBytesToDelete;

    /** Immutable, replaced as a whole, since readers share it. */
    Map<TableId, TableState> tables = Map.of();

    final Map<SourcePartition, Long> sourceOffsets = new HashMap<>();
    /** Oldest first. */
    final Deque<Lsn> keptRejections = new ArrayDeque<>();

    /** As large as it may become, from the start: a replica's memory does not grow with its traffic. */
    final OutcomeIndex outcomes = new OutcomeIndex(OutcomeWindow.MAX_REMEMBERED);

    final Lanes lanes = new Lanes();

    void moveTo(Position position) {
        nextLsn = position.nextLsn();
        logTimeMs = position.logTimeMs();
        itemCount = position.itemCount();
        rejectedCount = position.rejectedCount();
        outcomesStart = position.outcomesStart();
    }

    Position position() {
        return new Position(nextLsn, logTimeMs, itemCount, rejectedCount, outcomesStart);
    }

    Published publish() {
        return new Published(position(), tables);
    }

    void putTable(TableId tableId, TableState table) {
        Map<TableId, TableState> changed = new HashMap<>(tables);
        changed.put(tableId, table);
        tables = Map.copyOf(changed);
    }

    void removeTable(TableId tableId) {
        Map<TableId, TableState> changed = new HashMap<>(tables);
        changed.remove(tableId);
        tables = Map.copyOf(changed);
    }
}
