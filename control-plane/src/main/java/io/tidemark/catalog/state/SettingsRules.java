package io.tidemark.catalog.state;

import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.LimitChange;
import io.tidemark.schema.catalog.OnDemandLimits;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableClassSetting;
import io.tidemark.schema.catalog.TableSettings;
import io.tidemark.schema.catalog.TableThroughput;
import io.tidemark.schema.catalog.Tags;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How a change acts on the settings of a table. The reasons are in the words that DynamoDB has for them. */
final class SettingsRules {
    /** What a change gives. */
    sealed interface Decision {}

    record Admitted(TableSettings settings) implements Decision {}

    record Inadmissible(String reason) implements Decision {}

    private SettingsRules() {}

    /** @param now log time */
    static Decision change(TableSettings settings, TableChange change, Instant now) {
        return switch (change) {
            case TableChange.SetCapacity set -> capacity(settings, set.capacity(), now);
            case TableChange.SetDeletionProtection set -> new Admitted(settings.withDeletionProtected(set.enabled()));
            case TableChange.AddTags add -> add(settings, add.tags());
            case TableChange.RemoveTags remove -> {
                Map<String, String> left = new TreeMap<>(settings.tags().byKey());
                left.keySet().removeAll(remove.keys());
                yield new Admitted(settings.with(new Tags(left)));
            }
            case TableChange.SetTimeToLive set -> timeToLive(settings, set);
            case TableChange.SetTableClass set ->
                new Admitted(settings.withTableClass(
                        Optional.of(new TableClassSetting(set.tableClass(), Optional.of(now)))));
            case TableChange.SetOnDemandLimits set -> limits(settings, set, now);
        };
    }

    private static Decision capacity(TableSettings settings, Capacity wanted, Instant now) {
        TableThroughput before = settings.throughput();
        return switch (wanted) {
            case Capacity.OnDemand() ->
                before.capacity().equals(wanted)
                        ? new Admitted(settings)
                        : new Admitted(settings.with(new TableThroughput(
                                wanted,
                                before.lastIncreaseAt(),
                                before.lastDecreaseAt(),
                                before.decreases(),
                                Optional.of(now))));
            case Capacity.Provisioned provisioned ->
                switch (before.capacity()) {
                    case Capacity.OnDemand() ->
                        new Admitted(settings.with(changed(before, provisioned, now, true, false))
                                .with(OnDemandLimits.NONE));
                    case Capacity.Provisioned old -> provisioned(settings, old, provisioned, now);
                };
        };
    }

    private static Decision provisioned(
            TableSettings settings, Capacity.Provisioned old, Capacity.Provisioned wanted, Instant now) {
        if (old.equals(wanted)) {
            return new Inadmissible(unchanged(wanted));
        }
        boolean increased = wanted.readUnits() > old.readUnits() || wanted.writeUnits() > old.writeUnits();
        boolean decreased = wanted.readUnits() < old.readUnits() || wanted.writeUnits() < old.writeUnits();
        return new Admitted(settings.with(changed(settings.throughput(), wanted, now, increased, decreased)));
    }

    /** Reads and writes that are decreased together are one decrease. */
    private static TableThroughput changed(
            TableThroughput before, Capacity.Provisioned after, Instant now, boolean increased, boolean decreased) {
        return new TableThroughput(
                after,
                increased ? Optional.of(now) : before.lastIncreaseAt(),
                decreased ? Optional.of(now) : before.lastDecreaseAt(),
                decreased ? before.decreasesOn(TableThroughput.dayOf(now)) + 1 : before.decreases(),
                before.lastOnDemandAt());
    }

    private static String unchanged(Capacity.Provisioned same) {
        return "The provisioned throughput for the table will not change. The requested value equals the current value. "
                + "Current ReadCapacityUnits provisioned for the table: " + same.readUnits()
                + ". Requested ReadCapacityUnits: " + same.readUnits()
                + ". Current WriteCapacityUnits provisioned for the table: " + same.writeUnits()
                + ". Requested WriteCapacityUnits: " + same.writeUnits()
                + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";
    }

    private static Decision limits(TableSettings settings, TableChange.SetOnDemandLimits set, Instant now) {
        OnDemandLimits before = settings.onDemandLimits();
        OnDemandLimits after = new OnDemandLimits(
                changed(before.maxReadUnits(), set.read()), changed(before.maxWriteUnits(), set.write()));
        if (settings.throughput().capacity().equals(Capacity.ON_DEMAND)) {
            return new Admitted(settings.with(after));
        }
        if (!set.toOnDemand()) {
            String member = set.read().equals(LimitChange.KEEP) ? "MaxWriteRequestUnits" : "MaxReadRequestUnits";
            return new Inadmissible("One or more parameter values were invalid: " + member
                    + " for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED");
        }
        return switch (capacity(settings, Capacity.ON_DEMAND, now)) {
            case Admitted onDemand -> new Admitted(onDemand.settings().with(after));
            case Inadmissible inadmissible -> inadmissible;
        };
    }

    private static Optional<Long> changed(Optional<Long> limit, LimitChange change) {
        return switch (change) {
            case LimitChange.Keep() -> limit;
            case LimitChange.Remove() -> Optional.empty();
            case LimitChange.Replace replace -> Optional.of(replace.units());
        };
    }

    private static Decision add(TableSettings settings, Tags added) {
        Map<String, String> all = new TreeMap<>(settings.tags().byKey());
        all.putAll(added.byKey());
        return all.size() > Tags.MAX_COUNT
                ? new Inadmissible("Number of Tags exceed the current limit for the provided ResourceArn")
                : new Admitted(settings.with(new Tags(all)));
    }

    private static Decision timeToLive(TableSettings settings, TableChange.SetTimeToLive set) {
        Optional<String> current = settings.timeToLiveAttribute();
        if (current.isEmpty()) {
            return set.enabled()
                    ? new Admitted(settings.withTimeToLive(Optional.of(set.attributeName())))
                    : new Inadmissible("TimeToLive is already disabled");
        }
        if (!current.get().equals(set.attributeName())) {
            return new Inadmissible(
                    "TimeToLive is active on a different AttributeName: current AttributeName is " + current.get());
        }
        return set.enabled()
                ? new Inadmissible("TimeToLive is already enabled")
                : new Admitted(settings.withTimeToLive(Optional.empty()));
    }
}
