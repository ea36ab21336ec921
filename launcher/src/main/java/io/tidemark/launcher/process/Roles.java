package io.tidemark.launcher.process;

import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.archive.Archiver;
import io.tidemark.archiver.object.BucketCheck;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.object.S3ObjectStore;
import io.tidemark.catalog.http.ControlServerConfig;
import io.tidemark.catalog.http.RemoteCatalog;
import io.tidemark.client.NodeConnections;
import io.tidemark.embedded.EmbeddedBroker;
import io.tidemark.launcher.config.BrokerSection;
import io.tidemark.launcher.config.ConfigException;
import io.tidemark.launcher.config.ControlSection;
import io.tidemark.launcher.config.KafkaSection;
import io.tidemark.launcher.config.NodeSection;
import io.tidemark.launcher.config.RouterSection;
import io.tidemark.launcher.config.S3Section;
import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.config.VerifierSection;
import io.tidemark.launcher.operations.ArchiveBucketJson;
import io.tidemark.launcher.operations.ArchiveStatusJson;
import io.tidemark.launcher.operations.OperationsService;
import io.tidemark.launcher.operations.VerificationService;
import io.tidemark.launcher.roles.ArchivedRecords;
import io.tidemark.launcher.roles.ControlRole;
import io.tidemark.launcher.roles.Entropy;
import io.tidemark.launcher.roles.MetricsRoute;
import io.tidemark.launcher.roles.NodeRole;
import io.tidemark.launcher.roles.Resources;
import io.tidemark.launcher.roles.RouterRole;
import io.tidemark.launcher.roles.VerifierRole;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.Log;
import io.tidemark.log.TopicSpec;
import io.tidemark.log.source.DeadLetters;
import io.tidemark.materializer.streams.TrimmedRecords;
import io.tidemark.router.auth.Credentials;
import io.tidemark.router.http.RouterConfig;
import io.tidemark.schema.Zone;
import io.tidemark.verifier.VerifiedCluster;
import io.tidemark.verifier.VerifierSchedule;
import io.tidemark.verifier.VerifierSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One role in a process of its own, from its configuration. What is started is added to the resources that are handed in. */
public final class Roles {
    private static final Logger LOGGER = LoggerFactory.getLogger(Roles.class);
    private static final Duration BROKER_START_LIMIT = Duration.ofMinutes(3);

    private Roles() {}

    public static RunningRole broker(TidemarkConfig config, Resources resources) {
        BrokerSection section = config.require("broker", "broker", config.broker());
        config.metrics()
                .ifPresent(metrics -> resources.add(MetricsServer.start(metrics, registry(resources), routes -> {})));
        EmbeddedBroker broker = resources.add(EmbeddedBroker.start(SectionValues.broker(section), BROKER_START_LIMIT));
        CompletableFuture<String> fault = new CompletableFuture<>();
        broker.fault().thenAccept(found -> fault.complete(found.reason()));
        return new RunningRole(broker.address().toString(), CompletableFuture.completedStage(null), fault);
    }

    public static RunningRole node(TidemarkConfig config, Resources resources) {
        NodeSection section = config.require("node", "node", config.node());
        KafkaSection kafka = kafka("node", config);
        NodeRole.Settings settings = SectionValues.node(section, SectionValues.connection(kafka));
        Log wal = openWal(kafka, resources);
        TrimmedRecords trimmed = config.s3()
                .map(s3 -> resources.add(S3ObjectStore.open(SectionValues.s3(s3))))
                .<TrimmedRecords>map(store -> new ArchivedRecords(new Archive(store)))
                .orElse(TrimmedRecords.NONE);
        NodeRole node = resources.add(NodeRole.start(settings, wal, trimmed, Entropy.splittable(), Clock.systemUTC()));
        CompletableFuture<String> fault = new CompletableFuture<>();
        node.fault().thenAccept(reason -> fault.complete(reason.toString()));
        return new RunningRole(node.uri().toString(), node.caughtUp(), fault);
    }

    public static RunningRole control(TidemarkConfig config, Resources resources) {
        ControlSection section = config.require("control", "control", config.control());
        KafkaSection kafka = kafka("control", config);
        Map<Zone, List<URI>> zones = SectionValues.zones("control", section.nodes());
        Log wal = openWal(kafka, resources);
        ControlRole.Logs logs = new ControlRole.Logs(
                wal,
                openLog(kafka, TopicSpec.of(TopicSpec.CATALOG, 1), resources),
                openLog(kafka, TopicSpec.of(DeadLetters.TOPIC, 1), resources));
        NodeConnections connections = resources.add(new NodeConnections());
        PrometheusMeterRegistry metrics = registry(resources);
        Optional<ObjectStore> store = config.s3().map(s3 -> resources.add(S3ObjectStore.open(SectionValues.s3(s3))));
        OperationsService operations = resources.add(
                new OperationsService(wal, new ArchiveBucketJson(store.map(Archive::new), wal.shardCount())));
        ControlRole control = resources.add(ControlRole.start(
                new ControlRole.Settings(
                        ControlServerConfig.of(section.host(), section.port()),
                        SectionValues.description(zones, kafka.shards()),
                        SectionValues.connection(kafka),
                        Clock.systemUTC(),
                        SectionValues.expiry(section)),
                logs,
                SectionValues.clusterNodes("control", connections, zones),
                Entropy.threadSafe(),
                metrics,
                routes -> {
                    operations.addTo(routes);
                    MetricsRoute.add(routes, metrics);
                }));
        return new RunningRole(control.uri().toString(), control.caughtUp(), control.faulted());
    }

