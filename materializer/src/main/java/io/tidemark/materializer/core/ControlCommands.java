package io.tidemark.materializer.core;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.wire.WalRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates what the control plane asks of a shard. Each command may come again, with another request id too and long after:
 * what is done already is acknowledged and changes nothing.
 */
final class ControlCommands {
    /** The record key's table id of a command that belongs to no table. */
    static final int NO_TABLE = 0;

    /** A purge deletes no further item once those that it deletes add up to this: they are all in memory at once. */
    static final int MAX_PURGED_BYTES = 4 << 20;

    private ControlCommands() {}

    /** Whether the record's key is the table id, 4 bytes big-endian. */
    static boolean isKeyedBy(WalRecord record, int tableId) {
        Bytes key = record.key();
        return key.length() == Integer.BYTES && ByteBuffer.wrap(key.array()).getInt(0) == tableId;
    }

    static Outcome openPartition(
            StateView view, WalRecord record, Command.OpenPartition open, List<Mutation> mutations) {
        TableId tableId = open.tableId();
        if (!isKeyedBy(record, tableId.value())) {
            return Rejections.recordKeyMismatch();
        }
        Optional<TableState> table = view.table(tableId);
        if (table.isEmpty()) {
            mutations.add(
                    new Mutation.PutTable(tableId, new TableState(open.keySchema(), true, List.of(open.range()))));
            return new Outcome.Acknowledged();
        }
        return openRange(table.get(), open, mutations);
    }

    private static Outcome openRange(TableState table, Command.OpenPartition open, List<Mutation> mutations) {
        TableId tableId = open.tableId();
        if (!table.open()) {
            return Rejections.conflict("table " + tableId + " is closed");
        }
        if (!table.keySchema().equals(open.keySchema())) {
            return Rejections.conflict("table " + tableId + " has another key schema");
        }
        for (HashRange range : table.ranges()) {
            if (range.equals(open.range())) {
                return new Outcome.Acknowledged();
            }
            if (range.overlaps(open.range())) {
                return Rejections.conflict(
                        "range " + open.range() + " of table " + tableId + " overlaps " + range + ", which is open");
            }
        }
        if (table.ranges().size() >= TableState.MAX_RANGES) {
            return Rejections.conflict(
                    "table " + tableId + " has " + TableState.MAX_RANGES + " partitions here already");
        }
        List<HashRange> ranges = new ArrayList<>(table.ranges());
        ranges.add(open.range());
        mutations.add(new Mutation.PutTable(tableId, new TableState(table.keySchema(), true, ranges)));
        return new Outcome.Acknowledged();
    }

    static Outcome closeTable(StateView view, WalRecord record, Command.CloseTable close, List<Mutation> mutations) {
        TableId tableId = close.tableId();
        if (!isKeyedBy(record, tableId.value())) {
            return Rejections.recordKeyMismatch();
        }
        Optional<TableState> table = view.table(tableId);
        if (table.isPresent() && table.get().open()) {
            mutations.add(new Mutation.PutTable(
                    tableId,
                    new TableState(table.get().keySchema(), false, table.get().ranges())));
        }
        return new Outcome.Acknowledged();
    }

    static Outcome purgeTable(StateView view, WalRecord record, Command.PurgeTable purge, List<Mutation> mutations) {
        TableId tableId = purge.tableId();
        if (!isKeyedBy(record, tableId.value())) {
            return Rejections.recordKeyMismatch();
        }
        Optional<TableState> table = view.table(tableId);
        if (table.isEmpty()) {
            return new Outcome.Purged(0, false);
        }
        if (table.get().open()) {
            return Rejections.conflict("table " + tableId + " is open; close it before it is purged");
        }
        // One item more than are deleted, to know whether any are left.
        List<KeyedItem> first = view.firstItems(tableId, purge.maxItems() + 1, MAX_PURGED_BYTES);
        boolean more = first.size() > purge.maxItems() || sizeBytes(first) >= MAX_PURGED_BYTES;
        int purged = Math.min(first.size(), purge.maxItems());
        for (KeyedItem item : first.subList(0, purged)) {
            mutations.add(new Mutation.DeleteItem(item.key(), item.item()));
        }
        if (!more) {
            mutations.add(new Mutation.RemoveTable(tableId));
        }
        return new Outcome.Purged(purged, more);
    }

    private static long sizeBytes(List<KeyedItem> items) {
        long bytes = 0;
        for (KeyedItem item : items) {
            bytes += item.item().sizeBytes();
        }
        return bytes;
    }

    static Outcome barrier(WalRecord record) {
        return isKeyedBy(record, NO_TABLE) ? new Outcome.BarrierReached() : Rejections.recordKeyMismatch();
    }
}
