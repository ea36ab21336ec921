package io.tidemark.verifier.report;

/**
 * One item in which a replica differs from the reference.
 *
 * @param tableId of its table
 * @param key its primary key for people, e.g. {@code page="Anna", time=17}; the store key in hexadecimal where the table is
 *     not known any more
 */
public record ItemDifference(int tableId, String key, Kind kind) implements Comparable<ItemDifference> {
    /** How the replica's item differs from the reference's. */
    public enum Kind {
        /** The replica lacks it. */
        MISSING,
        /** The replica has it, the reference does not. */
        EXTRA,
        /** Both have it, with different contents. */
        CHANGED,
        /** The replica has it, but it fails its checksum. */
        DAMAGED
    }

    @Override
    public int compareTo(ItemDifference other) {
        int byTable = Integer.compare(tableId, other.tableId);
        return byTable != 0 ? byTable : key.compareTo(other.key);
    }
}
