package io.tidemark.catalog.state;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.catalog.TableClassSetting;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableName;
import io.tidemark.schema.catalog.TableSettings;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.catalog.TableThroughput;
import io.tidemark.schema.key.TableRoute;
import java.util.List;
import java.util.Optional;

/**
 * The rules: one command evaluated against a state. What an older version knew has the same outcomes as it had then; only what a
 * command of a newer one brought into the state changes them.
 */
final class CatalogRules {
    /** A table fed from what it writes would never come to rest. */
    private static final String OWN_TOPICS = "tidemark.";

    /** The state after a command, and its outcome. */
    record Result(CatalogState state, CatalogOutcome outcome) {}

    private CatalogRules() {}

    static Result evaluate(CatalogState state, RequestId requestId, CatalogCommand command) {
        return switch (command) {
            case CatalogCommand.CreateTable create -> create(state, requestId, create);
            case CatalogCommand.ChangeTable change -> change(state, change);
            case CatalogCommand.TableOpened opened -> opened(state, opened.tableId());
            case CatalogCommand.DeleteTable delete -> delete(state, delete.name());
            case CatalogCommand.TableRemoved removed -> removed(state, removed.tableId());
            case CatalogCommand.BindSource bind -> bind(state, bind.spec());
            case CatalogCommand.UnbindSource unbind -> unbind(state, unbind.bindingId());
            case CatalogCommand.Barrier() -> new Result(state, new CatalogOutcome.BarrierReached());
        };
    }

    private static Result create(CatalogState state, RequestId requestId, CatalogCommand.CreateTable create) {
        Optional<CatalogOutcome.Refused> inadmissible = inadmissible(create);
        if (inadmissible.isPresent()) {
            return new Result(state, inadmissible.get());
        }
        Tables tables = state.tableSet();
        Optional<TableEntry> existing = tables.entry(create.name());
        if (existing.isPresent()) {
            return new Result(state, existing(existing.get(), requestId, create));
        }
        if (tables.byName().size() >= CatalogLimits.MAX_TABLES) {
            return refuse(
                    state, Kind.LIMIT_EXCEEDED, "the cluster has " + CatalogLimits.MAX_TABLES + " tables already");
        }
        if (tables.partitionCount() + create.partitions() > CatalogLimits.MAX_PARTITIONS) {
            return refuse(
                    state,
                    Kind.LIMIT_EXCEEDED,
                    "all tables together have at most " + CatalogLimits.MAX_PARTITIONS + " partitions");
        }
        List<ShardId> shards = Placement.choose(tables.partitionsByShard(), create.partitions(), create.shardCount());
        TableRoute route = TableRoute.evenly(new TableId(tables.lastId() + 1), create.keySchema(), shards);
        TableSettings settings = TableSettings.initial(state.logTime())
                .with(TableThroughput.initial(create.capacity(), state.logTime()))
                .withDeletionProtected(create.deletionProtected())
                .with(create.tags())
                .withTableClass(create.tableClass().map(given -> new TableClassSetting(given, Optional.empty())))
                .with(create.onDemandLimits());
        TableDescription table =
                new TableDescription(create.name(), TableStatus.CREATING, state.logTime(), route, settings);
        return new Result(state.with(tables.plus(table, requestId)), new CatalogOutcome.TableIs(table));
    }

    private static Optional<CatalogOutcome.Refused> inadmissible(CatalogCommand.CreateTable create) {
        if (!TableName.isValid(create.name())) {
            return Optional.of(new CatalogOutcome.Refused(Kind.INVALID_REQUEST, TableName.RULE));
        }
        if (create.partitions() < 1 || create.partitions() > CatalogLimits.MAX_PARTITIONS_PER_TABLE) {
            return Optional.of(new CatalogOutcome.Refused(
                    Kind.INVALID_REQUEST,
                    "a table has 1 to " + CatalogLimits.MAX_PARTITIONS_PER_TABLE + " partitions, not "
                            + create.partitions()));
        }
        if (create.shardCount() < 1 || create.shardCount() > CatalogLimits.MAX_SHARDS) {
            return Optional.of(new CatalogOutcome.Refused(
                    Kind.INVALID_REQUEST,
                    "a cluster has 1 to " + CatalogLimits.MAX_SHARDS + " shards, not " + create.shardCount()));
        }
        return Optional.empty();
    }

    /** A repetition that came after its outcome was forgotten finds the table that it made. */
    private static CatalogOutcome existing(
            TableEntry existing, RequestId requestId, CatalogCommand.CreateTable create) {
        TableDescription table = existing.table();
        boolean repetition = existing.createdBy().equals(requestId)
                && table.keySchema().equals(create.keySchema())
                && table.route().partitions().size() == create.partitions();
        if (repetition) {
            return new CatalogOutcome.TableIs(table);
        }
        return table.status() == TableStatus.DELETING
                ? beingDeleted(table.name())
                : new CatalogOutcome.Refused(Kind.TABLE_EXISTS, "table " + table.name() + " exists already");
    }

    private static Result opened(CatalogState state, TableId id) {
        Optional<TableEntry> entry = state.tableSet().entry(id);
        if (entry.isEmpty()) {
            return refuse(state, Kind.TABLE_NOT_FOUND, "there is no table with id " + id);
        }
        TableEntry table = entry.get();
        return switch (table.table().status()) {
            case CREATING -> changed(state, table, TableStatus.ACTIVE);
            case ACTIVE -> new Result(state, new CatalogOutcome.TableIs(table.table()));
            case DELETING -> new Result(state, beingDeleted(table.table().name()));
        };
    }

