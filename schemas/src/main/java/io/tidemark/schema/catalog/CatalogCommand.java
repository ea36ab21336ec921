package io.tidemark.schema.catalog;

import io.tidemark.schema.TableId;
import io.tidemark.schema.key.KeySchema;
import java.util.Optional;

/** What a record of the catalog's log asks for. It carries everything that evaluating it needs. */
public sealed interface CatalogCommand {

    /**
     * Makes a table and places its partitions. Whether the name and the counts are admissible is decided when it is applied.
     *
     * @param shardCount shards that partitions can be placed on: 0 to {@code shardCount - 1}
     */
    record CreateTable(
            String name,
            KeySchema keySchema,
            int partitions,
            int shardCount,
            Capacity capacity,
            boolean deletionProtected,
            Tags tags,
            Optional<TableClass> tableClass,
            OnDemandLimits onDemandLimits)
            implements CatalogCommand {
        public CreateTable {
            if (!onDemandLimits.equals(OnDemandLimits.NONE) && !capacity.equals(Capacity.ON_DEMAND)) {
                throw new IllegalArgumentException("a table with provisioned capacity has no limits");
            }
        }

        /** Without a class and limits. */
        public CreateTable(
                String name,
                KeySchema keySchema,
                int partitions,
                int shardCount,
                Capacity capacity,
                boolean deletionProtected,
                Tags tags) {
            this(
                    name,
                    keySchema,
                    partitions,
                    shardCount,
                    capacity,
                    deletionProtected,
                    tags,
                    Optional.empty(),
                    OnDemandLimits.NONE);
        }

        /** Without provisioned capacity, protection and tags. */
        public CreateTable(String name, KeySchema keySchema, int partitions, int shardCount) {
            this(name, keySchema, partitions, shardCount, Capacity.ON_DEMAND, false, Tags.NONE);
        }

        private int oldestVersion() {
            if (tableClass.isPresent() || !onDemandLimits.equals(OnDemandLimits.NONE)) {
                return 3;
            }
            boolean isPlain = capacity.equals(Capacity.ON_DEMAND) && !deletionProtected && tags.equals(Tags.NONE);
            return isPlain ? 1 : 2;
        }
    }

    /** Changes the settings of an active table. */
    record ChangeTable(String name, TableChange change) implements CatalogCommand {}

    /** Every shard of the table has it in its log that it owns its partitions. */
    record TableOpened(TableId tableId) implements CatalogCommand {}

    /** Begins to remove the table, and ends its bindings. */
    record DeleteTable(String name) implements CatalogCommand {}

    /** No shard has an item of the table any more. */
    record TableRemoved(TableId tableId) implements CatalogCommand {}

    record BindSource(BindingSpec spec) implements CatalogCommand {}

    record UnbindSource(int bindingId) implements CatalogCommand {}

    /** Changes nothing, and marks a position that a strongly consistent read waits for. */
    record Barrier() implements CatalogCommand {}

    /**
     * The oldest version of the catalog's rules that knows the command. It is written for that version, so that a build that
     * knows no newer one goes on as long as nobody uses what it does not know.
     */
    default int sinceVersion() {
        return switch (this) {
            case CreateTable create -> create.oldestVersion();
            case ChangeTable change ->
                switch (change.change()) {
                    case TableChange.SetCapacity set -> 2;
                    case TableChange.SetDeletionProtection set -> 2;
                    case TableChange.AddTags add -> 2;
                    case TableChange.RemoveTags remove -> 2;
                    case TableChange.SetTimeToLive set -> 2;
                    case TableChange.SetTableClass set -> 3;
                    case TableChange.SetOnDemandLimits set -> 3;
                };
            case TableOpened opened -> 1;
            case DeleteTable delete -> 1;
            case TableRemoved removed -> 1;
            case BindSource bind -> 1;
            case UnbindSource unbind -> 1;
            case Barrier barrier -> 1;
        };
    }
}
