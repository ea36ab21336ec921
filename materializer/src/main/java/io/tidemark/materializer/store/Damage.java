package io.tidemark.materializer.store;

import java.util.ArrayList;
import java.util.List;

/** Collects what a deep scan found, a bounded number of texts of it. Thread-safe. */
final class Damage {
    private final List<String> texts = new ArrayList<>();
    private long more;

    synchronized void report(String what) {
        if (texts.size() < DeepDigest.MAX_DAMAGE - 1) {
            texts.add(what);
        } else {
            more++;
        }
    }

    synchronized List<String> texts() {
        List<String> all = new ArrayList<>(texts);
        if (more > 0) {
            all.add("and " + more + " more");
        }
        return all;
    }
}
