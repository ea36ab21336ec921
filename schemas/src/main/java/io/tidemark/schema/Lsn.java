package io.tidemark.schema;

/**
 * A log sequence number: a record's Kafka offset in its shard. LSNs of a shard are contiguous from 0, because the WAL has
 * neither transactions nor compaction. A position "up to here" is always given as the <em>next</em> LSN (half-open), so
 * that an empty log needs no sentinel.
 */
public record Lsn(long offset) implements Comparable<Lsn> {
    /** The first record of every shard. */
    public static final Lsn FIRST = new Lsn(0);

    public Lsn {
        if (offset < 0) {
            throw new IllegalArgumentException("LSN must not be negative: " + offset);
        }
    }

    public Lsn next() {
        return new Lsn(Math.addExact(offset, 1));
    }

    public boolean isBefore(Lsn other) {
        return offset < other.offset;
    }

    public boolean isAfter(Lsn other) {
        return offset > other.offset;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compare(offset, other.offset);
    }

    @Override
    public String toString() {
        return Long.toString(offset);
    }
}
