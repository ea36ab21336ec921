package io.tidemark.materializer.store;

import io.tidemark.schema.Bytes;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Loads what the owner keeps in memory, checking every entry. */
final class StoreLoader {
    private final RocksDatabase database;
    private final StoreState state = new StoreState();

    private StoreLoader(RocksDatabase database) {
        this.database = database;
    }

    static StoreState load(RocksDatabase database) {
        return new StoreLoader(database).load();
    }

    private StoreState load() {
        state.moveTo(database.readPosition(database.readOptions()));
        forEach(StoreFormat.LANE, (key, content) -> state.lanes.load(StoreFormat.laneOf(key), Bytes.wrap(content)));
        forEach(
                StoreFormat.TABLE,
                (key, content) -> state.putTable(StoreFormat.tableIdOf(key), TableCodec.decode(content)));
        forEach(
                StoreFormat.SOURCE,
                (key, content) -> state.sourceOffsets.put(StoreFormat.sourceOf(key), StoreFormat.longOf(content)));
        forEach(StoreFormat.REJECTION, (key, content) -> state.keptRejections.add(StoreFormat.rejectionLsnOf(key)));
        forEach(
                Family.OUTCOMES,
                StoreFormat.outcomeKey(state.outcomesStart),
                null,
                (key, content) -> state.outcomes.add(OutcomeContent.mark(StoreFormat.outcomeLsnOf(key), content)));
        return state;
    }

    private void forEach(byte prefix, BiConsumer<byte[], byte[]> consumer) {
        forEach(Family.META, new byte[] {prefix}, StoreFormat.endOfPrefix(prefix), consumer);
    }

    private void forEach(Family family, byte[] start, byte @Nullable [] end, BiConsumer<byte[], byte[]> consumer) {
        try (EntryCursor cursor =
                new EntryCursor(database, family, database.readOptions(), start, end, true, () -> {})) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                consumer.accept(key, database.open(key, cursor.value()));
            }
        }
    }
}
