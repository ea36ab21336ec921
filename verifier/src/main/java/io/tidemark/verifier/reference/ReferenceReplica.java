package io.tidemark.verifier.reference;

import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.archiver.segment.Sha256;
import io.tidemark.materializer.store.DamagedStoreException;
import io.tidemark.materializer.store.Replica;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.materializer.store.RocksReplicaStore;
import io.tidemark.materializer.store.RocksResources;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard's replica, rebuilt from archived segments alone: never from Kafka, and never from another replica. It remembers
 * the hash of the segment that it applied last, so that it goes on only in the history that it began with. For one thread.
 *
 * <p>A store that is damaged, or does not fit its memory of the chain, is thrown away: the archive has everything.
 *
 * <p>Methods throw {@link io.tidemark.materializer.store.StoreException} where the disk does not do its part, and {@link
 * UncheckedIOException} likewise.
 */
public final class ReferenceReplica implements AutoCloseable {
    /** Records that are applied as one batch. */
    static final int BATCH_RECORDS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ReferenceReplica.class);
    private static final String STORE_DIRECTORY = "store";
    private static final String CHAIN_FILE = "chain";

    private final ShardId shard;
    private final Path directory;
    private final RocksResources resources;
    private final InstantSource clock;
    private Replica replica;
    private ChainState chain;
    private Optional<String> discarded = Optional.empty();

    private ReferenceReplica(
            ShardId shard, Path directory, RocksResources resources, InstantSource clock, Replica replica) {
        this.shard = shard;
        this.directory = directory;
        this.resources = resources;
        this.clock = clock;
        this.replica = replica;
        this.chain = ChainState.START;
    }

    /**
     * @param directory of this shard's reference alone; made if it is not there
     * @throws io.tidemark.materializer.store.StoreInUseException if another process verifies with this directory
     */
    public static ReferenceReplica open(ShardId shard, Path directory, RocksResources resources, InstantSource clock) {
        try {
            Files.createDirectories(directory);
            Optional<String> damage = Optional.empty();
            Replica replica;
            try {
                replica = openStore(shard, directory, resources, clock);
            } catch (DamagedStoreException e) {
                damage = Optional.of("its store was damaged: " + e.getMessage());
                delete(directory.resolve(STORE_DIRECTORY));
                replica = openStore(shard, directory, resources, clock);
            }
            ReferenceReplica reference = new ReferenceReplica(shard, directory, resources, clock, replica);
            try {
                reference.loadChain(damage);
            } catch (IOException | RuntimeException e) {
                reference.close();
                throw e;
            }
            return reference;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + directory + " for a reference replica", e);
        }
    }

    private static Replica openStore(ShardId shard, Path directory, RocksResources resources, InstantSource clock) {
        return new Replica(RocksReplicaStore.open(shard, directory.resolve(STORE_DIRECTORY), resources), clock);
    }

    private void loadChain(Optional<String> damage) throws IOException {
        Optional<ChainState> remembered = ChainState.read(chainFile());
        boolean empty = replica.nextLsn().equals(Lsn.FIRST);
        if (damage.isPresent()) {
            discard(damage.get());
        } else if (remembered.isEmpty() && !empty) {
            discard("it does not know which segments it was built from");
        } else if (remembered.isPresent() && remembered.get().end().isAfter(replica.nextLsn())) {
            discard("its store ends at LSN " + replica.nextLsn() + ", before LSN "
                    + remembered.get().end() + " that it had reached");
        } else {
            chain = remembered.orElse(ChainState.START);
        }
    }

    public ShardId shard() {
        return shard;
    }

    /** Everything before it is applied. */
    public Lsn nextLsn() {
        return replica.nextLsn();
    }

    /** The end of the last segment that was applied as a whole. */
    public Lsn chainEnd() {
        return chain.end();
    }

    /** Hash of that segment; {@link Sha256#ZERO} before the first. */
    public Sha256 chainHash() {
        return chain.last();
    }

    /** Why what this replica once held was thrown away since it was opened; absent if it was not. */
    public Optional<String> discarded() {
        return discarded;
    }

    public Path directory() {
        return directory;
    }

    /**
     * Applies the records of a segment up to an LSN; what was applied before is skipped, and every record is checked.
     *
     * @param segment holds {@link #nextLsn} or an LSN before it
     * @param end exclusive
     * @return how many were applied
     * @throws io.tidemark.archiver.segment.DamagedSegmentException if the segment is damaged; then this replica must be
     *     discarded
     * @throws io.tidemark.schema.wire.NewerSemanticsException if this build is too old for a record
     */
    public long apply(SegmentReader segment, Lsn end) {
        Lsn start = nextLsn();
        List<WalRecord> batch = new ArrayList<>(BATCH_RECORDS);
        for (WalRecord record : segment) {
            if (!record.lsn().isBefore(start) && record.lsn().isBefore(end)) {
                batch.add(record);
                if (batch.size() == BATCH_RECORDS) {
                    replica.applyAll(batch);
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            replica.applyAll(batch);
        }
        if (nextLsn().equals(segment.header().next())) {
            chain = new ChainState(nextLsn(), segment.sha256());
        }
        return nextLsn().offset() - start.offset();
    }

    /** Makes what is applied survive a crash, with its place in the chain. */
    public void checkpoint() {
        replica.store().flush();
        try {
            chain.write(chainFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + chainFile(), e);
        }
    }

    /** The state right now; the caller closes it. */
    public ReplicaSnapshot snapshot() {
        return replica.reader().snapshot();
    }

    /** Begins again at the first segment. */
    public void discard(String reason) {
        LOG.atWarn()
                .addKeyValue("shard", shard)
                .addKeyValue("nextLsn", nextLsn())
                .addKeyValue("reason", reason)
                .log("reference replica discarded; it is built again from the archive");
        replica.close();
        try {
            Files.deleteIfExists(chainFile());
            delete(directory.resolve(STORE_DIRECTORY));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the reference replica in " + directory, e);
        }
        replica = openStore(shard, directory, resources, clock);
        chain = ChainState.START;
        discarded = Optional.of(reason);
    }

    private Path chainFile() {
        return directory.resolve(CHAIN_FILE);
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(root)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    @Override
    public void close() {
        replica.close();
    }
}
