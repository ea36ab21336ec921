package io.tidemark.catalog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.server.Server;
import io.tidemark.catalog.CatalogConfig;
import io.tidemark.catalog.CatalogProgress;
import io.tidemark.catalog.CatalogReplica;
import io.tidemark.catalog.TableCatalog;
import io.tidemark.embedded.FreePorts;
import io.tidemark.log.Log;
import io.tidemark.log.MemoryLog;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.CatalogStatus;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.LimitChange;
import io.tidemark.schema.catalog.OnDemandLimits;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableClass;
import io.tidemark.schema.catalog.TableClassSetting;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableList;
import io.tidemark.schema.catalog.TableSettings;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.catalog.Tags;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The API over real HTTP, by its client and by hand. The tests share one server, and each has tables of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlServerTest {
    private static final KeySchema KEYS = KeySchema.of(new KeyAttribute("page", KeyType.S));
    private static final KeySchema SORTED_KEYS =
            KeySchema.of(new KeyAttribute("channel", KeyType.S), new KeyAttribute("zeit ⏱", KeyType.N));
    private static final ClusterDescription CLUSTER = new ClusterDescription(
            List.of(
                    new ClusterDescription.ZoneNodes(new Zone("b"), List.of(URI.create("http://127.0.0.1:7001"))),
                    new ClusterDescription.ZoneNodes(
                            new Zone("a"),
                            List.of(URI.create("http://127.0.0.1:7002"), URI.create("http://127.0.0.1:7003")))),
            6,
            "1.2.3");
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Log log = new MemoryLog(1, InstantSource.system());
    private final SecureRandom random = new SecureRandom();
    private final HttpClient http = HttpClient.newHttpClient();
    private CatalogReplica catalog;
    private ControlServer server;
    private RemoteCatalog remote;
    private int tests;

    @BeforeAll
    void start() {
        catalog = CatalogReplica.start(log, CatalogConfig.DEFAULT, random);
        CatalogProgress progress = new CatalogProgress() {
            @Override
            public List<CatalogStatus.UnsettledTable> unsettled() {
                return List.of(new CatalogStatus.UnsettledTable(
                        "stuck-table", TableStatus.CREATING, 3, Optional.of("shard 2 does not answer")));
            }

            @Override
            public BindingStatus binding(BindingDescription binding) {
                return new BindingStatus(
                        binding,
                        BindingStatus.State.BACKING_OFF,
                        Optional.of(12L),
                        Long.MAX_VALUE,
                        3,
                        4,
                        Optional.of("no \"broker\""));
            }
        };
        server = ControlServer.start(
                ControlServerConfig.of("127.0.0.1", 0),
                new TableCatalog(catalog, CLUSTER, progress),
                random,
                routes -> {});
        remote = RemoteCatalog.connect(List.of(server.uri()));
    }

    @AfterAll
    void close() {
        remote.close();
        server.close();
        catalog.close();
        log.close();
    }

    @BeforeEach
    void count() {
        tests++;
    }

    private String name(String suffix) {
        return "test-" + tests + "-" + suffix;
    }

    @Test
    void aTableIsCreatedDescribedAndDeletedFromAfar() {
        TableDescription created = create(name("edits"), SORTED_KEYS, Optional.of(2));
        assertThat(created.status()).isEqualTo(TableStatus.CREATING);
        assertThat(created.route().partitions()).hasSize(2);
        assertThat(join(remote.describeTable(name("edits")))).isEqualTo(created);
        assertThat(catalog.view().state().table(name("edits"))).contains(created);

        TableDescription deleted = join(remote.deleteTable(name("edits"), id()));
        assertThat(deleted).isEqualTo(created.withStatus(TableStatus.DELETING));
    }

    @Test
    void aTableHasOnePartitionForEachShardUnlessSaidOtherwise() {
        assertThat(create(name("pages"), KEYS, Optional.empty()).route().partitions())
                .hasSize(6);
    }

    @Test
    void aRequestRepeatedWithItsIdTakesEffectOnce() {
        RequestId id = id();
        TableSpec spec = TableSpec.of(name("pages"), KEYS);
        TableDescription first = join(remote.createTable(spec, id));
        assertThat(join(remote.createTable(spec, id))).isEqualTo(first);
        assertFails(remote.createTable(spec, id()), Kind.TABLE_EXISTS, "exists already");
    }

    @Test
    void settingsSurviveTheWayOverHttp() {
        Tags tags = new Tags(Map.of("team", "größte", "stage", ""));
        TableSpec spec =
                new TableSpec(name("pages"), KEYS, Optional.of(1), new Capacity.Provisioned(5, 1L << 33), true, tags);
        TableDescription created = join(remote.createTable(spec, id()));
        assertThat(created.settings().throughput().capacity()).isEqualTo(spec.capacity());
        assertThat(created.settings().deletionProtected()).isTrue();
        assertThat(created.settings().tags()).isEqualTo(tags);
        assertFails(remote.deleteTable(created.name(), id()), Kind.TABLE_PROTECTED, "protected");
        assertFails(change(created, new TableChange.SetDeletionProtection(false)), Kind.TABLE_CREATING, "created");
        submit(new CatalogCommand.TableOpened(created.id()));
        for (TableChange change : List.of(
                new TableChange.SetCapacity(new Capacity.Provisioned(4, 9)),
                new TableChange.SetCapacity(Capacity.ON_DEMAND),
                new TableChange.SetDeletionProtection(false),
                new TableChange.AddTags(new Tags(Map.of("owner", "a"))),
                new TableChange.RemoveTags(new TreeSet<>(Set.of("team", "other"))),
                new TableChange.SetTimeToLive("läuft ab", true),
                new TableChange.SetTableClass(TableClass.STANDARD_INFREQUENT_ACCESS),
                new TableChange.SetOnDemandLimits(new LimitChange.Replace(5), new LimitChange.Replace(1L << 33), false),
                new TableChange.SetOnDemandLimits(LimitChange.REMOVE, LimitChange.KEEP, true))) {
            TableDescription changed = join(change(created, change));
            assertThat(catalog.view().state().table(created.id())).contains(changed);
            assertThat(join(remote.describeTable(created.name()))).isEqualTo(changed);
        }
        TableSettings settings = join(remote.describeTable(created.name())).settings();
        assertThat(settings.tags()).isEqualTo(new Tags(Map.of("stage", "", "owner", "a")));
        assertThat(settings.timeToLiveAttribute()).contains("läuft ab");
        assertThat(settings.throughput().decreases()).isEqualTo(1);
        assertThat(settings.tableClass())
                .hasValueSatisfying(
                        setting -> assertThat(setting.tableClass()).isEqualTo(TableClass.STANDARD_INFREQUENT_ACCESS));
        assertThat(settings.onDemandLimits()).isEqualTo(new OnDemandLimits(Optional.empty(), Optional.of(1L << 33)));
        assertFails(
                change(created, new TableChange.SetTimeToLive("läuft ab", true)),
                Kind.INVALID_REQUEST,
                "TimeToLive is already enabled");
    }

    @Test
    void theClassAndLimitsOfANewTableSurviveTheWayOverHttp() {
        OnDemandLimits limits = new OnDemandLimits(Optional.of(7L), Optional.empty());
        TableDescription created = join(remote.createTable(
                new TableSpec(
                        name("pages"),
                        KEYS,
                        Optional.of(1),
                        Capacity.ON_DEMAND,
                        false,
                        Tags.NONE,
                        Optional.of(TableClass.STANDARD),
                        limits),
                id()));
        assertThat(created.settings().tableClass())
                .contains(new TableClassSetting(TableClass.STANDARD, Optional.empty()));
        assertThat(created.settings().onDemandLimits()).isEqualTo(limits);
        assertThat(join(remote.describeTable(created.name()))).isEqualTo(created);
    }

    @Test
    void aChangeRepeatedWithItsIdTakesEffectOnce() {
        TableDescription table = create(name("pages"), KEYS, Optional.of(1));
        submit(new CatalogCommand.TableOpened(table.id()));
        RequestId id = id();
        TableChange enable = new TableChange.SetTimeToLive("expires", true);
        TableDescription first = join(remote.changeTable(table.name(), enable, id));
        assertThat(join(remote.changeTable(table.name(), enable, id))).isEqualTo(first);
    }

    @Test
    void malformedChangesAreToldWhatIsWrong() throws IOException, InterruptedException {
        assertBadChange("{\"type\":\"rename\"}", "must be one of setCapacity");
        assertBadChange("{\"type\":\"setTimeToLive\",\"attributeName\":\"\",\"enabled\":true}", "1 to 255");
        assertBadChange("{\"type\":\"setDeletionProtection\",\"enabled\":1}", "true or false");
        assertBadChange("{\"type\":\"setDeletionProtection\",\"enabled\":true,\"x\":1}", "'x' is not known");
        assertBadChange("{\"type\":\"addTags\",\"tags\":{\"a\":1}}", "'tags.a' must be a string");
        assertBadChange("{\"type\":\"addTags\",\"tags\":{\"aws:a\":\"1\"}}", "aws:a");
        assertBadChange("{\"type\":\"removeTags\",\"keys\":[1]}", "strings only");
        assertBadChange(
                "{\"type\":\"setCapacity\",\"capacity\":{\"type\":\"provisioned\",\"readUnits\":0,\"writeUnits\":1}}",
                "read and write units");
    }

    private CompletionStage<TableDescription> change(TableDescription table, TableChange change) {
        return remote.changeTable(table.name(), change, id());
    }

    private void assertBadChange(String body, String message) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request("/v1/tables/pages/changes")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(message);
    }

    @Test
    void routesAreKnownAsLongAsTheTableIsActive() {
        TableDescription table = create(name("pages"), KEYS, Optional.empty());
        assertThat(remote.route(table.name())).isEmpty();
        assertThat(join(remote.refresh(table.name()))).isEmpty();
        submit(new CatalogCommand.TableOpened(table.id()));
        assertThat(join(remote.refresh(table.name()))).contains(table.route());
        assertThat(remote.route(table.name())).contains(table.route());
        submit(new CatalogCommand.DeleteTable(table.name()));
        submit(new CatalogCommand.TableRemoved(table.id()));
        assertThat(join(remote.refresh(table.name()))).isEmpty();
        assertThat(remote.route(table.name())).isEmpty();
    }

    @Test
    void aWaitEndsWhenTheTableServesAndWhenItIsGone() {
        TableDescription table = create(name("pages"), KEYS, Optional.empty());
        CompletionStage<TableDescription> active = remote.awaitActive(table.name(), WAIT);
        submit(new CatalogCommand.TableOpened(table.id()));
        assertThat(join(active).status()).isEqualTo(TableStatus.ACTIVE);
        submit(new CatalogCommand.DeleteTable(table.name()));
        assertFails(remote.awaitActive(table.name(), WAIT), Kind.TABLE_IN_USE, "DELETING");
        CompletionStage<Void> gone = remote.awaitGone(table.name(), WAIT);
        submit(new CatalogCommand.TableRemoved(table.id()));
        join(gone);
        assertFails(remote.awaitActive(table.name(), WAIT), Kind.TABLE_NOT_FOUND, table.name());
        join(remote.awaitGone(table.name(), WAIT));
    }

    @Test
    void aWaitForATableThatStaysEndsInTime() {
        TableDescription table = create(name("pages"), KEYS, Optional.empty());
        assertFails(remote.awaitActive(table.name(), Duration.ofMillis(30)), Kind.TIMEOUT, "");
        assertFails(remote.awaitGone(table.name(), Duration.ofMillis(30)), Kind.TIMEOUT, "");
        assertFails(remote.awaitGone(table.name(), Duration.ofDays(1)), Kind.INVALID_REQUEST, "wait");
    }

    @Test
    void tablesAreListedInPages() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add(create(name("page-" + i), KEYS, Optional.of(1)).name());
        }
        Optional<String> start = Optional.of(name("page-"));
        List<String> listed = new ArrayList<>();
        while (start.isPresent() && listed.size() < names.size()) {
            TableList page = join(remote.listTables(start, 2));
            assertThat(page.tables()).hasSizeLessThanOrEqualTo(2);
            page.tables().forEach(table -> listed.add(table.name()));
            start = page.lastEvaluatedName();
        }
        assertThat(listed).startsWith(names.toArray(String[]::new));
        assertFails(remote.listTables(Optional.empty(), 0), Kind.INVALID_REQUEST, "1 to 100");
        assertFails(remote.listTables(Optional.empty(), 101), Kind.INVALID_REQUEST, "1 to 100");
    }

    @Test
    void sourcesAreBoundListedAndUnbound() {
        create(name("edits"), SORTED_KEYS, Optional.of(1));
        String schema = "{\"type\":\"record\",\"name\":\"Edit\",\"fields\":[{\"name\":\"c\",\"type\":\"string\"}]}";
        BindingSpec spec = new BindingSpec(
                "wiki.edits",
                name("edits"),
                new SourceFormat.Avro(schema),
                new SourceKey.Fields("c", Optional.of("t")));
        BindingDescription bound = join(remote.bindSource(spec, id()));
        assertThat(bound.spec()).isEqualTo(spec);
        BindingSpec other = new BindingSpec("more.edits", name("edits"), SourceFormat.JSON, SourceKey.RECORD_KEY);
        BindingDescription second = join(remote.bindSource(other, id()));
        assertFails(remote.bindSource(other, id()), Kind.BINDING_EXISTS, "more.edits");
        List<BindingStatus> statuses = join(remote.listBindings());
        assertThat(statuses).extracting(BindingStatus::binding).contains(bound, second);
        assertThat(statuses.getFirst().lagRecords()).contains(12L);
        assertThat(statuses.getFirst().appendedRecords()).isEqualTo(Long.MAX_VALUE);
        assertThat(statuses.getFirst().lastError()).contains("no \"broker\"");
        assertThat(join(remote.unbindSource(bound.id(), id()))).isEqualTo(bound);
        assertFails(remote.unbindSource(bound.id(), id()), Kind.BINDING_NOT_FOUND, "binding " + bound.id());
    }

    @Test
    void aSchemaThatIsNoneIsRefusedAtOnce() {
        create(name("edits"), KEYS, Optional.of(1));
        for (String schema : List.of("{", "\"string\"", "{\"type\":\"nothing\"}")) {
            BindingSpec spec =
                    new BindingSpec("wiki.edits", name("edits"), new SourceFormat.Avro(schema), SourceKey.RECORD_KEY);
            assertFails(remote.bindSource(spec, id()), Kind.INVALID_REQUEST, "Avro schema");
        }
    }

    @Test
    void clusterAndStatusAreTold() {
        assertThat(join(remote.describeCluster())).isEqualTo(CLUSTER);
        create(name("pages"), KEYS, Optional.of(3));
        CatalogStatus status = join(remote.status());
        assertThat(status.version()).isEqualTo("1.2.3");
        assertThat(status.nextLsn()).isEqualTo(catalog.view().nextLsn());
        assertThat(status.tables()).isEqualTo(catalog.view().state().tableCount());
        assertThat(status.partitions()).isGreaterThanOrEqualTo(3);
        assertThat(status.unsettled()).hasSize(1);
        assertThat(status.unsettled().getFirst().lastError()).contains("shard 2 does not answer");
        assertThat(status.fault()).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertFails(remote.describeTable(name("missing")), Kind.TABLE_NOT_FOUND, name("missing"));
        assertFails(remote.deleteTable(name("missing"), id()), Kind.TABLE_NOT_FOUND, name("missing"));
        assertFails(remote.describeTable("with space/and slash"), Kind.TABLE_NOT_FOUND, "with space/and slash");
        assertFails(remote.createTable(TableSpec.of("a b", KEYS), id()), Kind.INVALID_REQUEST, "3 to 255");
    }

    @Test
    void everyAdmissibleNameSurvivesTheWayThroughAPath() {
        for (String name : List.of("...", "..a", "a..", "-_.", "x".repeat(255))) {
            TableDescription table = create(name, KEYS, Optional.of(1));
            assertThat(join(remote.describeTable(name))).isEqualTo(table);
        }
    }

    @Test
    void malformedRequestsAreToldWhatIsWrong() throws IOException, InterruptedException {
        assertBad("{", "no JSON");
        assertBad("", "must be a JSON object");
        assertBad("[]", "must be a JSON object");
        assertBad("{\"name\":\"pages\"}", "'partitionKey' is missing");
        assertBad("{\"name\":1}", "'name' must be a string");
        assertBad("{\"name\":\"pages\",\"name\":\"pages\"}", "Duplicate");
        String keys = "\"partitionKey\":{\"name\":\"page\",\"type\":\"S\"}";
        assertBad("{\"name\":\"pages\"," + keys + ",\"partition\":3}", "'partition' is not known here");
        assertBad("{\"name\":\"pages\"," + keys + ",\"partitions\":\"3\"}", "whole number");
        assertBad("{\"name\":\"pages\"," + keys + ",\"partitions\":0}", "1 to 1024");
        assertBad("{\"name\":\"pages\",\"partitionKey\":{\"name\":\"page\",\"type\":\"SS\"}}", "partitionKey.type");
        assertBad("{\"name\":\"pages\",\"partitionKey\":{\"name\":\"\",\"type\":\"S\"}}", "1 to 255");
        HttpResponse<String> response = send(request("/v1/tables")
                .header(ControlProtocol.REQUEST_ID_HEADER, "xyz")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"pages\"," + keys + "}"))
                .build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("hexadecimal");
    }

    @Test
    void errorsAreJsonWithTheCodesOfHttp() throws IOException, InterruptedException {
        HttpResponse<String> missing =
                send(request("/v1/tables/missing-table").GET().build());
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
        assertThat(missing.body())
                .isEqualTo("{\"kind\":\"TABLE_NOT_FOUND\",\"message\":\"there is no table missing-table\"}");
        create(name("pages"), KEYS, Optional.empty());
        HttpResponse<String> again = send(request("/v1/tables")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"" + name("pages") + "\",\"partitionKey\":{\"name\":\"page\",\"type\":\"S\"}}"))
                .build());
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(send(request("/v1/tables/x?await=LATER&timeoutMs=5").GET().build())
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(request("/v1/tables/x?await=ACTIVE").GET().build()).body())
                .contains("timeoutMs is missing");
        assertThat(send(request("/v1/tables?limit=many").GET().build()).statusCode())
                .isEqualTo(400);
        assertThat(send(request("/v1/bindings/one").DELETE().build()).statusCode())
                .isEqualTo(400);
        assertThat(send(request("/health").GET().build()).body()).isEqualTo("ok\n");
    }

    @Test
    void aControlProcessThatCannotBeReachedIsNamed() throws IOException {
        URI nobody = URI.create("http://127.0.0.1:" + FreePorts.find());
        try (RemoteCatalog lonely = RemoteCatalog.connect(List.of(nobody))) {
            assertFails(lonely.describeCluster(), Kind.UNAVAILABLE, nobody.toString());
        }
        try (RemoteCatalog either = RemoteCatalog.connect(List.of(nobody, server.uri()))) {
            assertThat(join(either.describeCluster())).isEqualTo(CLUSTER);
        }
        assertThatThrownBy(() -> RemoteCatalog.connect(List.of(URI.create("localhost:8100"))))
                .hasMessageContaining("http://host:port");
    }

    @Test
    void aControlProcessThatCannotServeIsPassedOver() {
        try (Server sick = Server.builder()
                        .http(0)
                        .serviceUnder("/", (context, request) -> com.linecorp.armeria.common.HttpResponse.of(503))
                        .build();
                RemoteCatalog either = started(sick)) {
            assertThat(join(either.describeCluster())).isEqualTo(CLUSTER);
        }
    }

    @Test
    void aControlProcessThatTakesRequestsAndDoesNotAnswerCostsOneOfThem() {
        try (Server mute = Server.builder()
                        .http(0)
                        .serviceUnder("/", (context, request) -> {
                            var unused = Objects.requireNonNull(
                                            context.log().partial().channel())
                                    .close();
                            return com.linecorp.armeria.common.HttpResponse.streaming();
                        })
                        .build();
                RemoteCatalog either = started(mute)) {
            assertFails(either.describeCluster(), Kind.TIMEOUT, "broke");
            assertThat(join(either.describeCluster())).isEqualTo(CLUSTER);
        }
    }

    /** Asks it before the sound one. */
    private RemoteCatalog started(Server broken) {
        broken.start().join();
        return RemoteCatalog.connect(List.of(URI.create("http://127.0.0.1:" + broken.activeLocalPort()), server.uri()));
    }

    @Test
    void aPortInUseIsNamed() {
        int port = server.uri().getPort();
        assertThatThrownBy(() ->
                        ControlServer.start(ControlServerConfig.of("127.0.0.1", port), remote, random, routes -> {}))
                .isInstanceOf(ControlStartException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("set another port");
    }

    private void assertBad(String body, String message) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request("/v1/tables")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("INVALID_REQUEST").contains(message);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.uri() + path)).timeout(WAIT);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private TableDescription create(String name, KeySchema keys, Optional<Integer> partitions) {
        return join(remote.createTable(new TableSpec(name, keys, partitions), id()));
    }

    private void submit(CatalogCommand command) {
        join(catalog.submit(id(), command));
    }

    private RequestId id() {
        return RequestId.random(random);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void assertFails(CompletionStage<?> stage, Kind kind, String message) {
        assertThatThrownBy(() -> join(stage))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(CatalogException.class, failure -> {
                    assertThat(failure.kind()).as(failure.toString()).isEqualTo(kind);
                    assertThat(failure).hasMessageContaining(message);
                });
    }
}
