package io.tidemark.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.wire.ItemCodec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Does to the files of a stopped zone what nothing should ever do. */
final class Stores {
    private static final String ITEMS = "items";

    private Stores() {}

    /** The directory of one shard's store, which is somewhere below. */
    static Path of(Path dataDirectory, ShardId shard) {
        try (Stream<Path> paths = Files.walk(dataDirectory)) {
            List<Path> found = paths.filter(path -> Files.exists(path.resolve("CURRENT")))
                    .filter(path -> !path.toString().contains("evidence"))
                    .filter(path -> path.toString().contains("_" + shard + "/"))
                    .toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Overwrites an item with another, checksum and all, behind the store's back. */
    static void overwriteItem(Path store, int number, String text) throws RocksDBException {
        PrimaryKey primary = PrimaryKey.of(new AttributeValue.S("page-" + number), AttributeValue.N.of(number));
        byte[] key = KeyEncoding.encode(SmallCluster.TABLE, SmallCluster.SCHEMA, primary)
                .bytes()
                .array();
        byte[] item = ItemCodec.encode(SmallCluster.item(number, text));
        withItems(store, (database, items) -> {
            byte[] old = database.get(items, key);
            assertThat(old).as("item %s", number).isNotNull();
            byte[] content = ByteBuffer.allocate(Long.BYTES + item.length)
                    .put(old, 0, Long.BYTES)
                    .put(item)
                    .array();
            database.put(items, key, sealed(key, content));
        });
    }

    static void deleteItem(Path store, int number) throws RocksDBException {
        PrimaryKey primary = PrimaryKey.of(new AttributeValue.S("page-" + number), AttributeValue.N.of(number));
        byte[] key = KeyEncoding.encode(SmallCluster.TABLE, SmallCluster.SCHEMA, primary)
                .bytes()
                .array();
        withItems(store, (database, items) -> database.delete(items, key));
    }

    private static byte[] sealed(byte[] key, byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(content);
        byte[] sealed = Arrays.copyOf(content, content.length + Integer.BYTES);
        ByteBuffer.wrap(sealed).putInt(content.length, (int) crc.getValue());
        return sealed;
    }

    private interface Change {
        void apply(RocksDB database, ColumnFamilyHandle items) throws RocksDBException;
    }

    private static void withItems(Path store, Change change) throws RocksDBException {
        List<ColumnFamilyDescriptor> families;
        try (Options options = new Options()) {
            families = RocksDB.listColumnFamilies(options, store.toString()).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                RocksDB database = RocksDB.open(options, store.toString(), families, handles);
                FlushOptions flush = new FlushOptions()) {
            for (ColumnFamilyHandle handle : handles) {
                if (Arrays.equals(handle.getName(), ITEMS.getBytes(StandardCharsets.UTF_8))) {
                    change.apply(database, handle);
                    database.flush(flush, handle);
                }
            }
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    /** The greatest file of table data. */
    static Path greatestSst(Path store) throws IOException {
        try (Stream<Path> paths = Files.list(store)) {
            return paths.filter(path -> path.toString().endsWith(".sst"))
                    .max((left, right) ->
                            Long.compare(left.toFile().length(), right.toFile().length()))
                    .orElseThrow();
        }
    }

    static void flipBit(Path file, long bit) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(bit / Byte.SIZE);
            int value = access.read();
            access.seek(bit / Byte.SIZE);
            access.write(value ^ 1 << (int) (bit % Byte.SIZE));
        }
    }

    static Bytes flipBit(Bytes content, long bit) {
        byte[] changed = content.array().clone();
        changed[(int) (bit / Byte.SIZE)] ^= (byte) (1 << (int) (bit % Byte.SIZE));
        return Bytes.wrap(changed);
    }
}
