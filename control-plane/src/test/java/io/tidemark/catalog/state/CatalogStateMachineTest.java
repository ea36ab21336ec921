package io.tidemark.catalog.state;

import static io.tidemark.catalog.state.CatalogRecords.KEYS;
import static io.tidemark.catalog.state.CatalogRecords.SORTED_KEYS;
import static io.tidemark.catalog.state.CatalogRecords.createTable;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalPayload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogStateMachineTest {
    private static final RequestId ID = new RequestId(99, 1);
    private static final BindingSpec BINDING =
            new BindingSpec("wiki.edits", "pages", SourceFormat.JSON, SourceKey.RECORD_KEY);

    private final CatalogRecords catalog = new CatalogRecords();

    @Test
    void aCreatedTableSplitsItsHashesEvenlyOverTheShards() {
        TableDescription table = created(catalog.tell(createTable("pages")));
        assertThat(table.name()).isEqualTo("pages");
        assertThat(table.id()).isEqualTo(new TableId(1));
        assertThat(table.status()).isEqualTo(TableStatus.CREATING);
        assertThat(table.createdAt()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
        assertThat(table.route().partitions())
                .containsExactly(
                        new TableRoute.Partition(HashRange.ALL.part(0, 3), new ShardId(0)),
                        new TableRoute.Partition(HashRange.ALL.part(1, 3), new ShardId(1)),
                        new TableRoute.Partition(HashRange.ALL.part(2, 3), new ShardId(2)));
        assertThat(catalog.state().table("pages")).contains(table);
        assertThat(catalog.state().table(new TableId(1))).contains(table);
        assertThat(catalog.state().unsettledTables()).containsExactly(table);
    }

    @Test
    void aTableGoesFromCreatingOverActiveAndDeletingToNothing() {
        TableId id = created(catalog.tell(createTable("pages"))).id();
        assertThat(created(catalog.tell(new CatalogCommand.TableOpened(id))).status())
                .isEqualTo(TableStatus.ACTIVE);
        assertThat(catalog.state().unsettledTables()).isEmpty();
        assertThat(created(catalog.tell(new CatalogCommand.DeleteTable("pages")))
                        .status())
                .isEqualTo(TableStatus.DELETING);
        assertThat(catalog.state().unsettledTables()).hasSize(1);
        assertThat(catalog.tell(new CatalogCommand.TableRemoved(id))).isEqualTo(new CatalogOutcome.TableGone(id));
        assertThat(catalog.state().table("pages")).isEmpty();
        assertThat(catalog.state().table(id)).isEmpty();
        assertThat(catalog.state().unsettledTables()).isEmpty();
        assertThat(catalog.state().partitionsByShard()).isEmpty();
    }

    @Test
    void openingAndRemovingTwiceChangesNothing() {
        TableId id = created(catalog.tell(createTable("pages"))).id();
        CatalogOutcome opened = catalog.tell(new CatalogCommand.TableOpened(id));
        assertThat(catalog.tell(new CatalogCommand.TableOpened(id))).isEqualTo(opened);
        catalog.tell(new CatalogCommand.DeleteTable("pages"));
        refused(catalog.tell(new CatalogCommand.TableOpened(id)), Kind.TABLE_IN_USE);
        CatalogOutcome removed = catalog.tell(new CatalogCommand.TableRemoved(id));
        assertThat(catalog.tell(new CatalogCommand.TableRemoved(id))).isEqualTo(removed);
        refused(catalog.tell(new CatalogCommand.TableOpened(id)), Kind.TABLE_NOT_FOUND);
    }

    @Test
    void onlyATableThatIsBeingDeletedCanBeRemoved() {
        TableId id = created(catalog.tell(createTable("pages"))).id();
        refused(catalog.tell(new CatalogCommand.TableRemoved(id)), Kind.TABLE_IN_USE);
        catalog.tell(new CatalogCommand.TableOpened(id));
        refused(catalog.tell(new CatalogCommand.TableRemoved(id)), Kind.TABLE_IN_USE);
        refused(catalog.tell(new CatalogCommand.TableRemoved(new TableId(2))), Kind.TABLE_NOT_FOUND);
        assertThat(catalog.state().table(id)).isPresent();
    }

    @Test
    void aTableIdIsNeverUsedAgain() {
        TableId first = created(catalog.tell(createTable("pages"))).id();
        catalog.tell(new CatalogCommand.DeleteTable("pages"));
        catalog.tell(new CatalogCommand.TableRemoved(first));
        assertThat(created(catalog.tell(createTable("pages"))).id()).isEqualTo(new TableId(2));
    }

    @Test
    void aRepeatedRequestHasItsFirstOutcomeAndNoOtherEffect() {
        CatalogOutcome first = catalog.tell(ID, createTable("pages"));
        catalog.tell(new CatalogCommand.TableOpened(new TableId(1)));
        CatalogState before = catalog.state();
        assertThat(catalog.tell(ID, createTable("pages"))).isEqualTo(first);
        assertThat(catalog.state()).isEqualTo(before);
    }

    @Test
    void aCreationRepeatedAfterItWasForgottenFindsItsTable() {
        TableId id = created(catalog.tell(ID, createTable("pages"))).id();
        catalog.tell(new CatalogCommand.TableOpened(id));
        catalog.advanceMs(CatalogLimits.REMEMBERED_MS + 1);
        catalog.tell(createTable("others"));
        TableDescription again = created(catalog.tell(ID, createTable("pages")));
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.status()).isEqualTo(TableStatus.ACTIVE);
    }

    @Test
    void aDeletionRepeatedDoesNotDeleteTheNextTableOfThatName() {
        TableId first = created(catalog.tell(createTable("pages"))).id();
        catalog.tell(ID, new CatalogCommand.DeleteTable("pages"));
        catalog.tell(new CatalogCommand.TableRemoved(first));
        catalog.tell(createTable("pages"));
        catalog.tell(ID, new CatalogCommand.DeleteTable("pages"));
        assertThat(catalog.state().table("pages").orElseThrow().status()).isEqualTo(TableStatus.CREATING);
    }

    @Test
    void aRequestIdThatWasUsedForAnotherRequestIsRefused() {
        catalog.tell(ID, createTable("pages"));
        refused(catalog.tell(ID, createTable("others")), Kind.REQUEST_ID_REUSED);
        refused(catalog.tell(ID, new CatalogCommand.DeleteTable("pages")), Kind.REQUEST_ID_REUSED);
        assertThat(catalog.state().tableCount()).isEqualTo(1);
    }

    @Test
    void requestsAreRememberedInBoundedNumber() {
        for (int i = 0; i < CatalogLimits.MAX_REMEMBERED_REQUESTS + 100; i++) {
            catalog.tell(new CatalogCommand.DeleteTable("missing"));
        }
        assertThat(catalog.state().requests().byId()).hasSize(CatalogLimits.MAX_REMEMBERED_REQUESTS);
        assertThat(catalog.state().requests().inOrder()).hasSize(CatalogLimits.MAX_REMEMBERED_REQUESTS);
    }

    @Test
    void anExistingNameIsRefusedWhateverTheKeys() {
        catalog.tell(createTable("pages"));
        refused(catalog.tell(createTable("pages")), Kind.TABLE_EXISTS);
        refused(catalog.tell(new CatalogCommand.CreateTable("pages", SORTED_KEYS, 3, 3)), Kind.TABLE_EXISTS);
        catalog.tell(new CatalogCommand.DeleteTable("pages"));
        refused(catalog.tell(createTable("pages")), Kind.TABLE_IN_USE);
    }

    @Test
    void inadmissibleTablesAreRefused() {
        for (String name : List.of("ab", "", "with space", "ünïcode", "a/b", "x".repeat(256))) {
            refused(catalog.tell(createTable(name)), Kind.INVALID_REQUEST);
        }
        for (int partitions : new int[] {-1, 0, CatalogLimits.MAX_PARTITIONS_PER_TABLE + 1}) {
            refused(catalog.tell(new CatalogCommand.CreateTable("pages", KEYS, partitions, 3)), Kind.INVALID_REQUEST);
        }
        for (int shards : new int[] {-1, 0, CatalogLimits.MAX_SHARDS + 1}) {
            refused(catalog.tell(new CatalogCommand.CreateTable("pages", KEYS, 1, shards)), Kind.INVALID_REQUEST);
        }
        assertThat(catalog.state().tableCount()).isZero();
        created(catalog.tell(createTable("x".repeat(255))));
        created(catalog.tell(createTable("a.b-C_9")));
    }

    @Test
    void thereIsALimitOnTables() {
        for (int i = 0; i < CatalogLimits.MAX_TABLES; i++) {
            created(catalog.tell(new CatalogCommand.CreateTable("table-" + i, KEYS, 1, 12)));
        }
        refused(catalog.tell(createTable("one-more")), Kind.LIMIT_EXCEEDED);
        assertThat(catalog.state().tableCount()).isEqualTo(CatalogLimits.MAX_TABLES);
        assertThat(catalog.state().partitionCount()).isEqualTo(CatalogLimits.MAX_TABLES);
    }

    @Test
    void partitionsGoToTheShardsThatHaveTheFewest() {
        catalog.tell(new CatalogCommand.CreateTable("one", KEYS, 1, 3));
        catalog.tell(new CatalogCommand.CreateTable("two", KEYS, 1, 3));
        TableDescription four = created(catalog.tell(new CatalogCommand.CreateTable("four", KEYS, 4, 3)));
        assertThat(four.route().partitions())
                .extracting(partition -> partition.shard().value())
                .containsExactly(2, 0, 1, 2);
        assertThat(catalog.state().partitionsByShard())
                .isEqualTo(Map.of(new ShardId(0), 2, new ShardId(1), 2, new ShardId(2), 2));
    }

    @Test
    void tablesAreListedByNameInPages() {
        for (String name : List.of("beta", "alpha", "delta", "gamma", "Zeta")) {
            catalog.tell(createTable(name));
        }
        assertThat(names(Optional.empty(), 2)).containsExactly("Zeta", "alpha");
        assertThat(names(Optional.of("alpha"), 2)).containsExactly("beta", "delta");
        assertThat(names(Optional.of("delta"), 2)).containsExactly("gamma");
        assertThat(names(Optional.of("gamma"), 2)).isEmpty();
        assertThat(names(Optional.of("between"), 1)).containsExactly("delta");
    }

    @Test
    void aSourceIsBoundOnceAndKeepsItsId() {
        catalog.tell(createTable("pages"));
        CatalogOutcome bound = catalog.tell(ID, new CatalogCommand.BindSource(BINDING));
        assertThat(bound).isInstanceOf(CatalogOutcome.Bound.class);
        assertThat(catalog.tell(ID, new CatalogCommand.BindSource(BINDING))).isEqualTo(bound);
        refused(catalog.tell(new CatalogCommand.BindSource(BINDING)), Kind.BINDING_EXISTS);
        assertThat(catalog.state().bindings()).hasSize(1);
        assertThat(catalog.tell(new CatalogCommand.UnbindSource(1))).isInstanceOf(CatalogOutcome.Unbound.class);
        refused(catalog.tell(new CatalogCommand.UnbindSource(1)), Kind.BINDING_NOT_FOUND);
        CatalogOutcome again = catalog.tell(new CatalogCommand.BindSource(BINDING));
        assertThat(((CatalogOutcome.Bound) again).binding().id()).isEqualTo(2);
    }

    @Test
    void aBindingNeedsATableAndFieldsForItsKeys() {
        refused(catalog.tell(new CatalogCommand.BindSource(BINDING)), Kind.TABLE_NOT_FOUND);
        catalog.tell(createTable("pages"));
        refused(
                catalog.tell(new CatalogCommand.BindSource(new BindingSpec(
                        "wiki.edits", "pages", SourceFormat.JSON, new SourceKey.Fields("page", Optional.of("time"))))),
                Kind.INVALID_REQUEST);
        refused(
                catalog.tell(new CatalogCommand.BindSource(
                        new BindingSpec("tidemark.wal", "pages", SourceFormat.JSON, SourceKey.RECORD_KEY))),
                Kind.INVALID_REQUEST);
        catalog.tell(new CatalogCommand.DeleteTable("pages"));
        refused(catalog.tell(new CatalogCommand.BindSource(BINDING)), Kind.TABLE_IN_USE);
    }

    @Test
    void theBindingsOfATableEndWithIt() {
        catalog.tell(createTable("pages"));
        catalog.tell(createTable("others"));
        catalog.tell(new CatalogCommand.BindSource(BINDING));
        catalog.tell(new CatalogCommand.BindSource(
                new BindingSpec("wiki.edits", "others", SourceFormat.JSON, SourceKey.RECORD_KEY)));
        catalog.tell(new CatalogCommand.DeleteTable("pages"));
        assertThat(catalog.state().bindings())
                .extracting(binding -> binding.spec().tableName())
                .containsExactly("others");
    }

    @Test
    void foreignRecordsAreCountedAndSkipped() {
        catalog.tell(createTable("pages"));
        CatalogStep step = catalog.apply(
                catalog.record(new WalPayload(Bytes.wrap(new byte[] {1}), Bytes.wrap(new byte[] {2}), List.of())));
        assertThat(step).isInstanceOf(CatalogStep.Skipped.class);
        assertThat(catalog.state().skippedRecords()).isEqualTo(1);
        assertThat(catalog.state().tableCount()).isEqualTo(1);
        created(catalog.tell(createTable("others")));
    }

    @Test
    void newerSemanticsStopTheCatalog() {
        int version = CatalogEnvelope.CURRENT_VERSION + 1;
        WalPayload newer = new WalPayload(
                Bytes.wrap(new byte[] {1}),
                Bytes.wrap(new byte[] {2}),
                List.of(new RecordHeader(RecordHeader.SEMANTICS, Bytes.wrap(new byte[] {0, 0, 0, (byte) version}))));
        assertThat(catalog.apply(catalog.record(newer))).isEqualTo(new CatalogStep.TooNew(version));
        CatalogEnvelope envelope = new CatalogEnvelope(version, ID, new CatalogCommand.Barrier());
        assertThat(catalog.apply(catalog.record(envelope))).isEqualTo(new CatalogStep.TooNew(version));
    }

    @Test
    void logTimeDoesNotStepBack() {
        catalog.tell(createTable("pages"));
        Instant before = catalog.state().logTime();
        catalog.advanceMs(-60_000);
        assertThat(created(catalog.tell(createTable("others"))).createdAt()).isEqualTo(before);
    }

    private List<String> names(Optional<String> exclusiveStart, int limit) {
        return catalog.state().tables(exclusiveStart, limit).stream()
                .map(TableDescription::name)
                .toList();
    }

    private static TableDescription created(CatalogOutcome outcome) {
        assertThat(outcome).isInstanceOf(CatalogOutcome.TableIs.class);
        return ((CatalogOutcome.TableIs) outcome).table();
    }

    private static void refused(CatalogOutcome outcome, Kind kind) {
        assertThat(outcome).isInstanceOf(CatalogOutcome.Refused.class);
        assertThat(((CatalogOutcome.Refused) outcome).kind()).isEqualTo(kind);
    }
}
