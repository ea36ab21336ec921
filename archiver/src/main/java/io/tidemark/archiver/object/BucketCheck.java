package io.tidemark.archiver.object;

import io.tidemark.archiver.object.ObjectStoreException.Kind;
import io.tidemark.schema.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds out at start whether a bucket can hold an archive: it is there, it can be written, it returns what was written, and
 * it does not overwrite an object under {@code If-None-Match: *}. Leaves one small object behind, and needs no right to
 * delete it.
 */
public final class BucketCheck {
    /** Where the check keeps its object. */
    public static final String PROBE_KEY = "probe/if-none-match";

    private static final Bytes FIRST = Bytes.wrap("tidemark probe 1\n".getBytes(StandardCharsets.US_ASCII));
    private static final Bytes SECOND = Bytes.wrap("tidemark probe 2\n".getBytes(StandardCharsets.US_ASCII));

    private BucketCheck() {}

    /**
     * @throws ObjectStoreException with kind REFUSED if the store cannot hold an archive, else with the kind of the operation
     *     that failed
     */
    public static void run(ObjectStore store) {
        store.putIfAbsent(PROBE_KEY, FIRST);
        Bytes before = read(store);
        if (!before.equals(FIRST) && !before.equals(SECOND)) {
            throw refused("does not return what was written to " + PROBE_KEY
                    + ", or something else wrote there: delete the object and start again");
        }
        boolean overwritten = store.putIfAbsent(PROBE_KEY, before.equals(FIRST) ? SECOND : FIRST);
        if (overwritten || !read(store).equals(before)) {
            throw refused(
                    "does not honour If-None-Match: two archivers could overwrite each other's segments. Use a store"
                            + " that supports conditional writes");
        }
        if (store.list(PROBE_KEY, Optional.empty(), 1).isEmpty()) {
            throw refused("does not list an object that has just been written: its listings must be consistent");
        }
    }

    private static Bytes read(ObjectStore store) {
        return store.get(PROBE_KEY)
                .orElseThrow(() -> refused("does not have " + PROBE_KEY + " although it was written just now"));
    }

    private static ObjectStoreException refused(String what) {
        return new ObjectStoreException(Kind.REFUSED, "the object store cannot hold an archive: it " + what);
    }
}
