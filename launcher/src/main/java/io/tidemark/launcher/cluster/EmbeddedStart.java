package io.tidemark.launcher.cluster;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.archive.Archiver;
import io.tidemark.archiver.archive.ArchiverSettings;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.S3ObjectStore;
import io.tidemark.archiver.object.S3Settings;
import io.tidemark.catalog.expiry.ExpiryConfig;
import io.tidemark.catalog.http.ControlServerConfig;
import io.tidemark.client.ClientConfig;
import io.tidemark.client.TidemarkClient;
import io.tidemark.embedded.BrokersConfig;
import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.embedded.S3Config;
import io.tidemark.embedded.S3Credentials;
import io.tidemark.launcher.operations.ArchiveStatusJson;
import io.tidemark.launcher.operations.OperationsService;
import io.tidemark.launcher.operations.VerificationService;
import io.tidemark.launcher.roles.ArchivedRecords;
import io.tidemark.launcher.roles.ControlRole;
import io.tidemark.launcher.roles.Entropy;
import io.tidemark.launcher.roles.MetricsRoute;
import io.tidemark.launcher.roles.Resources;
import io.tidemark.launcher.roles.RouterRole;
import io.tidemark.launcher.roles.VerifierRole;
import io.tidemark.launcher.roles.Version;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.Log;
import io.tidemark.log.TopicSpec;
import io.tidemark.log.source.DeadLetters;
import io.tidemark.router.auth.Credentials;
import io.tidemark.router.auth.KeyPair;
import io.tidemark.router.http.RouterConfig;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.verifier.VerifiedCluster;
import io.tidemark.verifier.VerifierSchedule;
import io.tidemark.verifier.VerifierSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator.SplittableGenerator;

/** One start of an embedded cluster: parts that do not need each other start at the same time. */
final class EmbeddedStart {
    /** More often than in a cluster that is for more than trying things out. */
    private static final ExpiryConfig EXPIRY = ExpiryConfig.of(Duration.ofSeconds(5), 20_000, 1_000);

    /** Of the S3 server that only this machine can reach, and of which every object can be read as a file. */
    private static final S3Credentials CREDENTIALS = new S3Credentials("tidemark", "tidemark-dev");

    private static final String BUCKET = "tidemark";

    private static final Duration APPEND_TIMEOUT = KafkaLogConfig.DEFAULT_APPEND_TIMEOUT;

    private final EmbeddedClusterOptions options;
    private final StartProgress progress;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final Resources resources = new Resources();
    private final SplittableGenerator random = Entropy.splittable();

    EmbeddedStart(EmbeddedClusterOptions options, StartProgress progress, LongSupplier nanoTime) {
        this.options = options;
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    EmbeddedCluster run() {
        boolean started = false;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            EmbeddedCluster cluster = start(threads);
            started = true;
            return cluster;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterStartException("the start was interrupted", e);
        } finally {
            if (!started) {
                resources.close();
            }
        }
    }

    private EmbeddedCluster start(ExecutorService threads) throws InterruptedException {
        resources.add(DataDirectoryLock.take(options.data()));
        Ports.requireFree(options.host(), options.port(), "--port");
        Ports.requireFree(options.host(), options.router().port(), "--router-port");
        Future<StartedS3> startingS3 = threads.submit(this::startS3);
        Future<EmbeddedBrokers> startingBrokers = threads.submit(this::startBrokers);
        EmbeddedBrokers brokers = await(startingBrokers);
        StartedS3 s3 = await(startingS3);
        ObjectStore store = s3.store();

        KafkaConnection connection = KafkaConnection.to(brokers.bootstrapServers());
        ControlRole.Logs logs = openLogs(connection, threads);
        Log wal = logs.wal();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        resources.add(metrics::close);
        EmbeddedNodes nodes = resources.add(
                EmbeddedNodes.start(options, connection, wal, new ArchivedRecords(new Archive(store)), random.split()));
        Archiver archiver = resources.add(
                Archiver.start(wal, store, ArchiverSettings.defaults(), Clock.systemUTC(), random.split(), metrics));
        ClusterDescription description =
                new ClusterDescription(nodes.description(), options.shards(), Version.current());
        VerifierRole verifier =
                resources.add(startVerifier(new VerifiedCluster(wal, store, nodes.clusterNodes()), metrics));
        OperationsService operations = resources.add(new OperationsService(wal, new ArchiveStatusJson(archiver)));
        VerificationService verifications = resources.add(new VerificationService(verifier));
        ControlRole control = resources.add(ControlRole.start(
                new ControlRole.Settings(
                        ControlServerConfig.of(options.host(), options.port()),
                        description,
                        connection,
                        Clock.systemUTC(),
                        EXPIRY),
                logs,
                nodes.clusterNodes(),
                Entropy.threadSafe(),
                metrics,
                routes -> {
                    operations.addTo(routes);
                    verifications.addTo(routes);
                    MetricsRoute.add(routes, metrics);
                }));
        TidemarkClient client = resources.add(
                new TidemarkClient(nodes.clusterNodes(), control.routes(), ClientConfig.DEFAULT, random.split()));
        RouterRole router = resources.add(startRouter(nodes, control, metrics));
        awaitReady(nodes, control);
        reached("router", router.uri().toString());
        return new EmbeddedCluster(
                options,
                description,
                resources,
                new EmbeddedCluster.Parts(
                        brokers, s3.server(), store, wal, nodes, control, router, archiver, verifier, client, metrics));
    }

