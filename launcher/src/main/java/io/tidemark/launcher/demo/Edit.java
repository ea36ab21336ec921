package io.tidemark.launcher.demo;

import java.time.Instant;

/**
 * One edit of a Wikipedia page.
 *
 * @param timeText the time as the source writes it: ISO 8601, UTC, milliseconds; its text order is its time order
 * @param added characters added, {@code deleted} characters removed
 * @param line number in the source, from 1
 */
public record Edit(
        int line, String timeText, String channel, String page, String user, long added, long deleted, String comment) {
    public Instant time() {
        return Instant.parse(timeText);
    }
}