    public static RunningRole archiver(TidemarkConfig config, Resources resources) {
        KafkaSection kafka = kafka("archiver", config);
        ObjectStore store = openStore("archiver", config, resources);
        Log wal = openWal(kafka, resources);
        PrometheusMeterRegistry metrics = registry(resources);
        Archiver archiver = resources.add(Archiver.start(
                wal,
                store,
                SectionValues.archiver(config.archiver()),
                Clock.systemUTC(),
                Entropy.splittable(),
                metrics));
        OperationsService operations = resources.add(new OperationsService(wal, new ArchiveStatusJson(archiver)));
        return serveMetrics("archiver", config, metrics, resources, operations::addTo);
    }

    public static RunningRole verifier(TidemarkConfig config, Resources resources) {
        VerifierSection section = config.require("verifier", "verifier", config.verifier());
        KafkaSection kafka = kafka("verifier", config);
        Map<Zone, List<URI>> zones = SectionValues.zones("verifier", section.nodes());
        ObjectStore store = openStore("verifier", config, resources);
        Log wal = openWal(kafka, resources);
        NodeConnections connections = resources.add(new NodeConnections());
        PrometheusMeterRegistry metrics = registry(resources);
        VerifierRole verifier = resources.add(VerifierRole.start(
                new VerifierRole.Settings(
                        VerifierSettings.of(section.data()),
                        VerifierSchedule.of(section.interval(), section.scrubInterval(), section.heal())),
                new VerifiedCluster(wal, store, SectionValues.clusterNodes("verifier", connections, zones)),
                Clock.systemUTC(),
                Entropy.splittable(),
                metrics));
        VerificationService verifications = resources.add(new VerificationService(verifier));
        return serveMetrics("verifier", config, metrics, resources, verifications::addTo);
    }

    /** @param noAuth whatever the configuration says */
    public static RunningRole router(TidemarkConfig config, boolean noAuth, Resources resources) {
        RouterSection section = config.require("router", "router", config.router());
        boolean everybody = noAuth || section.noAuth();
        if (section.keys().isEmpty() && !everybody) {
            throw new ConfigException(
                    config.file() + ": setting 'router.keys' must name a key pair: nobody could use the"
                            + " router. For local use `tidemark router --no-auth` serves everybody.");
        }
        RouterConfig settings = SectionValues.router(section, everybody);
        Credentials credentials = SectionValues.credentials(section.keys());
        PrometheusMeterRegistry metrics = registry(resources);
        config.metrics().ifPresent(server -> resources.add(MetricsServer.start(server, metrics, routes -> {})));
        RemoteCatalog catalog = resources.add(RemoteCatalog.connect(section.control()));
        Map<Zone, List<URI>> zones = section.nodes().isEmpty()
                ? new ClusterDiscovery(catalog, section.control()).nodes(section.startTimeout())
                : SectionValues.zones("router", section.nodes());
        NodeConnections connections = resources.add(new NodeConnections());
        RouterRole router = resources.add(RouterRole.start(
                settings,
                credentials,
                new RouterRole.Reach(
                        SectionValues.nearest(
                                "router", SectionValues.clusterNodes("router", connections, zones), section.zone()),
                        catalog,
                        catalog),
                Entropy.threadSafe(),
                Clock.systemUTC(),
                metrics));
        return RunningRole.at(router.uri());
    }

    private static KafkaSection kafka(String role, TidemarkConfig config) {
        return config.require(role, "kafka", config.kafka());
    }

    private static Log openWal(KafkaSection kafka, Resources resources) {
        return openLog(kafka, TopicSpec.of(TopicSpec.WAL, kafka.shards()), resources);
    }

    private static Log openLog(KafkaSection kafka, TopicSpec topic, Resources resources) {
        return resources.add(KafkaLog.open(SectionValues.log(kafka, topic)));
    }

    /** A bucket that cannot hold an archive is an error at once; a store that does not answer is waited for. */
    private static ObjectStore openStore(String role, TidemarkConfig config, Resources resources) {
        S3Section section = config.require(role, "s3", config.s3());
        S3ObjectStore store = resources.add(S3ObjectStore.open(SectionValues.s3(section)));
        if (section.createBucket()) {
            store.createBucketIfAbsent();
        }
        try {
            BucketCheck.run(store);
        } catch (ObjectStoreException e) {
            if (e.kind() != ObjectStoreException.Kind.UNAVAILABLE) {
                throw e;
            }
            LOGGER.atWarn().addKeyValue("bucket", section.bucket()).log("Waiting for the store: {}", e.getMessage());
        }
        return store;
    }

    private static PrometheusMeterRegistry registry(Resources resources) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        resources.add(registry::close);
        return registry;
    }

    private static RunningRole serveMetrics(
            String role,
            TidemarkConfig config,
            PrometheusMeterRegistry metrics,
            Resources resources,
            Consumer<ServerBuilder> routes) {
        return config.metrics()
                .map(section -> resources.add(MetricsServer.start(section, metrics, routes)))
                .map(server -> RunningRole.at(server.uri()))
                .orElseGet(() -> RunningRole.at(role));
    }
}
