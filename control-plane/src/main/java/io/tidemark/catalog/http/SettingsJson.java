package io.tidemark.catalog.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.LimitChange;
import io.tidemark.schema.catalog.OnDemandLimits;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableClass;
import io.tidemark.schema.catalog.TableClassSetting;
import io.tidemark.schema.catalog.TableSettings;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.catalog.TableThroughput;
import io.tidemark.schema.catalog.Tags;
import java.util.Optional;
import java.util.TreeSet;

/** The settings of tables, and their changes, as JSON. Reads as {@link CatalogJsonReader} does. */
final class SettingsJson {
    static final String CAPACITY = "capacity";
    static final String DELETION_PROTECTED = "deletionProtected";
    private static final String TAGS = "tags";
    private static final String TYPE = "type";
    private static final String TABLE_CLASS = "tableClass";
    private static final String MAX_READ_UNITS = "maxReadUnits";
    private static final String MAX_WRITE_UNITS = "maxWriteUnits";
    private static final String TO_ON_DEMAND = "toOnDemand";
    private static final String ENABLED = "enabled";
    private static final String KEYS = "keys";
    private static final String ATTRIBUTE_NAME = "attributeName";

    private static final String ON_DEMAND = "onDemand";
    private static final String PROVISIONED = "provisioned";

    private static final String SET_CAPACITY = "setCapacity";
    private static final String SET_DELETION_PROTECTION = "setDeletionProtection";
    private static final String ADD_TAGS = "addTags";
    private static final String REMOVE_TAGS = "removeTags";
    private static final String SET_TIME_TO_LIVE = "setTimeToLive";
    private static final String SET_TABLE_CLASS = "setTableClass";
    private static final String SET_ON_DEMAND_LIMITS = "setOnDemandLimits";

    private SettingsJson() {}

    /** What is as it is for a plain table is left out, for older servers. */
    static void write(ObjectNode json, TableSpec spec) {
        if (!spec.capacity().equals(Capacity.ON_DEMAND)) {
            json.set(CAPACITY, write(spec.capacity()));
        }
        if (spec.deletionProtected()) {
            json.put(DELETION_PROTECTED, true);
        }
        if (!spec.tags().equals(Tags.NONE)) {
            json.set(TAGS, write(spec.tags()));
        }
        spec.tableClass().ifPresent(given -> json.put(TABLE_CLASS, given.name()));
        write(json, spec.onDemandLimits());
    }

    static ObjectNode write(TableSettings settings) {
        TableThroughput throughput = settings.throughput();
        ObjectNode json = JsonFields.newObject();
        json.set(CAPACITY, write(throughput.capacity()));
        throughput.lastIncreaseAt().ifPresent(at -> json.put("lastIncreaseAt", at.toString()));
        throughput.lastDecreaseAt().ifPresent(at -> json.put("lastDecreaseAt", at.toString()));
        json.put("decreases", throughput.decreases());
        throughput.lastOnDemandAt().ifPresent(at -> json.put("lastOnDemandAt", at.toString()));
        json.put(DELETION_PROTECTED, settings.deletionProtected());
        json.set(TAGS, write(settings.tags()));
        settings.timeToLiveAttribute().ifPresent(name -> json.put("timeToLiveAttribute", name));
        settings.tableClass().ifPresent(setting -> {
            json.put(TABLE_CLASS, setting.tableClass().name());
            setting.lastChangedAt().ifPresent(at -> json.put("tableClassChangedAt", at.toString()));
        });
        write(json, settings.onDemandLimits());
        return json;
    }

    static TableSettings readSettings(JsonFields json) {
        return new TableSettings(
                new TableThroughput(
                        readCapacity(json.object(CAPACITY), false),
                        json.optionalInstant("lastIncreaseAt"),
                        json.optionalInstant("lastDecreaseAt"),
                        json.integer("decreases"),
                        json.optionalInstant("lastOnDemandAt")),
                json.truth(DELETION_PROTECTED),
                readTags(json),
                json.optionalText("timeToLiveAttribute"),
                readTableClass(json)
                        .map(given -> new TableClassSetting(given, json.optionalInstant("tableClassChangedAt"))),
                readLimits(json));
    }

