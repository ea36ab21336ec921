package io.tidemark.schema;

/**
 * Identifies a table for as long as the cluster lives; never reused, so that a record of a deleted table cannot reach a
 * later table of the same name. Positive; 0 is reserved for WAL records that belong to no table.
 */
public record TableId(int value) implements Comparable<TableId> {
    public TableId {
        if (value <= 0) {
            throw new IllegalArgumentException("table id must be positive: " + value);
        }
    }

    @Override
    public int compareTo(TableId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
