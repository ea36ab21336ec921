package io.tidemark.materializer.store;

import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ChecksumType;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache, one write-buffer budget, one disk limit and one set of background threads for all RocksDB stores of a
 * node, so that memory does not grow with the number of shards. Thread-safe. Closed after the last store.
 */
public final class RocksResources implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    /** A checksum of every SST file as a whole, kept in the manifest; can be set by its name only. */
    private static final Properties FILE_CHECKSUMS = fileChecksums();

    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final long BLOCK_BYTES = 8 << 10;
    /** Footers have a checksum from this version on. */
    private static final int TABLE_FORMAT_VERSION = 6;

    /** Of a memtable's size: ten bits for each of its entries of some hundred bytes. It is taken by idle shards too. */
    private static final double MEMTABLE_BLOOM_RATIO = 0.005;

    /** A memtable takes memory in steps of this size: small, since idle shards hold one in each column family. */
    private static final long ARENA_BLOCK_BYTES = 64 << 10;

    private static final int MAX_OPEN_FILES = 256;
    /** Files reach the disk bit by bit: all at once at the end, they would hold up the brokers' writes to the same file system. */
    private static final long BYTES_PER_SYNC = 1 << 20;

    private static final long MAX_INFO_LOG_BYTES = 1 << 20;
    private static final int KEPT_INFO_LOGS = 2;

    private final StoreSettings settings;
    private final Env env = Env.getDefault();
    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final SstFileManager files;
    private final BloomFilter bloomFilter;
    private final WriteBudget writeBudget;

    public RocksResources(StoreSettings settings) {
        this.settings = settings;
        env.setBackgroundThreads(settings.backgroundThreads(), Priority.LOW);
        env.setBackgroundThreads(1, Priority.HIGH);
        cache = new LRUCache(settings.cacheBytes());
        writeBuffers = new WriteBufferManager(settings.writeBufferBytes(), cache);
        bloomFilter = new BloomFilter(BLOOM_BITS_PER_KEY);
        // RocksDB's own limit stays as a second line, for what this count leaves out.
        writeBudget = new WriteBudget(settings.writeBufferBytes() / 2);
        try {
            files = new SstFileManager(env);
        } catch (RocksDBException e) {
            throw StoreErrors.translate("cannot set up RocksDB", e);
        }
        files.setMaxAllowedSpaceUsage(settings.diskLimitBytes());
    }

    private static Properties fileChecksums() {
        Properties properties = new Properties();
        properties.setProperty("file_checksum_gen_factory", "FileChecksumGenCrc32cFactory");
        return properties;
    }

    /** Memory in the block cache right now, write buffers included; bytes. */
    public long cacheUsageBytes() {
        return cache.getUsage();
    }

    WriteBudget writeBudget() {
        return writeBudget;
    }

    /** The caller closes it. */
    DBOptions databaseOptions() {
        return DBOptions.getDBOptionsFromProps(FILE_CHECKSUMS)
                .setEnv(env)
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // RocksDB's own log is off, Kafka being the log: all column families must reach the disk together.
                .setAtomicFlush(true)
                .setWriteBufferManager(writeBuffers)
                .setSstFileManager(files)
                .setMaxBackgroundJobs(settings.backgroundThreads() + 1)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setBytesPerSync(BYTES_PER_SYNC)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MAX_INFO_LOG_BYTES)
                .setKeepLogFileNum(KEPT_INFO_LOGS);
    }

    /** The caller closes it. */
    ColumnFamilyOptions columnFamilyOptions(boolean lookedUpByKey) {
        ColumnFamilyOptions options = new ColumnFamilyOptions()
                .setTableFormatConfig(tableConfig(lookedUpByKey))
                .setWriteBufferSize(settings.writeBufferBytes() / 2)
                .setArenaBlockSize(ARENA_BLOCK_BYTES)
                .setCompressionType(lookedUpByKey ? CompressionType.LZ4_COMPRESSION : CompressionType.NO_COMPRESSION);
        if (lookedUpByKey) {
            // Most items that are put are new: finding that out must not walk the skip list.
            options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_RATIO).setMemtableWholeKeyFiltering(true);
        }
        return options;
    }

    private BlockBasedTableConfig tableConfig(boolean lookedUpByKey) {
        BlockBasedTableConfig config = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setBlockSize(BLOCK_BYTES)
                .setChecksumType(ChecksumType.kXXH3)
                .setFormatVersion(TABLE_FORMAT_VERSION);
        return lookedUpByKey ? config.setFilterPolicy(bloomFilter) : config;
    }

    @Override
    public void close() {
        files.close();
        writeBuffers.close();
        cache.close();
        bloomFilter.close();
    }
}
