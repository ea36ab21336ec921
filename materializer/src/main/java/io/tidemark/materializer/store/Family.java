package io.tidemark.materializer.store;

import java.nio.charset.StandardCharsets;

/** The column families of a store, in the order in which they are opened. */
enum Family {
    META("default"),
    ITEMS("items"),
    OUTCOMES("outcomes");

    private final String familyName;

    Family(String familyName) {
        this.familyName = familyName;
    }

    byte[] nameBytes() {
        return familyName.getBytes(StandardCharsets.UTF_8);
    }
}
