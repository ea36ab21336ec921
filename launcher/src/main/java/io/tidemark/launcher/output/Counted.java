package io.tidemark.launcher.output;

import java.util.Locale;

/** A number of things in words: {@code 1 table}, {@code 2,300 tables}. */
public final class Counted {
    private Counted() {}

    /** @param noun one of the things, of those whose plural ends with an s */
    public static String of(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
