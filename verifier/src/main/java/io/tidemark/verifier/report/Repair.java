package io.tidemark.verifier.report;

import io.tidemark.schema.Zone;
import java.time.Duration;
import java.util.Optional;

/**
 * A replica that was set aside, as evidence, and rebuilt.
 *
 * @param before why it was
 * @param succeeded whether it serves again and was found equal afterwards
 * @param detail what happened, for people
 * @param evidence the folder, on the zone's node, that the replica was moved to; absent if it was not moved
 */
public record Repair(
        Zone zone, Verdict before, boolean succeeded, String detail, Optional<String> evidence, Duration duration) {}
