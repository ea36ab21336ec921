package io.tidemark.archiver.archive;

import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.ObjectStore.ObjectSummary;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.archiver.segment.SegmentHeader;
import io.tidemark.archiver.segment.SegmentName;
import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.archiver.segment.Sha256;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The segments of a bucket. Thread-safe. Every method may throw {@link
 * io.tidemark.archiver.object.ObjectStoreException}. Objects whose keys are no segment names are passed over.
 */
public final class Archive {
    /** Keys asked for at once: what S3 gives at most. */
    static final int PAGE_KEYS = 1000;

    /** Sorts after every key of the shard whose prefix it follows. */
    private static final String AFTER_ALL_SEGMENTS = "~";

    private final ObjectStore store;
    /** The last segment that was seen of each shard; segments never change. */
    private final Map<ShardId, SegmentHeader> lastSeen = new ConcurrentHashMap<>();

    /** @param store stays the caller's to close */
    public Archive(ObjectStore store) {
        this.store = store;
    }

    /** Shards that have a segment, in order. One request for each. */
    public List<ShardId> shards() {
        List<ShardId> shards = new ArrayList<>();
        Optional<String> after = Optional.empty();
        while (true) {
            List<ObjectSummary> page = store.list(SegmentName.PREFIX, after, 1);
            if (page.isEmpty()) {
                shards.sort(null);
                return List.copyOf(shards);
            }
            String key = page.getFirst().key();
            Optional<SegmentName> name = SegmentName.parse(key);
            name.ifPresent(found -> shards.add(found.shard()));
            after = Optional.of(name.map(found -> SegmentName.prefix(found.shard()) + AFTER_ALL_SEGMENTS)
                    .orElse(key));
        }
    }

    /**
     * The LSN after the last archived one; {@link Lsn#FIRST} if there is none. Cheap to call often.
     *
     * @throws DamagedSegmentException if the last segment is damaged
     */
    public Lsn end(ShardId shard) {
        return lastHeader(shard).map(SegmentHeader::next).orElse(Lsn.FIRST);
    }

    /** As {@link #end}: what the last segment says of itself. */
    public Optional<SegmentHeader> lastHeader(ShardId shard) {
        Optional<SegmentHeader> seen = Optional.ofNullable(lastSeen.get(shard));
        Optional<SegmentName> last = floor(shard, new Lsn(Long.MAX_VALUE), seen.map(SegmentHeader::name));
        if (last.isEmpty() || last.equals(seen.map(SegmentHeader::name))) {
            return seen;
        }
        SegmentHeader header = read(last.get()).header();
        lastSeen.merge(shard, header, (a, b) -> a.first().isAfter(b.first()) ? a : b);
        return Optional.of(header);
    }

    /** The last segment whose first LSN is at most {@code lsn}. Takes few requests however long the archive is. */
    public Optional<SegmentName> floor(ShardId shard, Lsn lsn) {
        return floor(shard, lsn, Optional.empty());
    }

    /** Segments in the order of their LSNs, beginning with the first one after {@code after} if given. */
    public List<SegmentName> segments(ShardId shard, Optional<SegmentName> after, int limit) {
        List<SegmentName> found = new ArrayList<>();
        Optional<String> afterKey = after.map(SegmentName::key);
        while (true) {
            int wanted = Math.min(limit - found.size(), PAGE_KEYS);
            List<ObjectSummary> page = store.list(SegmentName.prefix(shard), afterKey, wanted);
            found.addAll(names(page));
            if (page.size() < wanted || found.size() == limit) {
                return List.copyOf(found);
            }
            afterKey = Optional.of(page.getLast().key());
        }
    }

    /** @throws DamagedSegmentException if the object is damaged or missing */
    public SegmentReader read(SegmentName name) {
        return find(name)
                .orElseThrow(() -> new DamagedSegmentException(name.key(), "there is no such object in the bucket"));
    }

    /** @throws DamagedSegmentException if the object is damaged */
    public Optional<SegmentReader> find(SegmentName name) {
        Optional<Bytes> content = store.get(name.key());
        return content.map(bytes -> SegmentReader.open(name.key(), bytes));
    }

    /** Follows the chain, beginning with the segment that holds {@code from}. */
    public ChainReader chain(ShardId shard, Lsn from) {
        return new ChainReader(this, shard, from, Optional.empty());
    }

    /** Continues a chain at the end of a segment: the next one must begin with {@code start} and name {@code previous}. */
    public ChainReader chain(ShardId shard, Lsn start, Sha256 previous) {
        return new ChainReader(this, shard, start, Optional.of(previous));
    }

    /** Reads records, beginning with {@code from}. */
    public ArchiveReader reader(ShardId shard, Lsn from) {
        return new ArchiveReader(chain(shard, from), from);
    }

    /** @param known a segment that exists and begins at or before {@code lsn}: the search begins there */
    private Optional<SegmentName> floor(ShardId shard, Lsn lsn, Optional<SegmentName> known) {
        Optional<SegmentName> reached = known;
        Optional<String> after = known.map(SegmentName::key);
        while (true) {
            List<ObjectSummary> page = store.list(SegmentName.prefix(shard), after, PAGE_KEYS);
            List<SegmentName> names = names(page);
            List<SegmentName> admitted =
                    names.stream().filter(name -> !name.first().isAfter(lsn)).toList();
            if (!admitted.isEmpty()) {
                reached = Optional.of(admitted.getLast());
            }
            if (page.size() < PAGE_KEYS || admitted.size() < names.size()) {
                return reached;
            }
            after = Optional.of(page.getLast().key());
            if (!admitted.isEmpty()) {
                SegmentName further = leap(admitted, lsn);
                reached = Optional.of(further);
                after = Optional.of(further.key());
            }
        }
    }

    /** Goes on from the end of a page in steps that double, as long as a segment follows that is not beyond {@code lsn}. */
    private SegmentName leap(List<SegmentName> page, Lsn lsn) {
        SegmentName reached = page.getLast();
        long step =
                Math.max(1, reached.first().offset() - page.getFirst().first().offset());
        while (step < lsn.offset() - reached.first().offset()) {
            SegmentName probe =
                    new SegmentName(reached.shard(), new Lsn(reached.first().offset() + step));
            Optional<SegmentName> next =
                    names(store.list(SegmentName.prefix(probe.shard()), Optional.of(probe.key()), 1)).stream()
                            .filter(name -> !name.first().isAfter(lsn))
                            .findFirst();
            if (next.isEmpty()) {
                return reached;
            }
            reached = next.get();
            step = step > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * step;
        }
        return reached;
    }

    private static List<SegmentName> names(List<ObjectSummary> page) {
        return page.stream()
                .flatMap(object -> SegmentName.parse(object.key()).stream())
                .toList();
    }
}
