package io.tidemark.catalog.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.catalog.LimitChange;
import io.tidemark.schema.catalog.OnDemandLimits;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableClass;
import io.tidemark.schema.catalog.TableClassSetting;
import io.tidemark.schema.catalog.TableSettings;
import io.tidemark.schema.catalog.TableThroughput;
import io.tidemark.schema.catalog.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TableSettingsTest {
    private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

    private final CatalogRecords catalog = new CatalogRecords();

    @Test
    void aTableOfWhichNothingIsSaidHasNoProvisionedCapacity() {
        catalog.tell(CatalogRecords.createTable("pages"));
        assertThat(settings()).isEqualTo(TableSettings.initial(START));
        assertThat(settings().throughput().lastOnDemandAt()).contains(START);
    }

    @Test
    void aTableIsMadeWithItsSettings() {
        Tags tags = new Tags(Map.of("team", "wiki"));
        catalog.tell(new CatalogCommand.CreateTable(
                "pages", CatalogRecords.KEYS, 1, 1, new Capacity.Provisioned(5, 6), true, tags));
        assertThat(settings())
                .isEqualTo(new TableSettings(
                        new TableThroughput(
                                new Capacity.Provisioned(5, 6),
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                Optional.empty()),
                        true,
                        tags,
                        Optional.empty()));
    }

    @Test
    void onlyAnActiveTableIsChanged() {
        TableChange change = new TableChange.SetDeletionProtection(true);
        refused(change, Kind.TABLE_NOT_FOUND);
        catalog.tell(CatalogRecords.createTable("pages"));
        refused(change, Kind.TABLE_CREATING);
        catalog.tell(new CatalogCommand.TableOpened(new TableId(1)));
        changed(change);
        changed(new TableChange.SetDeletionProtection(false));
        catalog.tell(new CatalogCommand.DeleteTable("pages"));
        refused(change, Kind.TABLE_IN_USE);
    }

    @Test
    void aProtectedTableIsNotDeleted() {
        active();
        changed(new TableChange.SetDeletionProtection(true));
        CatalogOutcome outcome = catalog.tell(new CatalogCommand.DeleteTable("pages"));
        assertThat(((CatalogOutcome.Refused) outcome).kind()).isEqualTo(Kind.TABLE_PROTECTED);
        changed(new TableChange.SetDeletionProtection(false));
        assertThat(catalog.tell(new CatalogCommand.DeleteTable("pages"))).isInstanceOf(CatalogOutcome.TableIs.class);
    }

    @Test
    void increasesAndDecreasesAreKeptApart() {
        active();
        changed(capacity(5, 5));
        assertThat(settings().throughput().lastIncreaseAt()).contains(START);
        assertThat(settings().throughput().lastDecreaseAt()).isEmpty();
        catalog.advanceMs(1_000);
        changed(capacity(9, 1));
        TableThroughput throughput = settings().throughput();
        assertThat(throughput.lastIncreaseAt()).contains(START.plusSeconds(1));
        assertThat(throughput.lastDecreaseAt()).contains(START.plusSeconds(1));
        assertThat(throughput.decreases()).isEqualTo(1);
        catalog.advanceMs(1_000);
        changed(capacity(8, 1));
        assertThat(settings().throughput().lastIncreaseAt()).contains(START.plusSeconds(1));
        assertThat(settings().throughput().decreases()).isEqualTo(2);
    }

    @Test
    void decreasesAreCountedByDay() {
        active();
        changed(capacity(5, 5));
        changed(capacity(4, 4));
        changed(capacity(3, 4));
        Instant first = catalog.state().logTime();
        catalog.advanceMs(Duration.ofDays(1).toMillis());
        changed(capacity(2, 4));
        TableThroughput throughput = settings().throughput();
        assertThat(throughput.decreases()).isEqualTo(1);
        assertThat(throughput.decreasesOn(TableThroughput.dayOf(first.plus(Duration.ofDays(1)))))
                .isEqualTo(1);
        assertThat(throughput.decreasesOn(TableThroughput.dayOf(first.plus(Duration.ofDays(2)))))
                .isZero();
    }

    @Test
    void theSameCapacityAgainIsRefusedInDynamoDbsWords() {
        active();
        changed(capacity(5, 6));
        assertThat(refused(capacity(5, 6), Kind.INVALID_REQUEST))
                .isEqualTo("The provisioned throughput for the table will not change. The requested value equals the"
                        + " current value. Current ReadCapacityUnits provisioned for the table: 5. Requested"
                        + " ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 6. Requested"
                        + " WriteCapacityUnits: 6. Refer to the Amazon DynamoDB Developer Guide for current limits and"
                        + " how to request higher limits.");
    }

    @Test
    void onDemandAgainChangesNothing() {
        active();
        changed(new TableChange.SetCapacity(Capacity.ON_DEMAND));
        assertThat(settings()).isEqualTo(TableSettings.initial(START));
        changed(capacity(1, 1));
        catalog.advanceMs(1_000);
        changed(new TableChange.SetCapacity(Capacity.ON_DEMAND));
        assertThat(settings().throughput().lastOnDemandAt()).contains(START.plusSeconds(1));
    }

    @Test
    void aTagTakesThePlaceOfTheOneWithItsKey() {
        active();
        changed(new TableChange.AddTags(new Tags(Map.of("a", "1", "b", "2"))));
        changed(new TableChange.AddTags(new Tags(Map.of("b", "3", "c", "4"))));
        assertThat(settings().tags()).isEqualTo(new Tags(Map.of("a", "1", "b", "3", "c", "4")));
        changed(new TableChange.RemoveTags(new TreeSet<>(Set.of("a", "not there"))));
        assertThat(settings().tags()).isEqualTo(new Tags(Map.of("b", "3", "c", "4")));
    }

    @Test
    void aTableHasFiftyTagsAtMost() {
        active();
        Map<String, String> fifty = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            fifty.put("key-" + i, "value");
        }
        changed(new TableChange.AddTags(new Tags(fifty)));
        changed(new TableChange.AddTags(new Tags(Map.of("key-7", "another"))));
        assertThat(refused(new TableChange.AddTags(new Tags(Map.of("one", "more"))), Kind.INVALID_REQUEST))
                .isEqualTo("Number of Tags exceed the current limit for the provided ResourceArn");
        assertThat(settings().tags().byKey()).hasSize(50).containsEntry("key-7", "another");
    }

    @Test
    void timeToLiveIsOnOneAttributeAtATime() {
        active();
        assertThat(refused(new TableChange.SetTimeToLive("expires", false), Kind.INVALID_REQUEST))
                .isEqualTo("TimeToLive is already disabled");
        changed(new TableChange.SetTimeToLive("expires", true));
        assertThat(settings().timeToLiveAttribute()).contains("expires");
        assertThat(refused(new TableChange.SetTimeToLive("expires", true), Kind.INVALID_REQUEST))
                .isEqualTo("TimeToLive is already enabled");
        for (boolean enabled : new boolean[] {true, false}) {
            assertThat(refused(new TableChange.SetTimeToLive("other", enabled), Kind.INVALID_REQUEST))
                    .isEqualTo("TimeToLive is active on a different AttributeName: current AttributeName is expires");
        }
        changed(new TableChange.SetTimeToLive("expires", false));
        assertThat(settings().timeToLiveAttribute()).isEmpty();
    }

    @Test
    void theClassOfATableIsKeptWithTheTimeOfItsLastChange() {
        active();
        assertThat(settings().tableClass()).isEmpty();
        catalog.advanceMs(1_000);
        changed(new TableChange.SetTableClass(TableClass.STANDARD_INFREQUENT_ACCESS));
        assertThat(settings().tableClass())
                .contains(new TableClassSetting(
                        TableClass.STANDARD_INFREQUENT_ACCESS, Optional.of(START.plusSeconds(1))));
    }

    @Test
    void limitsAreMergedAndEndWithProvisionedCapacity() {
        active();
        changed(limits(new LimitChange.Replace(5), LimitChange.KEEP, false));
        changed(limits(LimitChange.KEEP, new LimitChange.Replace(6), false));
        assertThat(settings().onDemandLimits()).isEqualTo(new OnDemandLimits(Optional.of(5L), Optional.of(6L)));
        changed(limits(LimitChange.REMOVE, LimitChange.KEEP, true));
        assertThat(settings().onDemandLimits()).isEqualTo(new OnDemandLimits(Optional.empty(), Optional.of(6L)));
        changed(capacity(1, 1));
        assertThat(settings().onDemandLimits()).isEqualTo(OnDemandLimits.NONE);
        changed(new TableChange.SetCapacity(Capacity.ON_DEMAND));
        assertThat(settings().onDemandLimits()).isEqualTo(OnDemandLimits.NONE);
    }

    @Test
    void provisionedCapacityHasNoLimitsUnlessItEndsWithThem() {
        active();
        changed(capacity(1, 1));
        assertThat(refused(limits(LimitChange.KEEP, LimitChange.REMOVE, false), Kind.INVALID_REQUEST))
                .isEqualTo("One or more parameter values were invalid: MaxWriteRequestUnits for OnDemandThroughput"
                        + " cannot be specified when the table BillingMode is PROVISIONED");
        catalog.advanceMs(1_000);
        changed(limits(new LimitChange.Replace(5), LimitChange.KEEP, true));
        assertThat(settings().throughput().capacity()).isEqualTo(Capacity.ON_DEMAND);
        assertThat(settings().throughput().lastOnDemandAt()).contains(START.plusSeconds(1));
        assertThat(settings().onDemandLimits().maxReadUnits()).contains(5L);
    }

    private static TableChange limits(LimitChange read, LimitChange write, boolean toOnDemand) {
        return new TableChange.SetOnDemandLimits(read, write, toOnDemand);
    }

    @Test
    void aRepeatedChangeTakesEffectOnce() {
        active();
        RequestId id = new RequestId(5, 5);
        CatalogCommand enable = new CatalogCommand.ChangeTable("pages", new TableChange.SetTimeToLive("expires", true));
        CatalogOutcome first = catalog.tell(id, enable);
        assertThat(first).isInstanceOf(CatalogOutcome.TableIs.class);
        assertThat(catalog.tell(id, enable)).isEqualTo(first);
    }

    private void active() {
        catalog.tell(CatalogRecords.createTable("pages"));
        catalog.tell(new CatalogCommand.TableOpened(new TableId(1)));
    }

    private static TableChange capacity(long readUnits, long writeUnits) {
        return new TableChange.SetCapacity(new Capacity.Provisioned(readUnits, writeUnits));
    }

    private void changed(TableChange change) {
        CatalogOutcome outcome = catalog.tell(new CatalogCommand.ChangeTable("pages", change));
        assertThat(outcome)
                .isEqualTo(new CatalogOutcome.TableIs(
                        catalog.state().table("pages").orElseThrow()));
    }

    private String refused(TableChange change, Kind kind) {
        CatalogState before = catalog.state();
        CatalogOutcome outcome = catalog.tell(new CatalogCommand.ChangeTable("pages", change));
        assertThat(outcome).isInstanceOf(CatalogOutcome.Refused.class);
        CatalogOutcome.Refused refused = (CatalogOutcome.Refused) outcome;
        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(catalog.state().table("pages")).isEqualTo(before.table("pages"));
        return refused.message();
    }

    private TableSettings settings() {
        return catalog.state().table("pages").orElseThrow().settings();
    }
}
