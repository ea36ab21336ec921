package io.tidemark.archiver.segment;

/**
 * An object of the archive is not what was once written there: damaged, truncated, moved, missing, or not the one that the
 * chain names. Nothing read from it may be used. Restore the object from a copy of the bucket, or delete it and let the
 * archiver write it again if it is the shard's last one and the log still holds its records.
 */
public final class DamagedSegmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String damage;

    /** @param damage what is wrong, with the value found and the value expected */
    public DamagedSegmentException(String key, String damage) {
        super("segment " + key + " is damaged or missing: " + damage);
        this.key = key;
        this.damage = damage;
    }

    /** The object's key. */
    public String key() {
        return key;
    }

    public String damage() {
        return damage;
    }
}
