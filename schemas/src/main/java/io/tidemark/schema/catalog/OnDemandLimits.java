package io.tidemark.schema.catalog;

import java.util.Optional;

/**
 * The most that a table without provisioned capacity shall be used, in units of {@link Capacity.Provisioned}. Kept and told, as
 * provisioned capacity is; nobody is held to it.
 *
 * @param maxReadUnits empty for no limit
 * @param maxWriteUnits empty for no limit
 */
public record OnDemandLimits(Optional<Long> maxReadUnits, Optional<Long> maxWriteUnits) {
    public static final OnDemandLimits NONE = new OnDemandLimits(Optional.empty(), Optional.empty());

    public OnDemandLimits {
        requireInRange(maxReadUnits);
        requireInRange(maxWriteUnits);
    }

    private static void requireInRange(Optional<Long> units) {
        if (units.isPresent() && (units.get() < 1 || units.get() > Capacity.Provisioned.MAX_UNITS)) {
            throw new IllegalArgumentException(
                    "a limit is 1 to " + Capacity.Provisioned.MAX_UNITS + " units, not " + units.get());
        }
    }
}
