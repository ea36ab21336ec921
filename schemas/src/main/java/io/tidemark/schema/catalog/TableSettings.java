package io.tidemark.schema.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * What can be changed about a table.
 *
 * @param deletionProtected whether the table cannot be deleted
 * @param timeToLiveAttribute the attribute that says when an item expires, in seconds since the epoch; empty if items do not
 *     expire
 * @param tableClass empty if nobody gave it one
 */
public record TableSettings(
        TableThroughput throughput,
        boolean deletionProtected,
        Tags tags,
        Optional<String> timeToLiveAttribute,
        Optional<TableClassSetting> tableClass,
        OnDemandLimits onDemandLimits) {
    /** Without a class and limits. */
    public TableSettings(
            TableThroughput throughput, boolean deletionProtected, Tags tags, Optional<String> timeToLiveAttribute) {
        this(throughput, deletionProtected, tags, timeToLiveAttribute, Optional.empty(), OnDemandLimits.NONE);
    }

    /** Of a table that is made at that time with nothing said of its settings. */
    public static TableSettings initial(Instant createdAt) {
        return new TableSettings(
                TableThroughput.initial(Capacity.ON_DEMAND, createdAt), false, Tags.NONE, Optional.empty());
    }

    public TableSettings with(TableThroughput newThroughput) {
        return new TableSettings(
                newThroughput, deletionProtected, tags, timeToLiveAttribute, tableClass, onDemandLimits);
    }

    public TableSettings with(Tags newTags) {
        return new TableSettings(
                throughput, deletionProtected, newTags, timeToLiveAttribute, tableClass, onDemandLimits);
    }

    public TableSettings withDeletionProtected(boolean newDeletionProtected) {
        return new TableSettings(
                throughput, newDeletionProtected, tags, timeToLiveAttribute, tableClass, onDemandLimits);
    }

    public TableSettings withTimeToLive(Optional<String> newAttribute) {
        return new TableSettings(throughput, deletionProtected, tags, newAttribute, tableClass, onDemandLimits);
    }

    public TableSettings withTableClass(Optional<TableClassSetting> newTableClass) {
        return new TableSettings(
                throughput, deletionProtected, tags, timeToLiveAttribute, newTableClass, onDemandLimits);
    }

    public TableSettings with(OnDemandLimits newLimits) {
        return new TableSettings(throughput, deletionProtected, tags, timeToLiveAttribute, tableClass, newLimits);
    }
}