    private static Result delete(CatalogState state, String name) {
        if (!TableName.isValid(name)) {
            return refuse(state, Kind.INVALID_REQUEST, TableName.RULE);
        }
        Optional<TableEntry> entry = state.tableSet().entry(name);
        if (entry.isEmpty()) {
            return refuse(state, Kind.TABLE_NOT_FOUND, "there is no table " + name);
        }
        TableEntry table = entry.get();
        if (table.table().status() == TableStatus.DELETING) {
            return new Result(state, beingDeleted(name));
        }
        if (table.table().settings().deletionProtected()) {
            return refuse(
                    state,
                    Kind.TABLE_PROTECTED,
                    "table " + name + " is protected against deletion; end its protection first");
        }
        CatalogState unbound =
                state.with(state.bindingSet().minusTable(table.table().id()));
        return changed(unbound, table, TableStatus.DELETING);
    }

    private static Result change(CatalogState state, CatalogCommand.ChangeTable change) {
        String name = change.name();
        if (!TableName.isValid(name)) {
            return refuse(state, Kind.INVALID_REQUEST, TableName.RULE);
        }
        Optional<TableEntry> entry = state.tableSet().entry(name);
        if (entry.isEmpty()) {
            return refuse(state, Kind.TABLE_NOT_FOUND, "there is no table " + name);
        }
        TableDescription table = entry.get().table();
        return switch (table.status()) {
            case CREATING -> refuse(state, Kind.TABLE_CREATING, "table " + name + " is being created");
            case DELETING -> new Result(state, beingDeleted(name));
            case ACTIVE ->
                switch (SettingsRules.change(table.settings(), change.change(), state.logTime())) {
                    case SettingsRules.Admitted admitted -> {
                        TableEntry changed = entry.get().with(admitted.settings());
                        yield new Result(
                                state.with(state.tableSet().with(changed)),
                                new CatalogOutcome.TableIs(changed.table()));
                    }
                    case SettingsRules.Inadmissible inadmissible ->
                        refuse(state, Kind.INVALID_REQUEST, inadmissible.reason());
                };
        };
    }

    private static Result removed(CatalogState state, TableId id) {
        Optional<TableEntry> entry = state.tableSet().entry(id);
        if (entry.isEmpty()) {
            boolean hasBeen = id.value() <= state.tableSet().lastId();
            return hasBeen
                    ? new Result(state, new CatalogOutcome.TableGone(id))
                    : refuse(state, Kind.TABLE_NOT_FOUND, "there has been no table with id " + id);
        }
        TableDescription table = entry.get().table();
        if (table.status() != TableStatus.DELETING) {
            return refuse(
                    state, Kind.TABLE_IN_USE, "table " + table.name() + " is " + table.status() + ": delete it first");
        }
        return new Result(state.with(state.tableSet().minus(table)), new CatalogOutcome.TableGone(id));
    }

    private static Result bind(CatalogState state, BindingSpec spec) {
        if (!TableName.isValid(spec.tableName())) {
            return refuse(state, Kind.INVALID_REQUEST, TableName.RULE);
        }
        if (spec.topic().startsWith(OWN_TOPICS)) {
            return refuse(
                    state,
                    Kind.INVALID_REQUEST,
                    "topics whose names begin with '" + OWN_TOPICS + "' are the cluster's own");
        }
        Optional<TableEntry> entry = state.tableSet().entry(spec.tableName());
        if (entry.isEmpty()) {
            return refuse(state, Kind.TABLE_NOT_FOUND, "there is no table " + spec.tableName());
        }
        TableDescription table = entry.get().table();
        if (table.status() == TableStatus.DELETING) {
            return new Result(state, beingDeleted(table.name()));
        }
        if (spec.key() instanceof SourceKey.Fields fields
                && fields.sort().isPresent() != table.keySchema().sortKey().isPresent()) {
            return refuse(
                    state,
                    Kind.INVALID_REQUEST,
                    "a field for the sort key must be named if and only if the table has one: table " + table.name());
        }
        Bindings bindings = state.bindingSet();
        Optional<BindingDescription> existing = bindings.find(spec.topic(), table.id());
        if (existing.isPresent()) {
            return refuse(
                    state,
                    Kind.BINDING_EXISTS,
                    "topic " + spec.topic() + " is bound to table " + table.name() + " by binding "
                            + existing.get().id());
        }
        if (bindings.byId().size() >= CatalogLimits.MAX_BINDINGS) {
            return refuse(
                    state, Kind.LIMIT_EXCEEDED, "the cluster has " + CatalogLimits.MAX_BINDINGS + " bindings already");
        }
        BindingDescription binding = new BindingDescription(bindings.lastId() + 1, spec, table.id(), state.logTime());
        return new Result(state.with(bindings.plus(binding)), new CatalogOutcome.Bound(binding));
    }

    private static Result unbind(CatalogState state, int bindingId) {
        Optional<BindingDescription> binding = state.binding(bindingId);
        return binding.isPresent()
                ? new Result(state.with(state.bindingSet().minus(bindingId)), new CatalogOutcome.Unbound(binding.get()))
                : refuse(state, Kind.BINDING_NOT_FOUND, "there is no binding " + bindingId);
    }

    private static Result changed(CatalogState state, TableEntry entry, TableStatus status) {
        return new Result(
                state.with(state.tableSet().withStatus(entry, status)),
                new CatalogOutcome.TableIs(entry.table().withStatus(status)));
    }

    private static CatalogOutcome.Refused beingDeleted(String name) {
        return new CatalogOutcome.Refused(Kind.TABLE_IN_USE, "table " + name + " is being deleted");
    }

    private static Result refuse(CatalogState state, Kind kind, String message) {
        return new Result(state, new CatalogOutcome.Refused(kind, message));
    }
}
