package io.tidemark.schema.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * The class that somebody gave a table.
 *
 * @param lastChangedAt log time of the last change; empty if the class is the one that the table was made with
 */
public record TableClassSetting(TableClass tableClass, Optional<Instant> lastChangedAt) {}
