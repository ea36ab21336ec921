package io.tidemark.schema.catalog;

/** How much a table may be read and written, as in DynamoDB. */
public sealed interface Capacity {
    /** As much as there is: billing mode PAY_PER_REQUEST. */
    record OnDemand() implements Capacity {}

    /**
     * Billing mode PROVISIONED.
     *
     * @param readUnits strongly consistent reads of 4 KB a second
     * @param writeUnits writes of 1 KB a second
     */
    record Provisioned(long readUnits, long writeUnits) implements Capacity {
        public static final long MAX_UNITS = 1_000_000_000_000L;

        public Provisioned {
            if (readUnits < 1 || readUnits > MAX_UNITS || writeUnits < 1 || writeUnits > MAX_UNITS) {
                throw new IllegalArgumentException("a table has 1 to " + MAX_UNITS + " read and write units, not "
                        + readUnits + " and " + writeUnits);
            }
        }
    }

    Capacity ON_DEMAND = new OnDemand();
}
