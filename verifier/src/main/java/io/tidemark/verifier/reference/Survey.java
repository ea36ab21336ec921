package io.tidemark.verifier.reference;

import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.archiver.segment.SegmentName;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at each of a shard's objects by itself, so that one that breaks the chain does not hide others. */
public final class Survey {
    /** More damaged objects than this are only counted, in a last entry. */
    public static final int MAX_LISTED = 20;

    private static final int PAGE_KEYS = 1_000;

    private Survey() {}

    /**
     * @param first damage that was met on the way along the chain
     * @return the key of every damaged object with what is wrong, that of {@code first} first
     * @throws io.tidemark.archiver.object.ObjectStoreException if the store does not answer
     */
    public static List<String> damage(Archive archive, ShardId shard, DamagedSegmentException first) {
        List<String> damage = new ArrayList<>();
        damage.add(describe(first));
        long more = 0;
        for (Page page = Page.first(archive, shard); !page.names().isEmpty(); page = page.next(archive)) {
            for (SegmentName name : page.names()) {
                Optional<DamagedSegmentException> found =
                        name.key().equals(first.key()) ? Optional.empty() : check(archive, name);
                if (found.isPresent() && damage.size() < MAX_LISTED) {
                    damage.add(describe(found.get()));
                } else if (found.isPresent()) {
                    more++;
                }
            }
        }
        if (more > 0) {
            damage.add("and " + more + " more");
        }
        return List.copyOf(damage);
    }

    /**
     * Objects before {@code end} that are named like the shard's segments, and that its chain, which is whole, passes over.
     *
     * @param chained how many segments the chain has before {@code end}
     * @throws io.tidemark.archiver.object.ObjectStoreException if the store does not answer
     */
    public static List<String> strays(Archive archive, ShardId shard, Lsn end, long chained) {
        if (count(archive, shard, end) == chained) {
            return List.of();
        }
        List<String> strays = new ArrayList<>();
        Lsn next = Lsn.FIRST;
        for (Page page = Page.first(archive, shard); !page.names().isEmpty(); page = page.next(archive)) {
            for (SegmentName name : page.names()) {
                if (name.first().equals(next)) {
                    next = archive.read(name).header().next();
                } else if (name.first().isBefore(end) && strays.size() < MAX_LISTED) {
                    strays.add(name.key() + ": the chain goes on with LSN " + next + " there");
                }
            }
        }
        return List.copyOf(strays);
    }

    private static long count(Archive archive, ShardId shard, Lsn end) {
        long count = 0;
        for (Page page = Page.first(archive, shard); !page.names().isEmpty(); page = page.next(archive)) {
            count += page.names().stream()
                    .filter(name -> name.first().isBefore(end))
                    .count();
        }
        return count;
    }

    /** Some of a shard's names, in order; empty after the last. */
    private record Page(ShardId shard, List<SegmentName> names) {
        static Page first(Archive archive, ShardId shard) {
            return new Page(shard, archive.segments(shard, Optional.empty(), PAGE_KEYS));
        }

        Page next(Archive archive) {
            return new Page(shard, archive.segments(shard, Optional.of(names.getLast()), PAGE_KEYS));
        }
    }

    private static Optional<DamagedSegmentException> check(Archive archive, SegmentName name) {
        try {
            archive.read(name).verifyRecords();
            return Optional.empty();
        } catch (DamagedSegmentException e) {
            return Optional.of(e);
        }
    }

    private static String describe(DamagedSegmentException e) {
        return e.key() + ": " + e.damage();
    }
}
