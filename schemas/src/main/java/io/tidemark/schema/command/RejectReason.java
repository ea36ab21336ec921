package io.tidemark.schema.command;

/** Why a record had no effect although it is in the log. */
public enum RejectReason {
    /** The bytes are no envelope of a known schema, or hold values that the types do not admit. */
    UNDECODABLE,
    /** The CRC32C header is missing or does not match key and value. */
    CHECKSUM_MISMATCH,
    /** The request id header differs from the envelope's, or the record key from the command's item key. */
    KEY_MISMATCH,
    /** This shard has no such table, or the table is closed. */
    UNKNOWN_TABLE,
    /** This shard does not own the key's hash. Refresh the route and try again with a new request id. */
    WRONG_RANGE,
    /** The source mark does not continue the chain that this shard has applied. */
    SOURCE_GAP,
    /** The control-plane command contradicts the shard's state (other key schema, purge of an open table …). */
    CONFLICT
}
