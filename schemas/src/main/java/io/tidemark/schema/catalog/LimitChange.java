package io.tidemark.schema.catalog;

/** What becomes of one of the {@link OnDemandLimits}. */
public sealed interface LimitChange {
    LimitChange KEEP = new Keep();
    LimitChange REMOVE = new Remove();

    record Keep() implements LimitChange {}

    record Remove() implements LimitChange {}

    /** @param units 1 to {@link Capacity.Provisioned#MAX_UNITS} */
    record Replace(long units) implements LimitChange {
        public Replace {
            if (units < 1 || units > Capacity.Provisioned.MAX_UNITS) {
                throw new IllegalArgumentException(
                        "a limit is 1 to " + Capacity.Provisioned.MAX_UNITS + " units, not " + units);
            }
        }
    }
}
