package io.tidemark.materializer.store;

import io.tidemark.materializer.core.KeyedItem;
import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.core.TableState;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyRange;
import io.tidemark.schema.node.NodeReply.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;

/** What reading the newest state and reading a frozen one have in common. Thread-safe. */
abstract class RocksView implements ReplicaReader {
    private final ShardId shard;
    private final RocksDatabase database;
    private final ReadOptions options;

    /** @param options not closed while anybody holds what {@link #acquire} gives */
    RocksView(ShardId shard, RocksDatabase database, ReadOptions options) {
        this.shard = shard;
        this.database = database;
        this.options = options;
    }

    /** Keeps database and options from being freed until {@link #release}. */
    abstract void acquire();

    abstract void release();

    final RocksDatabase database() {
        return database;
    }

    final ReadOptions readOptions() {
        return options;
    }

    @Override
    public final ShardId shard() {
        return shard;
    }

    @Override
    public Optional<TableState> table(TableId tableId) {
        byte[] content = read(Family.META, StoreFormat.tableKey(tableId));
        return Optional.ofNullable(content).map(TableCodec::decode);
    }

    @Override
    public final @Nullable StoredItem item(ItemKey key) {
        byte[] content = read(Family.ITEMS, key.bytes().array());
        return content == null ? null : StoredItem.ofEncoded(Bytes.wrap(content));
    }

    @Override
    public final ItemCursor items(KeyRange range, boolean forward) {
        return new Items(cursor(Family.ITEMS, range.start().array(), range.end().array(), forward));
    }

    @Override
    public final Map<Integer, Long> sourceOffsets(int bindingId) {
        byte[] prefix = StoreFormat.sourcePrefix(bindingId);
        Map<Integer, Long> offsets = new HashMap<>();
        try (EntryCursor cursor = cursor(Family.META, prefix, StoreFormat.endOfPrefix(prefix), true)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                offsets.put(StoreFormat.sourceOf(key).partition(), StoreFormat.longOf(open(key, cursor.value())));
            }
        }
        return offsets;
    }

    @Override
    public final List<Rejection> latestRejections(int limit) {
        byte[] start = {StoreFormat.REJECTION};
        List<Rejection> latest = new ArrayList<>();
        try (EntryCursor cursor = cursor(Family.META, start, StoreFormat.endOfPrefix(start), false)) {
            while (latest.size() < limit && cursor.next()) {
                byte[] key = cursor.key();
                latest.add(RejectionCodec.decode(StoreFormat.rejectionLsnOf(key), open(key, cursor.value())));
            }
        }
        return latest;
    }

    final byte @Nullable [] read(Family family, byte[] key) {
        byte[] sealed = readSealed(family, key);
        return sealed == null ? null : open(key, sealed);
    }

    private byte @Nullable [] readSealed(Family family, byte[] key) {
        acquire();
        try {
            return database.get(family, options, key);
        } finally {
            release();
        }
    }

    /** The caller closes it. */
    final EntryCursor cursor(Family family, byte @Nullable [] start, byte @Nullable [] end, boolean forward) {
        return cursor(family, options, start, end, forward);
    }

    final EntryCursor cursor(
            Family family, ReadOptions readOptions, byte @Nullable [] start, byte @Nullable [] end, boolean forward) {
        acquire();
        try {
            return new EntryCursor(database, family, readOptions, start, end, forward, this::release);
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    final byte[] open(byte[] key, byte[] sealed) {
        return database.open(key, sealed);
    }

    /** Items of a cursor, each checked as it is read. */
    private final class Items implements ItemCursor {
        private final EntryCursor cursor;
        private boolean advanced;
        private boolean present;

        private Items(EntryCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean hasNext() {
            if (!advanced) {
                advanced = true;
                present = cursor.next();
            }
            return present;
        }

        @Override
        public KeyedItem next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more items");
            }
            advanced = false;
            byte[] key = cursor.key();
            byte[] content = open(key, cursor.value());
            return new KeyedItem(new ItemKey(Bytes.wrap(key)), StoredItem.ofEncoded(Bytes.wrap(content)));
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
