package io.tidemark.verifier.compare;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.node.NodeReply.LaneEntry;
import io.tidemark.verifier.report.ItemDifference;
import io.tidemark.verifier.report.ItemDifference.Kind;
import io.tidemark.verifier.report.ItemDifferences;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Compares the entries of some lanes, one by one, and names the items that differ. Used once, by one thread. */
final class DrillDown {
    /** Entries that are compared at most: bounds the time that a replica takes that differs everywhere. */
    static final long MAX_ENTRIES = 5_000_000;

    private final ItemNames names;
    private final List<String> damage;
    private final List<ItemDifference> listed = new ArrayList<>();
    private long total;
    private long compared;

    /** @param damage that the replica reported */
    DrillDown(ItemNames names, List<String> damage) {
        this.names = names;
        this.damage = damage;
    }

    /** Both in key order. An iterator that fails ends the comparison, and the result says so. */
    ItemDifferences compare(Iterator<LaneEntry> expected, Iterator<LaneEntry> actual) {
        Optional<String> incomplete = Optional.empty();
        try {
            merge(expected, actual);
            if (compared >= MAX_ENTRIES) {
                incomplete = Optional.of("only the first " + MAX_ENTRIES + " entries were compared");
            }
        } catch (RuntimeException e) {
            incomplete = Optional.of("the replica's items could not be read further: " + e.getMessage());
        }
        return new ItemDifferences(listed, total, incomplete);
    }

    private void merge(Iterator<LaneEntry> expected, Iterator<LaneEntry> actual) {
        @Nullable LaneEntry wanted = next(expected);
        @Nullable LaneEntry found = next(actual);
        while ((wanted != null || found != null) && compared++ < MAX_ENTRIES) {
            int order = order(wanted, found);
            if (order < 0 && wanted != null) {
                report(wanted.storeKey(), Kind.MISSING);
            } else if (order > 0 && found != null) {
                report(found.storeKey(), Kind.EXTRA);
            } else if (wanted != null && found != null) {
                compareEntries(wanted, found);
            }
            wanted = order <= 0 ? next(expected) : wanted;
            found = order >= 0 ? next(actual) : found;
        }
    }

    private void compareEntries(LaneEntry wanted, LaneEntry found) {
        if (isDamaged(found.storeKey())) {
            report(found.storeKey(), Kind.DAMAGED);
        } else if (!wanted.valueHash().equals(found.valueHash())) {
            report(found.storeKey(), Kind.CHANGED);
        }
    }

    /** Damage names an entry by the CRC32C of its key, see the store's seals. */
    private boolean isDamaged(Bytes storeKey) {
        if (damage.isEmpty()) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(storeKey.array());
        String name = "key hash " + Long.toHexString(crc.getValue()) + " ";
        return damage.stream().anyMatch(entry -> entry.contains(name));
    }

    private void report(Bytes storeKey, Kind kind) {
        total++;
        if (listed.size() < ItemDifferences.MAX_LISTED) {
            listed.add(new ItemDifference(ItemNames.tableIdOf(storeKey), names.nameOf(storeKey), kind));
        }
    }

    private static int order(@Nullable LaneEntry wanted, @Nullable LaneEntry found) {
        if (wanted == null) {
            return 1;
        }
        return found == null ? -1 : wanted.storeKey().compareTo(found.storeKey());
    }

    private static @Nullable LaneEntry next(Iterator<LaneEntry> entries) {
        return entries.hasNext() ? entries.next() : null;
    }
}
