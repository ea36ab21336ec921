package io.tidemark.schema.command;

/**
 * Says which record of a bound source topic a command came from. A shard applies the records that one source partition sends
 * it as a chain: {@code previousOffset} must be the last offset that the shard applied from there, so that neither a
 * repetition nor a hole can have an effect, however long ago the first try was.
 *
 * @param bindingId names the binding for ever; positive
 * @param partition of the source topic
 * @param offset of the record in it
 * @param previousOffset of the record that this source partition sent to this shard before, or {@link #NONE}
 */
public record SourceMark(int bindingId, int partition, long offset, long previousOffset) {
    /** Stands for "no earlier record", both here and in the state. */
    public static final long NONE = -1;

    public SourceMark {
        if (bindingId <= 0 || partition < 0 || offset < 0 || previousOffset < NONE || previousOffset >= offset) {
            throw new IllegalArgumentException("invalid source mark: binding " + bindingId + ", partition " + partition
                    + ", offset " + offset + ", previous " + previousOffset);
        }
    }
}
