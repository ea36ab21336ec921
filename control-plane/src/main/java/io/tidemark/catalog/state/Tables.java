package io.tidemark.catalog.state;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.key.TableRoute;
import java.util.List;
import java.util.Optional;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Every table that is not gone. Immutable; a change costs O(log tables + partitions of the table).
 *
 * @param byName in the order of the names
 * @param names of the tables, by id
 * @param unsettled tables that are not ACTIVE
 * @param partitionsByShard no entry where there are none
 * @param lastId of all tables that there have ever been; 0 if none
 */
record Tables(
        TreePMap<String, TableEntry> byName,
        TreePMap<TableId, String> names,
        TreePSet<TableId> unsettled,
        TreePMap<ShardId, Integer> partitionsByShard,
        int lastId) {
    static final Tables EMPTY = new Tables(TreePMap.empty(), TreePMap.empty(), TreePSet.empty(), TreePMap.empty(), 0);

    Optional<TableEntry> entry(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<TableEntry> entry(TableId id) {
        return Optional.ofNullable(names.get(id)).map(byName::get);
    }

    int partitionCount() {
        int count = 0;
        for (int partitions : partitionsByShard.values()) {
            count += partitions;
        }
        return count;
    }

    /** @param table its id is the one after {@link #lastId} */
    Tables plus(TableDescription table, RequestId createdBy) {
        TableId id = table.id();
        if (id.value() != lastId + 1 || byName.containsKey(table.name())) {
            throw new IllegalStateException("table " + id + " (" + table.name() + ") cannot follow table " + lastId);
        }
        return new Tables(
                byName.plus(table.name(), new TableEntry(table, createdBy)),
                names.plus(id, table.name()),
                unsettled.plus(id),
                count(table.route(), 1),
                id.value());
    }

    Tables withStatus(TableEntry entry, TableStatus status) {
        TableId id = entry.table().id();
        return new Tables(
                byName.plus(entry.table().name(), entry.withStatus(status)),
                names,
                status == TableStatus.ACTIVE ? unsettled.minus(id) : unsettled.plus(id),
                partitionsByShard,
                lastId);
    }

    /** @param changed takes the place of the table of that name, whose status and partitions it has */
    Tables with(TableEntry changed) {
        return new Tables(byName.plus(changed.table().name(), changed), names, unsettled, partitionsByShard, lastId);
    }

    Tables minus(TableDescription table) {
        return new Tables(
                byName.minus(table.name()),
                names.minus(table.id()),
                unsettled.minus(table.id()),
                count(table.route(), -1),
                lastId);
    }

    /** At most {@code limit} tables after {@code exclusiveStart}; O(limit + log tables). */
    List<TableDescription> page(Optional<String> exclusiveStart, int limit) {
        // NavigableMap.tailMap of a persistent map copies nothing.
        return (exclusiveStart.isPresent() ? byName.tailMap(exclusiveStart.get(), false) : byName)
                .values().stream().limit(limit).map(TableEntry::table).toList();
    }

    private TreePMap<ShardId, Integer> count(TableRoute route, int change) {
        TreePMap<ShardId, Integer> counts = partitionsByShard;
        for (TableRoute.Partition partition : route.partitions()) {
            int count = counts.getOrDefault(partition.shard(), 0) + change;
            counts = count == 0 ? counts.minus(partition.shard()) : counts.plus(partition.shard(), count);
        }
        return counts;
    }
}
