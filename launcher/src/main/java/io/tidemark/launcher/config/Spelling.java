package io.tidemark.launcher.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
final class Spelling {
    private static final int MAX_DISTANCE = 3;

    private Spelling() {}

    /** The name with the least Levenshtein distance, ignoring case, if it is near at all. */
    static Optional<String> nearest(String given, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(lower(given), lower(name))))
                .filter(name -> distance(lower(given), lower(name)) <= MAX_DISTANCE);
    }

    /** The end of a sentence about a name that is not known. */
    static String didYouMean(String given, Collection<String> names) {
        return nearest(given, names)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse(".");
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }

    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
