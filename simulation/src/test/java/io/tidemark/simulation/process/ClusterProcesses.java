package io.tidemark.simulation.process;

import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.S3ObjectStore;
import io.tidemark.archiver.object.S3Settings;
import io.tidemark.embedded.BrokersConfig;
import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.embedded.S3Config;
import io.tidemark.embedded.S3Credentials;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.Log;
import io.tidemark.log.TopicSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A cluster whose control process, archiver, verifier and storage nodes are processes of their own, so that each can be killed.
 * Brokers and the S3 server run in this JVM: what happens to them is not what is looked at here. For one thread.
 */
public final class ClusterProcesses implements AutoCloseable {
    public static final List<String> ZONES = List.of("a", "b", "c");
    public static final int SHARDS = 3;
    public static final Duration START_LIMIT = Duration.ofMinutes(2);

    private static final String BUCKET = "tidemark";
    private static final S3Credentials CREDENTIALS = new S3Credentials("tidemark", "simulation-secret");

    private final Path directory;
    private final EmbeddedBrokers brokers;
    private final EmbeddedS3 s3;
    private final ConfigFiles configs;
    private final Map<Role, ChildProcess> running = new LinkedHashMap<>();
    private final List<ChildProcess> started = new ArrayList<>();
    private final ObjectStore store;
    private final Log wal;

    private ClusterProcesses(Path directory, EmbeddedBrokers brokers, EmbeddedS3 s3) {
        this.directory = directory;
        this.brokers = brokers;
        this.s3 = s3;
        s3.createBucket(BUCKET);
        List<Integer> ports = FreePorts.find(ZONES.size() + 1);
        Map<String, URI> nodes = new LinkedHashMap<>();
        for (int i = 0; i < ZONES.size(); i++) {
            nodes.put(ZONES.get(i), URI.create("http://127.0.0.1:" + ports.get(i)));
        }
        this.configs = new ConfigFiles(
                directory,
                brokers.bootstrapServers(),
                SHARDS,
                new ConfigFiles.S3(s3.endpoint(), BUCKET, CREDENTIALS.accessKey(), CREDENTIALS.secretKey()),
                nodes,
                ports.get(ZONES.size()));
        this.store = S3ObjectStore.open(S3Settings.of(
                s3.endpoint(),
                BUCKET,
                new io.tidemark.archiver.object.S3Credentials(CREDENTIALS.accessKey(), CREDENTIALS.secretKey())));
        this.wal = KafkaLog.open(
                KafkaLogConfig.of(KafkaConnection.to(brokers.bootstrapServers()), TopicSpec.of(TopicSpec.WAL, SHARDS)));
    }

    /** Starts brokers and S3; {@link #start} and {@link #awaitReady} do the rest. */
    public static ClusterProcesses prepare(Path directory) {
        EmbeddedBrokers brokers = EmbeddedBrokers.start(BrokersConfig.inDirectory(directory.resolve("brokers")));
        try {
            EmbeddedS3 s3 = EmbeddedS3.start(S3Config.inDirectory(directory.resolve("s3"), CREDENTIALS));
            return new ClusterProcesses(directory, brokers, s3);
        } catch (RuntimeException e) {
            brokers.close();
            throw e;
        }
    }

    /** A cluster of three zones with every role, which serves. */
    public static ClusterProcesses start(Path directory) {
        ClusterProcesses cluster = prepare(directory);
        try {
            List<Role> roles = new ArrayList<>(ZONES.stream().map(Role::node).toList());
            roles.addAll(List.of(Role.CONTROL, Role.ARCHIVER, Role.VERIFIER));
            roles.forEach(cluster::start);
            roles.forEach(cluster::awaitReady);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
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

    /** @param random for request ids; used by nobody else from now on */
    public RemoteCluster connect(RandomGenerator random) {
        return RemoteCluster.connect(URI.create("http://127.0.0.1:" + configs.controlPort()), random);
    }

    public EmbeddedBrokers brokers() {
        return brokers;
    }

    public ObjectStore objectStore() {
        return store;
    }

    public Log wal() {
        return wal;
    }

    @Override
    public void close() {
        started.forEach(ChildProcess::close);
        wal.close();
        store.close();
        s3.close();
        brokers.close();
    }
}
