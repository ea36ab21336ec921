package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.binding.BindingRunner;
import io.tidemark.catalog.binding.BindingSources;
import io.tidemark.catalog.http.ControlServer;
import io.tidemark.catalog.http.ControlServerConfig;
import io.tidemark.catalog.http.RemoteCatalog;
import io.tidemark.catalog.reconcile.Reconciler;
import io.tidemark.catalog.state.CatalogState;
import io.tidemark.embedded.BrokersConfig;
import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.Log;
import io.tidemark.log.TopicSpec;
import io.tidemark.log.source.DeadLetters;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.CatalogStatus.UnsettledTable;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.catalog.TableAdmin;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The catalog on three real brokers; shards are applied by real replicas in memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class CatalogOnKafkaTest {
    private static final int SHARDS = 3;
    private static final KeySchema KEYS = KeySchema.of(new KeyAttribute("page", KeyType.S));
    private static final Duration WAIT = Duration.ofSeconds(60);

    private final SecureRandom random = new SecureRandom();
    private EmbeddedBrokers brokers;
    private KafkaConnection connection;
    private Log catalogLog;
    private Log wal;
    private Log deadLetterLog;
    private ReplicatedShards shards;
    private ControlProcess control;

    /** What a control process consists of. */
    private final class ControlProcess implements AutoCloseable, CatalogProgress {
        final CatalogReplica catalog;
        final Reconciler reconciler;
        final BindingRunner bindings;
        final TableAdmin admin;

        ControlProcess() {
            catalog = CatalogReplica.start(catalogLog, CatalogConfig.DEFAULT, random);
            reconciler = Reconciler.start(catalog, wal, shards, random);
            bindings = BindingRunner.start(
                    catalog, new BindingSources(connection, wal, new DeadLetters(deadLetterLog)), shards);
            ClusterDescription cluster = new ClusterDescription(
                    List.of(new ClusterDescription.ZoneNodes(
                            new Zone("a"), List.of(URI.create("http://127.0.0.1:7001")))),
                    SHARDS,
                    "test");
            admin = new TableCatalog(catalog, cluster, this);
        }

        @Override
        public List<UnsettledTable> unsettled() {
            return reconciler.unsettled();
        }

        @Override
        public BindingStatus binding(BindingDescription binding) {
            return bindings.status(binding);
        }

        @Override
        public void close() {
            bindings.close();
            reconciler.close();
            catalog.close();
        }
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        brokers = EmbeddedBrokers.start(BrokersConfig.inDirectory(directory));
        connection = KafkaConnection.to(brokers.bootstrapServers());
        catalogLog = KafkaLog.open(KafkaLogConfig.of(connection, TopicSpec.of(TopicSpec.CATALOG, 1)));
        wal = KafkaLog.open(KafkaLogConfig.of(connection, TopicSpec.of(TopicSpec.WAL, SHARDS)));
        deadLetterLog = KafkaLog.open(KafkaLogConfig.of(connection, TopicSpec.of(DeadLetters.TOPIC, 1)));
        shards = new ReplicatedShards(wal, InstantSource.system());
        control = new ControlProcess();
    }

    @AfterAll
    void close() {
        control.close();
        shards.close();
        deadLetterLog.close();
        wal.close();
        catalogLog.close();
        brokers.close();
    }

    @Test
    @Order(1)
    void tablesAreCreatedListedAndDeletedFromAfar() {
        try (ControlServer server = ControlServer.start(
                        ControlServerConfig.of("127.0.0.1", 0), control.admin, random, routes -> {});
                RemoteCatalog remote = RemoteCatalog.connect(List.of(server.uri()))) {
            join(remote.createTable(TableSpec.of("pages", KEYS), id()));
            TableDescription pages = join(remote.awaitActive("pages", WAIT));
            join(remote.createTable(TableSpec.of("edits", KEYS), id()));
            join(remote.awaitActive("edits", WAIT));
            assertThat(remote.route("pages")).contains(pages.route());
            assertThat(join(remote.describeTable("pages"))).isEqualTo(pages);
            assertThat(join(remote.listTables(Optional.empty(), 10)).tables())
                    .extracting(TableDescription::name)
                    .containsExactly("edits", "pages");
            for (ShardId shard : pages.route().shards()) {
                assertThat(shards.openRanges(shard, pages.id())).hasSize(1);
            }
            join(remote.deleteTable("pages", id()));
            join(remote.awaitGone("pages", WAIT));
            for (ShardId shard : pages.route().shards()) {
                assertThat(shards.knows(shard, pages.id())).isFalse();
            }
            join(remote.deleteTable("edits", id()));
            join(remote.awaitGone("edits", WAIT));
        }
    }

    /** Prints what it measured: milliseconds from the request until the table serves. */
    @Test
    @Order(2)
    void threeHundredTablesCostNoMoreThanOne() throws Exception {
        for (int i = 0; i < 20; i++) {
            createMs("warm-" + i);
        }
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        Set<String> topicsBefore = topics();
        double idleBefore = idleCpuPercent();
        double[] ms = new double[300];
        for (int i = 0; i < ms.length; i++) {
            ms[i] = createMs("table-" + i);
        }
        double[] more = new double[11];
        for (int i = 0; i < more.length; i++) {
            more[i] = createMs("more-" + i);
        }
        double oneMore = median(more);
        double first = median(Arrays.copyOfRange(ms, 0, 50));
        double last = median(Arrays.copyOfRange(ms, 250, 300));
        double idleAfter = idleCpuPercent();
        double catalogIdle = catalogCpuPercent();
        Arrays.sort(ms);
        System.out.printf(
                "create table, ms: p50 %.1f, p99 %.1f of 300; first 50 %.1f, last 50 %.1f, one more %.1f; idle CPU of the"
                        + " process %.1f %% before and %.1f %% after, of the catalog's thread %.2f %%%n",
                ms[150], ms[297], first, last, oneMore, idleBefore, idleAfter, catalogIdle);
        assertThat(oneMore).isLessThan(200);
        assertThat(last).isLessThan(3 * first + 5);
        assertThat(catalogIdle).isLessThan(5);
        assertThat(topics()).isEqualTo(topicsBefore);
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threadsBefore + 20);
        assertThat(control.reconciler.unsettled()).isEmpty();
    }

    @Test
    @Order(3)
    void manyTablesAreCreatedAtOnce() {
        long start = System.nanoTime();
        List<CompletionStage<TableDescription>> active = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "at-once-" + i;
            active.add(control.admin
                    .createTable(TableSpec.of(name, KEYS), id())
                    .thenCompose(created -> control.admin.awaitActive(name, WAIT)));
        }
        active.forEach(CatalogOnKafkaTest::join);
        System.out.printf("100 tables at once serve after %.0f ms%n", (System.nanoTime() - start) / 1e6);
        assertThat(control.reconciler.unsettled()).isEmpty();
    }

    @Test
    @Order(4)
    void aProcessThatStartsAgainKnowsEverything() {
        CatalogState before = join(control.catalog.read()).state();
        assertThat(before.tableCount()).isGreaterThan(300);
        control.close();
        long start = System.nanoTime();
        control = new ControlProcess();
        assertThat(join(control.catalog.read()).state()).isEqualTo(before);
        System.out.printf(
                "a catalog of %d tables is read in %.0f ms%n", before.tableCount(), (System.nanoTime() - start) / 1e6);
    }

    @Test
    @Order(5)
    void aBoundTopicFlowsIntoItsTableThroughTwoProcessesOnce() throws Exception {
        createMs("fed-pages");
        int records = 2_000;
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("wiki.edits", 2, (short) 1)))
                    .all()
                    .get();
        }
        produce("wiki.edits", records);
        long itemsBefore = shards.itemCount();
        BindingDescription binding;
        try (ControlProcess other = new ControlProcess()) {
            binding = join(control.admin.bindSource(
                    new BindingSpec("wiki.edits", "fed-pages", SourceFormat.JSON, SourceKey.RECORD_KEY), id()));
            Awaitility.await().atMost(WAIT).until(() -> shards.itemCount() == itemsBefore + records);
            produce("wiki.edits", 10);
            for (ControlProcess process : List.of(control, other)) {
                Awaitility.await().atMost(WAIT).untilAsserted(() -> {
                    BindingStatus status = join(process.admin.listBindings()).getFirst();
                    assertThat(status.lagRecords()).contains(0L);
                    assertThat(status.state()).isEqualTo(BindingStatus.State.RUNNING);
                });
            }
            assertThat(shards.itemCount()).isEqualTo(itemsBefore + records);
        }
        join(control.admin.unbindSource(binding.id(), id()));
        assertThat(join(control.admin.listBindings())).isEmpty();
        // The process that reads the topic hears of it a moment later.
        Awaitility.await().atMost(WAIT).until(() -> threads("tidemark-binding-").isEmpty());
        produce("wiki.edits", 20, "after");
        assertThat(shards.itemCount()).isEqualTo(itemsBefore + records);
    }

    @Test
    @Order(6)
    void aBindingWhoseTopicIsMissingSaysSoAndStartsWhenItIsThere() throws Exception {
        createMs("late-pages");
        long itemsBefore = shards.itemCount();
        join(control.admin.bindSource(
                new BindingSpec("late.edits", "late-pages", SourceFormat.JSON, SourceKey.RECORD_KEY), id()));
        Awaitility.await().atMost(WAIT).untilAsserted(() -> {
            BindingStatus status = join(control.admin.listBindings()).getFirst();
            assertThat(status.state()).isEqualTo(BindingStatus.State.FAILED);
            assertThat(status.lastError().orElse("")).contains("late.edits does not exist");
        });
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("late.edits", 1, (short) 1)))
                    .all()
                    .get();
        }
        produce("late.edits", 5);
        Awaitility.await().atMost(WAIT).until(() -> shards.itemCount() == itemsBefore + 5);
        join(control.admin.deleteTable("late-pages", id()));
        join(control.admin.awaitGone("late-pages", WAIT));
        assertThat(join(control.admin.listBindings())).isEmpty();
        assertThat(shards.itemCount()).isEqualTo(itemsBefore);
    }

    @Test
    @Order(7)
    void theLossOfABrokerDelaysAChangeButLosesNothing() throws Exception {
        String zone = catalogLeaderZone();
        brokers.stopBroker(zone);
        long start = System.nanoTime();
        createMs("after-loss");
        System.out.printf(
                "without the broker that led the catalog's log a table is created after %.0f ms%n",
                (System.nanoTime() - start) / 1e6);
        brokers.startBroker(zone);
        createMs("after-return");
        assertThat(join(control.catalog.read()).state().table("after-loss")).isPresent();
        assertThat(control.catalog.fault()).isEmpty();
    }

    private double createMs(String name) {
        long start = System.nanoTime();
        join(control.admin.createTable(TableSpec.of(name, KEYS), id()));
        TableDescription table = join(control.admin.awaitActive(name, WAIT));
        assertThat(table.status()).isEqualTo(TableStatus.ACTIVE);
        return (System.nanoTime() - start) / 1e6;
    }

    private String catalogLeaderZone() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            return Optional.ofNullable(admin.describeTopics(List.of(TopicSpec.CATALOG))
                            .allTopicNames()
                            .get()
                            .get(TopicSpec.CATALOG)
                            .partitions()
                            .getFirst()
                            .leader()
                            .rack())
                    .orElseThrow();
        }
    }

    private Set<String> topics() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            return admin.listTopics().names().get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers()));
    }

    private void produce(String topic, int records) throws ExecutionException, InterruptedException {
        produce(topic, records, "page");
    }

    private void produce(String topic, int records, String prefix) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<java.util.concurrent.Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < records; i++) {
                sent.add(producer.send(
                        new ProducerRecord<>(topic, utf8(prefix + "-" + i), utf8("{\"title\":\"page " + i + "\"}"))));
            }
            for (java.util.concurrent.Future<?> each : sent) {
                each.get();
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Of one processor, brokers included, in the quietest of some moments in which nobody asks anything. */
    private static double idleCpuPercent() throws InterruptedException {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            Duration before = cpu();
            long start = System.nanoTime();
            Thread.sleep(500);
            least = Math.min(least, 100.0 * cpu().minus(before).toNanos() / (System.nanoTime() - start));
        }
        return least;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static double catalogCpuPercent() throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long id = threads("tidemark-catalog").getFirst().getThreadId();
        long before = threads.getThreadCpuTime(id);
        long start = System.nanoTime();
        Thread.sleep(1_000);
        return 100.0 * (threads.getThreadCpuTime(id) - before) / (System.nanoTime() - start);
    }

    private static List<ThreadInfo> threads(String prefix) {
        return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
                .filter(thread -> thread.getThreadName().startsWith(prefix))
                .toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private RequestId id() {
        return RequestId.random(random);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(WAIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
