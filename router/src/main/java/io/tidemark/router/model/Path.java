package io.tidemark.router.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in a request.
 *
 * @param name of a member; or the number of an element, from 1; or the key of an entry
 * @param isMember whether it is a member's name: the service writes those with a small first letter
 */
record Path(@Nullable Path parent, String name, boolean isMember) {
    /** What the service calls the value at a key or number. */
    private static final String ELEMENT = "member";

    static Path member(@Nullable Path parent, String name) {
        return new Path(parent, name, true);
    }

    Path element(String keyOrNumber) {
        return new Path(new Path(this, keyOrNumber, false), ELEMENT, false);
    }

    /** As in the JSON. */
    String exact() {
        return parent == null ? name : parent.exact() + "." + name;
    }

    /** As the service writes it. */
    @Override
    public String toString() {
        String own = isMember ? lowerFirst(name) : name;
        return parent == null ? own : parent + "." + own;
    }

    static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
