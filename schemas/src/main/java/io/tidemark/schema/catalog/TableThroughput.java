package io.tidemark.schema.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A table's capacity, and when it was changed. Times are log times.
 *
 * @param lastIncreaseAt of read or write units; the change from on demand to provisioned counts
 * @param decreases on the UTC day of {@code lastDecreaseAt}; 0 if there is none
 * @param lastOnDemandAt when the table became one without provisioned capacity; the creation counts
 */
public record TableThroughput(
        Capacity capacity,
        Optional<Instant> lastIncreaseAt,
        Optional<Instant> lastDecreaseAt,
        int decreases,
        Optional<Instant> lastOnDemandAt) {
    public TableThroughput {
        if (decreases < 0 || (decreases > 0) != lastDecreaseAt.isPresent()) {
            throw new IllegalArgumentException(decreases + " decreases, the last " + lastDecreaseAt);
        }
    }

    /** Of a table that is made at that time. */
    public static TableThroughput initial(Capacity capacity, Instant createdAt) {
        Optional<Instant> onDemandAt = switch (capacity) {
            case Capacity.OnDemand() -> Optional.of(createdAt);
            case Capacity.Provisioned provisioned -> Optional.empty();
        };
        return new TableThroughput(capacity, Optional.empty(), Optional.empty(), 0, onDemandAt);
    }

    public int decreasesOn(LocalDate utcDay) {
        return lastDecreaseAt.filter(at -> dayOf(at).equals(utcDay)).isPresent() ? decreases : 0;
    }

    /** In UTC. */
    public static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
