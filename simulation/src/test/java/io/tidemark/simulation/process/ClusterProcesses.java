package io.tidemark.simulation.process;

import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.S3ObjectStore;
import io.tidemark.archiver.object.S3Settings;
import io.tidemark.embedded.ClusterId;
import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.embedded.FreePorts;
import io.tidemark.embedded.S3Config;
import io.tidemark.embedded.S3Credentials;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.Log;
import io.tidemark.log.TopicSpec;
import io.tidemark.schema.Zone;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A cluster of operating-system processes, one for each role and zone, so that each can be killed. The S3 server alone runs in this
 * JVM. For one thread.
 */
public final class ClusterProcesses implements AutoCloseable {
    public static final List<String> ZONES = List.of("a", "b", "c");
    public static final int SHARDS = 3;
    public static final int ROUTERS = 2;
    public static final Duration START_LIMIT = Duration.ofMinutes(2);
    /** What a router has for one request. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private static final int PORTS_PER_ZONE = 4;
    private static final String BUCKET = "tidemark";
    private static final S3Credentials CREDENTIALS = new S3Credentials("tidemark", "simulation-secret");

    private final Path directory;
    private final EmbeddedS3 s3;
    private final ConfigFiles configs;
    private final Map<Role, ChildProcess> running = new LinkedHashMap<>();
    private final List<ChildProcess> started = new ArrayList<>();
    private final List<AutoCloseable> clients = new ArrayList<>();

    private ClusterProcesses(Path directory, EmbeddedS3 s3) {
        this.directory = directory;
        this.s3 = s3;
        s3.createBucket(BUCKET);
        List<Integer> ports = FreePorts.find(PORTS_PER_ZONE * ZONES.size() + 1 + ROUTERS);
        int zonePorts = PORTS_PER_ZONE * ZONES.size();
        List<ConfigFiles.Zone> zones = IntStream.range(0, ZONES.size())
                .mapToObj(i -> new ConfigFiles.Zone(
                        ZONES.get(i),
                        ports.get(PORTS_PER_ZONE * i),
                        ports.get(PORTS_PER_ZONE * i + 1),
                        ports.get(PORTS_PER_ZONE * i + 2),
                        ports.get(PORTS_PER_ZONE * i + 3)))
                .toList();
        this.configs = new ConfigFiles(
                directory,
                ClusterId.random(new SplittableRandom(ports.getFirst())).value(),
                zones,
                SHARDS,
                new ConfigFiles.S3(s3.endpoint(), BUCKET, CREDENTIALS.accessKey(), CREDENTIALS.secretKey()),
                ports.get(zonePorts),
                ports.subList(zonePorts + 1, ports.size()));
    }

    /** A cluster of three zones with every role but routers and spare nodes, which tests start and stop; it serves. */
    public static ClusterProcesses start(Path directory) {
        EmbeddedS3 s3 = EmbeddedS3.start(S3Config.inDirectory(directory.resolve("s3"), CREDENTIALS));
        ClusterProcesses cluster = new ClusterProcesses(directory, s3);
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startAll() {
        List<Role> brokers = ZONES.stream().map(Role::broker).toList();
        brokers.forEach(this::start);
        brokers.forEach(this::awaitReady);
        List<Role> roles = new ArrayList<>(ZONES.stream().map(Role::node).toList());
        roles.addAll(List.of(Role.CONTROL, Role.ARCHIVER, Role.VERIFIER));
        roles.forEach(this::start);
        roles.forEach(this::awaitReady);
    }

    /** Does not wait. */
    public void start(Role role) {
        if (running.containsKey(role)) {
            throw new IllegalStateException(role + " runs already");
        }
        Path config = configs.write(role);
        ChildProcess process = ChildProcess.start(
                role + "-" + started.size(),
                directory.resolve("processes"),
                List.of(role.command(), "--config", config.toString()));
        started.add(process);
        running.put(role, process);
    }

    public void awaitReady(Role role) {
        process(role).awaitReady(START_LIMIT);
    }

    /** As {@code kill -9} does. */
    public void kill(Role role) {
        process(role).kill();
        running.remove(role);
    }

    /** @return what it ended with after a SIGTERM */
    public int stop(Role role, Duration limit) {
        int exitCode = process(role).stop(limit);
        running.remove(role);
        return exitCode;
    }

    public ChildProcess process(Role role) {
        ChildProcess process = running.get(role);
        if (process == null) {
            throw new IllegalStateException(role + " does not run");
        }
        return process;
    }

    /** Roles that should run, and do not: ended by themselves. */
    public List<Role> dead() {
        return running.entrySet().stream()
                .filter(entry -> !entry.getValue().isAlive())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What the role is, or would be, started with. */
    public Path config(Role role) {
        return configs.write(role);
    }

    /** @param random for request ids; used by nobody else from now on */
    public RemoteCluster connect(RandomGenerator random) {
        return RemoteCluster.connect(control(), random);
    }

    /** As {@link #connect}, for a client that knows the zone's spare node, too. */
    public RemoteCluster connectWithSpare(String zone, RandomGenerator random) {
        URI spare = URI.create("http://127.0.0.1:" + configs.nodePort(Role.spareNode(zone)));
        return RemoteCluster.connect(control(), Map.of(new Zone(zone), spare), random);
    }

    private URI control() {
        return URI.create("http://127.0.0.1:" + configs.controlPort());
    }

    /** Where the router listens, running or not. */
    public URI routerAddress(Role router) {
        return URI.create("http://127.0.0.1:" + configs.routerPort(router));
    }

    /** The archive's bucket; closed with the cluster. */
    public ObjectStore openObjectStore() {
        ObjectStore store = S3ObjectStore.open(S3Settings.of(
                s3.endpoint(),
                BUCKET,
                new io.tidemark.archiver.object.S3Credentials(CREDENTIALS.accessKey(), CREDENTIALS.secretKey())));
        clients.add(store);
        return store;
    }

    /** The write-ahead log, as any process reaches it; closed with the cluster. */
    public Log openLog() {
        Log wal = KafkaLog.open(log());
        clients.add(wal);
        return wal;
    }

    /** The write-ahead log for a client that gives an append up, or tries another broker, sooner than others do; the caller closes it. */
    public Log openLog(Duration appendTimeout) {
        return KafkaLog.open(log().withTimeouts(START_LIMIT, appendTimeout));
    }

    private KafkaLogConfig log() {
        return KafkaLogConfig.of(KafkaConnection.to(configs.bootstrapServers()), TopicSpec.of(TopicSpec.WAL, SHARDS));
    }

    @Override
    public void close() {
        clients.forEach(ClusterProcesses::close);
        started.forEach(ChildProcess::close);
        s3.close();
    }

    private static void close(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close " + client, e);
        }
    }
}