    static ObjectNode write(TableChange change) {
        ObjectNode json = JsonFields.newObject();
        switch (change) {
            case TableChange.SetCapacity set -> json.put(TYPE, SET_CAPACITY).set(CAPACITY, write(set.capacity()));
            case TableChange.SetDeletionProtection set ->
                json.put(TYPE, SET_DELETION_PROTECTION).put(ENABLED, set.enabled());
            case TableChange.AddTags add -> json.put(TYPE, ADD_TAGS).set(TAGS, write(add.tags()));
            case TableChange.RemoveTags remove -> {
                ArrayNode keys = json.put(TYPE, REMOVE_TAGS).putArray(KEYS);
                remove.keys().forEach(keys::add);
            }
            case TableChange.SetTimeToLive set ->
                json.put(TYPE, SET_TIME_TO_LIVE)
                        .put(ATTRIBUTE_NAME, set.attributeName())
                        .put(ENABLED, set.enabled());
            case TableChange.SetTableClass set ->
                json.put(TYPE, SET_TABLE_CLASS)
                        .put(TABLE_CLASS, set.tableClass().name());
            case TableChange.SetOnDemandLimits set -> {
                json.put(TYPE, SET_ON_DEMAND_LIMITS).put(TO_ON_DEMAND, set.toOnDemand());
                write(json, "read", set.read());
                write(json, "write", set.write());
            }
        }
        return json;
    }

    static TableChange readChange(JsonFields json) {
        TableChange change = switch (json.text(TYPE)) {
            case SET_CAPACITY -> new TableChange.SetCapacity(readCapacity(json.object(CAPACITY), true));
            case SET_DELETION_PROTECTION -> new TableChange.SetDeletionProtection(json.truth(ENABLED));
            case ADD_TAGS -> new TableChange.AddTags(readTags(json));
            case REMOVE_TAGS -> new TableChange.RemoveTags(new TreeSet<>(json.texts(KEYS)));
            case SET_TIME_TO_LIVE -> new TableChange.SetTimeToLive(json.text(ATTRIBUTE_NAME), json.truth(ENABLED));
            case SET_TABLE_CLASS -> new TableChange.SetTableClass(json.oneOf(TABLE_CLASS, TableClass.class));
            case SET_ON_DEMAND_LIMITS ->
                new TableChange.SetOnDemandLimits(
                        readLimitChange(json, "read"), readLimitChange(json, "write"), json.truth(TO_ON_DEMAND));
            default ->
                throw json.invalid(
                        TYPE,
                        "must be one of " + SET_CAPACITY + ", " + SET_DELETION_PROTECTION + ", " + ADD_TAGS + ", "
                                + REMOVE_TAGS + ", " + SET_TIME_TO_LIVE + ", " + SET_TABLE_CLASS + ", "
                                + SET_ON_DEMAND_LIMITS);
        };
        json.requireNoOthers();
        return change;
    }

    static Capacity readCapacity(JsonFields json, boolean strict) {
        Capacity capacity = switch (json.text(TYPE)) {
            case ON_DEMAND -> Capacity.ON_DEMAND;
            case PROVISIONED -> new Capacity.Provisioned(json.longInteger("readUnits"), json.longInteger("writeUnits"));
            default -> throw json.invalid(TYPE, "must be " + ON_DEMAND + " or " + PROVISIONED);
        };
        if (strict) {
            json.requireNoOthers();
        }
        return capacity;
    }

    static Tags readTags(JsonFields json) {
        return new Tags(json.textsByName(TAGS));
    }

    static Optional<TableClass> readTableClass(JsonFields json) {
        return json.optionalText(TABLE_CLASS).map(text -> json.oneOf(TABLE_CLASS, TableClass.class));
    }

    static OnDemandLimits readLimits(JsonFields json) {
        return new OnDemandLimits(json.optionalLong(MAX_READ_UNITS), json.optionalLong(MAX_WRITE_UNITS));
    }

    private static void write(ObjectNode json, OnDemandLimits limits) {
        limits.maxReadUnits().ifPresent(units -> json.put(MAX_READ_UNITS, units));
        limits.maxWriteUnits().ifPresent(units -> json.put(MAX_WRITE_UNITS, units));
    }

    /** A limit that stays is left out; none is 0. */
    private static void write(ObjectNode json, String name, LimitChange change) {
        switch (change) {
            case LimitChange.Keep() -> {}
            case LimitChange.Remove() -> json.put(name, 0);
            case LimitChange.Replace replace -> json.put(name, replace.units());
        }
    }

    private static LimitChange readLimitChange(JsonFields json, String name) {
        return json.optionalLong(name)
                .map(units -> units == 0 ? LimitChange.REMOVE : new LimitChange.Replace(units))
                .orElse(LimitChange.KEEP);
    }

    private static ObjectNode write(Capacity capacity) {
        ObjectNode json = JsonFields.newObject();
        return switch (capacity) {
            case Capacity.OnDemand() -> json.put(TYPE, ON_DEMAND);
            case Capacity.Provisioned provisioned ->
                json.put(TYPE, PROVISIONED)
                        .put("readUnits", provisioned.readUnits())
                        .put("writeUnits", provisioned.writeUnits());
        };
    }

    private static ObjectNode write(Tags tags) {
        ObjectNode json = JsonFields.newObject();
        tags.byKey().forEach(json::put);
        return json;
    }
}
