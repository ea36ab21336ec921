package io.tidemark.launcher.cluster;

import java.time.Duration;

/** Told what a start has reached. Calls come one at a time, from several threads. */
@FunctionalInterface
public interface StartProgress {
    StartProgress SILENT = (part, detail, elapsed) -> {};

    /** @param elapsed since the start began */
    void reached(String part, String detail, Duration elapsed);
}
