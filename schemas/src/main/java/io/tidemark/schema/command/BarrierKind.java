package io.tidemark.schema.command;

/** Why a barrier was appended. */
public enum BarrierKind {
    /** Marks a position that strong reads wait for. */
    READ,
    /** Marks a position at which every replica captures its state digest and the archiver cuts its segment. */
    VERIFY
}