    private ControlRole.Logs openLogs(KafkaConnection connection, ExecutorService threads) throws InterruptedException {
        Future<Log> openingCatalog = threads.submit(() -> openLog(connection, TopicSpec.of(TopicSpec.CATALOG, 1)));
        Future<Log> openingWal =
                threads.submit(() -> openLog(connection, TopicSpec.of(TopicSpec.WAL, options.shards())));
        Future<Log> openingDeadLetters = threads.submit(() -> openLog(connection, TopicSpec.of(DeadLetters.TOPIC, 1)));
        ControlRole.Logs logs =
                new ControlRole.Logs(await(openingWal), await(openingCatalog), await(openingDeadLetters));
        reached("log", options.shards() + " shards, " + options.replicationFactor() + " copies of every record");
        return logs;
    }

    private VerifierRole startVerifier(VerifiedCluster cluster, PrometheusMeterRegistry metrics) {
        return VerifierRole.start(
                new VerifierRole.Settings(
                        VerifierSettings.of(options.data().resolve("verifier")),
                        VerifierSchedule.of(
                                VerifierSchedule.DEFAULT_INTERVAL, VerifierSchedule.DEFAULT_SCRUB_INTERVAL, false)),
                cluster,
                Clock.systemUTC(),
                random.split(),
                metrics);
    }

    private RouterRole startRouter(EmbeddedNodes nodes, ControlRole control, PrometheusMeterRegistry metrics) {
        RouterOptions router = options.router();
        return RouterRole.start(
                RouterConfig.of(options.host(), router.port())
                        .withRegion(RouterOptions.REGION)
                        .withAuthentication(
                                router.noAuth()
                                        ? RouterConfig.Authentication.NONE
                                        : RouterConfig.Authentication.SIGNATURE),
                Credentials.of(List.of(KeyPair.unrestricted(RouterOptions.ACCESS_KEY, RouterOptions.SECRET_KEY))),
                new RouterRole.Reach(nodes.clusterNodes(), control.routes(), control.tables()),
                Entropy.threadSafe(),
                Clock.systemUTC(),
                metrics);
    }

    private EmbeddedBrokers startBrokers() {
        EmbeddedBrokers brokers = resources.add(EmbeddedBrokers.start(
                new BrokersConfig(options.data().resolve("kafka"), options.zones(), Optional.empty())));
        reached(
                "brokers",
                options.zones().size() + " in zones " + String.join(", ", options.zones()) + " at "
                        + brokers.bootstrapServers());
        return brokers;
    }

    private record StartedS3(EmbeddedS3 server, ObjectStore store) {}

    /** Opens the client as well: that takes time, which there is while the brokers elect their leaders. */
    private StartedS3 startS3() {
        EmbeddedS3 s3 = resources.add(
                EmbeddedS3.start(S3Config.inDirectory(options.data().resolve("s3"), CREDENTIALS)));
        s3.createBucket(BUCKET);
        ObjectStore store = resources.add(S3ObjectStore.open(bucket(s3)));
        reached(
                "s3",
                s3.endpoint() + ", bucket " + BUCKET + ", access key " + CREDENTIALS.accessKey() + ", secret key "
                        + CREDENTIALS.secretKey());
        return new StartedS3(s3, store);
    }

    /** How the archive's bucket is reached. */
    static S3Settings bucket(EmbeddedS3 server) {
        return S3Settings.of(
                server.endpoint(),
                BUCKET,
                new io.tidemark.archiver.object.S3Credentials(CREDENTIALS.accessKey(), CREDENTIALS.secretKey()));
    }

    private Log openLog(KafkaConnection connection, TopicSpec topic) {
        TopicSpec replicated = topic.withReplication(options.replicationFactor(), options.minInsyncReplicas())
                .withLeaders(EmbeddedCluster.LEADERS);
        return resources.add(KafkaLog.open(
                KafkaLogConfig.of(connection, replicated).withTimeouts(options.startTimeout(), APPEND_TIMEOUT)));
    }

    private void awaitReady(EmbeddedNodes nodes, ControlRole control) throws InterruptedException {
        List<String> missing = nodes.awaitServing(options.startTimeout());
        if (!missing.isEmpty()) {
            throw new ClusterStartException("not every replica serves within "
                    + options.startTimeout().toSeconds() + " s: " + String.join("; ", missing));
        }
        reached("replicas", options.zones().size() + " zones serve " + options.shards() + " shards each");
        CompletableFuture<Void> caughtUp = control.caughtUp().toCompletableFuture();
        try {
            caughtUp.get(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterStartException("the catalog of tables could not be read: " + e.getMessage(), e);
        }
        reached("control", control.uri().toString());
    }

    private synchronized void reached(String part, String detail) {
        progress.reached(part, detail, Duration.ofNanos(nanoTime.getAsLong() - startNanos));
    }

    private static <T> T await(Future<T> part) throws InterruptedException {
        try {
            return part.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new ClusterStartException("a part of the cluster did not start: " + e.getCause(), e);
        }
    }
}
