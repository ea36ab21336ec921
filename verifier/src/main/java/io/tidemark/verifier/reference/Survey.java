package io.tidemark.verifier.reference;

import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.archiver.segment.SegmentName;
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
        Optional<SegmentName> after = Optional.empty();
        while (true) {
            List<SegmentName> names = archive.segments(shard, after, PAGE_KEYS);
            for (SegmentName name : names) {
                Optional<DamagedSegmentException> found =
                        name.key().equals(first.key()) ? Optional.empty() : check(archive, name);
                if (found.isPresent() && damage.size() < MAX_LISTED) {
                    damage.add(describe(found.get()));
                } else if (found.isPresent()) {
                    more++;
                }
            }
            if (names.size() < PAGE_KEYS) {
                break;
            }
            after = Optional.of(names.getLast());
        }
        if (more > 0) {
            damage.add("and " + more + " more");
        }
        return List.copyOf(damage);
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
