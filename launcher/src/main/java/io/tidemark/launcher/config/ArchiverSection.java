package io.tidemark.launcher.config;

import java.time.Duration;

/** The archiver: when a segment is cut. */
public record ArchiverSection(
        @Setting(meaning = "A segment is cut when its records have this size, KiB", byDefault = "8192")
        int segmentKibibytes,

        @Setting(meaning = "A segment is cut when its first record has this age", byDefault = "60s")
        Duration segmentAge) {
    public ArchiverSection {
        Checks.requireRange("segmentKibibytes", segmentKibibytes, 16, 65_536);
        Checks.requirePositive("segmentAge", segmentAge);
    }
}
