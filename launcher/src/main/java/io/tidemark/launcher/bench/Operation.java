package io.tidemark.launcher.bench;

import java.util.SplittableRandom;

/** One kind of operation that callers do, each waiting for its end. Thread-safe. */
@FunctionalInterface
interface Operation {
    /**
     * Does it once and waits until it is done.
     *
     * @param random the caller's own
     * @throws Exception if it failed; the measurement is void then
     */
    void run(SplittableRandom random) throws Exception;
}
