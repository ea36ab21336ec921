package io.tidemark.verifier.report;

import io.tidemark.schema.Zone;
import java.time.Duration;

/**
 * A replica that was set aside, as evidence, and rebuilt.
 *
 * @param before why it was
 * @param succeeded whether it serves again and was found equal afterwards
 * @param detail what happened, for people
 */
public record Repair(Zone zone, Verdict before, boolean succeeded, String detail, Duration duration) {}
