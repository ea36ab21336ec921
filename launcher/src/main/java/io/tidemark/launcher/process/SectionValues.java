package io.tidemark.launcher.process;

import io.tidemark.archiver.archive.ArchiverSettings;
import io.tidemark.archiver.object.S3Credentials;
import io.tidemark.archiver.object.S3Settings;
import io.tidemark.catalog.expiry.ExpiryConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.NodeConnections;
import io.tidemark.embedded.BrokerConfig;
import io.tidemark.embedded.BrokerListeners;
import io.tidemark.embedded.ClusterId;
import io.tidemark.embedded.ControllerQuorum;
import io.tidemark.embedded.HostAndPort;
import io.tidemark.launcher.config.ArchiverSection;
import io.tidemark.launcher.config.BrokerSection;
import io.tidemark.launcher.config.ConfigException;
import io.tidemark.launcher.config.ControlSection;
import io.tidemark.launcher.config.KafkaSection;
import io.tidemark.launcher.config.KeyPairSetting;
import io.tidemark.launcher.config.NodeSection;
import io.tidemark.launcher.config.RouterSection;
import io.tidemark.launcher.config.S3Section;
import io.tidemark.launcher.roles.NodeRole;
import io.tidemark.launcher.roles.Version;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.TopicSpec;
import io.tidemark.materializer.query.NodeServerConfig;
import io.tidemark.materializer.store.StoreSettings;
import io.tidemark.materializer.streams.ZoneSettings;
import io.tidemark.router.auth.Credentials;
import io.tidemark.router.auth.KeyPair;
import io.tidemark.router.http.RouterConfig;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.ClusterDescription;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What the sections of a configuration file mean to the modules. Values that a module refuses are a {@link ConfigException}. */
public final class SectionValues {
    private static final long MEBIBYTE = 1L << 20;
    private static final int DEFAULT_SEGMENT_KIBIBYTES = 8_192;

    private SectionValues() {}

    static KafkaConnection connection(KafkaSection kafka) {
        return checked("kafka", () -> new KafkaConnection(String.join(",", kafka.bootstrapServers()), kafka.client()));
    }

    static ExpiryConfig expiry(ControlSection control) {
        return checked(
                "control",
                () -> ExpiryConfig.of(
                        control.timeToLiveInterval(),
                        control.timeToLiveScannedPerSecond(),
                        control.timeToLiveDeletedPerSecond()));
    }

    static KafkaLogConfig log(KafkaSection kafka, TopicSpec topic) {
        return checked(
                "kafka",
                () -> KafkaLogConfig.of(
                                connection(kafka),
                                topic.withReplication(kafka.replicationFactor(), kafka.minInsyncReplicas()))
                        .withTimeouts(kafka.startTimeout(), KafkaLogConfig.DEFAULT_APPEND_TIMEOUT));
    }

    public static S3Settings s3(S3Section s3) {
        return checked(
                "s3",
                () -> new S3Settings(
                        s3.endpoint(),
                        s3.region(),
                        s3.bucket(),
                        "",
                        s3.accessKey()
                                .flatMap(access -> s3.secretKey().map(secret -> new S3Credentials(access, secret))),
                        s3.pathStyle(),
                        s3.trailingChecksums(),
                        S3Settings.DEFAULT_CONNECT_TIMEOUT,
                        S3Settings.DEFAULT_ATTEMPT_TIMEOUT,
                        S3Settings.DEFAULT_CALL_TIMEOUT,
                        S3Settings.DEFAULT_MAX_ATTEMPTS));
    }

    static ArchiverSettings archiver(Optional<ArchiverSection> section) {
        return checked(
                "archiver",
                () -> new ArchiverSettings(
                        section.map(ArchiverSection::segmentKibibytes).orElse(DEFAULT_SEGMENT_KIBIBYTES) * 1_024L,
                        section.map(ArchiverSection::segmentAge).orElse(ArchiverSettings.DEFAULT_SEGMENT_AGE),
                        ArchiverSettings.DEFAULT_LEAST_BACKOFF,
                        ArchiverSettings.DEFAULT_GREATEST_BACKOFF));
    }

    static NodeRole.Settings node(NodeSection node, KafkaConnection connection) {
        return checked("node", () -> {
            ZoneSettings zone = ZoneSettings.of(new Zone(node.zone()), connection, TopicSpec.WAL, node.data());
            ZoneSettings replicas = new ZoneSettings(
                    zone.zone(),
                    zone.connection(),
                    zone.walTopic(),
                    zone.dataDirectory(),
                    node.advertised().map(URI::getAuthority),
                    zone.threads(),
                    zone.sessionTimeout(),
                    zone.commitInterval(),
                    zone.flushInterval(),
                    stores(node.blockCacheMebibytes()));
            return new NodeRole.Settings(replicas, NodeServerConfig.of(node.host(), node.port()));
        });
    }

    private static StoreSettings stores(int blockCacheMebibytes) {
        return new StoreSettings(
                blockCacheMebibytes * MEBIBYTE,
                blockCacheMebibytes * MEBIBYTE / 2,
                StoreSettings.DEFAULT.diskLimitBytes(),
                StoreSettings.DEFAULT.backgroundThreads());
    }

    static BrokerConfig broker(BrokerSection broker) {
        return checked("broker", () -> {
            SortedMap<Integer, HostAndPort> voters = new TreeMap<>();
            broker.voters().forEach((id, address) -> voters.put(Integer.parseInt(id), HostAndPort.parse(address)));
            HostAndPort listen = HostAndPort.parse(broker.listen());
            return new BrokerConfig(
                    broker.nodeId(),
                    broker.zone(),
                    broker.data(),
                    new BrokerListeners(
                            listen,
                            broker.advertised().map(HostAndPort::parse).orElse(listen),
                            HostAndPort.parse(broker.controllerListen())),
                    new ControllerQuorum(new ClusterId(broker.clusterId()), voters),
                    broker.kafka());
        });
    }

    static Map<Zone, List<URI>> zones(String section, Map<String, List<URI>> nodes) {
        return checked(section, () -> {
            Map<Zone, List<URI>> zones = new LinkedHashMap<>();
            nodes.forEach((zone, uris) -> zones.put(new Zone(zone), uris));
            return zones;
        });
    }

    static ClusterNodes clusterNodes(String section, NodeConnections connections, Map<Zone, List<URI>> zones) {
        return checked(section, () -> ClusterNodes.remote(connections, zones));
    }

    /** @param nearest the zone's name */
    static ClusterNodes nearest(String section, ClusterNodes nodes, Optional<String> nearest) {
        return checked(
                section,
                () -> nearest.map(zone -> nodes.withNearest(new Zone(zone))).orElse(nodes));
    }

    static ClusterDescription description(Map<Zone, List<URI>> zones, int shards) {
        return new ClusterDescription(
                zones.entrySet().stream()
                        .map(zone -> new ClusterDescription.ZoneNodes(zone.getKey(), zone.getValue()))
                        .toList(),
                shards,
                Version.current());
    }

    static RouterConfig router(RouterSection router, boolean noAuth) {
        return checked(
                "router",
                () -> new RouterConfig(
                        router.host(),
                        router.port(),
                        router.region(),
                        noAuth ? RouterConfig.Authentication.NONE : RouterConfig.Authentication.SIGNATURE,
                        router.certificate()
                                .flatMap(certificate ->
                                        router.privateKey().map(key -> new RouterConfig.Tls(certificate, key))),
                        new RouterConfig.Limits(
                                router.maxInFlightRequests(),
                                router.maxInFlightMebibytes() * MEBIBYTE,
                                router.maxConnections()),
                        new RouterConfig.Timeouts(
                                router.receiveTimeout(),
                                router.requestTimeout(),
                                router.idleTimeout(),
                                RouterConfig.Timeouts.DEFAULT.drain())));
    }

    static Credentials credentials(Map<String, KeyPairSetting> keys) {
        return checked(
                "router",
                () -> Credentials.of(keys.entrySet().stream()
                        .map(key -> new KeyPair(
                                key.getKey(),
                                key.getValue().secretKey(),
                                key.getValue().read(),
                                key.getValue().write(),
                                key.getValue().admin()))
                        .toList()));
    }

    /** What the module says of a value that it does not admit names the value; the section says where it stands. */
    private static <T> T checked(String section, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("section '" + section + "': " + e.getMessage(), e);
        }
    }
}
