package io.tidemark.embedded;

import io.tidemark.embedded.StartException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import kafka.raft.KafkaRaftManager;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.coordinator.share.ShareCoordinator;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Kafka's broker and controller in one node. This is the only class that touches Kafka's internals, which change without
 * notice: the version of Kafka is pinned for its sake. It puts the same parts together as {@code KafkaRaftServer} does,
 * but gives them sockets that are bound already, a fault handler that does not end the process, and a stop in two steps.
 *
 * <p>Not thread-safe. Its methods must run on the broker's own threads.
 */
final class KafkaNode {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    /** Settings of one listener alone begin so, and are not checked by Kafka. */
    private static final String LISTENER_PREFIX = "listener.name.";

    /** A resignation only shortens a stop that has begun. */
    private static final Duration RESIGNATION_DELAY = Duration.ofMillis(100);

    private final SharedServer shared;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private volatile @Nullable KafkaRaftManager<ApiMessageAndVersion> raft;

    private KafkaNode(SharedServer shared, ControllerServer controller, BrokerServer broker) {
        this.shared = shared;
        this.controller = controller;
        this.broker = broker;
    }

    /** @throws IllegalArgumentException naming the settings that Kafka does not know */
    static void requireKnown(Set<String> settings) {
        Set<String> unknown = new TreeSet<>(settings);
        unknown.removeAll(KafkaConfig.configDef().names());
        unknown.removeIf(name -> name.startsWith(LISTENER_PREFIX));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Kafka has no broker settings " + unknown + ": remove or correct them");
        }
    }

    /**
     * Formats the directory unless it is formatted.
     *
     * @throws StartException if the directory belongs to another cluster or node, or cannot be written
     */
    static void format(Path directory, ClusterId clusterId, int nodeId) {
        requireSameNode(directory, clusterId, nodeId);
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(nodeId)
                    .setClusterId(clusterId.value())
                    .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
                    .addDirectory(directory.toAbsolutePath().toString())
                    .setMetadataLogDirectory(directory.toAbsolutePath().toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception failure) {
            throw new StartException(
                    Reason.DIRECTORY_UNUSABLE,
                    "The data directory " + directory.toAbsolutePath() + " cannot be formatted: " + failure,
                    failure);
        }
    }

    private static void requireSameNode(Path directory, ClusterId clusterId, int nodeId) {
        Optional<MetaProperties> existing;
        try {
            MetaPropertiesEnsemble found = new MetaPropertiesEnsemble.Loader()
                    .addLogDirs(List.of(directory.toAbsolutePath().toString()))
                    .load();
            existing = Optional.ofNullable(
                    found.logDirProps().get(directory.toAbsolutePath().toString()));
        } catch (IOException cannotRead) {
            throw new StartException(
                    Reason.DIRECTORY_UNUSABLE,
                    "The data directory " + directory.toAbsolutePath() + " cannot be read: " + cannotRead,
                    cannotRead);
        }
        existing.ifPresent(properties -> {
            boolean sameCluster =
                    properties.clusterId().map(clusterId.value()::equals).orElse(true);
            boolean sameNode =
                    properties.nodeId().isEmpty() || properties.nodeId().getAsInt() == nodeId;
            if (!sameCluster || !sameNode) {
                throw new StartException(
                        Reason.DIRECTORY_OF_ANOTHER_CLUSTER,
                        "The data directory " + directory.toAbsolutePath() + " belongs to node "
                                + properties.nodeId().orElse(nodeId) + " of the cluster "
                                + properties.clusterId().orElse("?") + ", not to node " + nodeId + " of the cluster "
                                + clusterId + ": name the directory of this node, or an empty one");
            }
        });
    }

    /**
     * Starts the controller and the broker in a formatted directory, and waits until the broker serves.
     *
     * @param onFault gets what the node cannot go on after, from the thread that met it
     */
    static KafkaNode start(
            Map<String, String> settings, BrokerSockets sockets, BiConsumer<String, @Nullable Throwable> onFault) {
        KafkaConfig config = new KafkaConfig(settings, false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directories =
                KafkaRaftServer.initializeLogDirs(config, LOG, "");
        SharedServer shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                (name, fatal, action) -> faultHandler(name, fatal, action, onFault),
                socketFactory(sockets));
        ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        KafkaNode node = new KafkaNode(shared, controller, new BrokerServer(shared));
        node.startup();
        return node;
    }

    private void startup() {
        controller.startup();
        raft = shared.raftManager();
        boolean started = false;
        try {
            broker.startup();
            started = true;
        } finally {
            // Not in a catch: Kafka's Scala code throws checked exceptions that it does not declare.
            if (!started) {
                stopCoordinators();
                stopController(Duration.ZERO);
            }
        }
    }

    /**
     * Ends the threads of the coordinators of groups. They are there from when these are made, but Kafka's stop of a broker that
     * did not get to start them leaves them running. Stopping one that is stopped does nothing.
     */
    private void stopCoordinators() {
        GroupCoordinator groups = broker.groupCoordinator();
        if (groups != null) {
            groups.startup(() -> 1);
            groups.shutdown();
        }
        ShareCoordinator shares = broker.shareCoordinator();
        if (shares != null) {
            shares.startup(() -> 1);
            shares.shutdown();
        }
    }

    private static ServerSocketFactory socketFactory(BrokerSockets sockets) {
        return (listenerName, address, backlogConnections, receiveBufferBytes) -> {
            ServerSocketChannel channel =
                    listenerName.equals(KafkaSettings.CLIENT_LISTENER) ? sockets.clients() : sockets.controller();
            return channel;
        };
    }

    private static FaultHandler faultHandler(
            String name, boolean fatal, Runnable action, BiConsumer<String, @Nullable Throwable> onFault) {
        if (!fatal) {
            return new LoggingFaultHandler(name, action);
        }
        return new FaultHandler() {
            @Override
            public RuntimeException handleFault(String message, @Nullable Throwable cause) {
                action.run();
                onFault.accept(name + ": " + message, cause);
                return new FaultHandlerException(name + ": " + message, cause);
            }
        };
    }

    /**
     * Whether every partition that has a replica here counts it as in sync. Partitions that were created or changed since
     * the broker last heard from the controllers are not looked at.
     */
    boolean isInSync() {
        int nodeId = broker.config().nodeId();
        return broker.metadataCache().getImage().topics().topicsById().values().stream()
                .flatMap(topic -> topic.partitions().values().stream())
                .filter(partition -> contains(partition.replicas, nodeId))
                .allMatch(partition -> contains(partition.isr, nodeId));
    }

    private static boolean contains(int[] nodeIds, int nodeId) {
        return Arrays.stream(nodeIds).anyMatch(id -> id == nodeId);
    }

    /**
     * Stops the broker; the controller goes on. The broker first asks the controllers to move away the leadership of its
     * partitions, for which they get {@code handOver}. Kafka would do the same by itself, but would wait for five minutes,
     * or log an error.
     */
    void stopBroker(Duration handOver) throws InterruptedException {
        broker.replicaManager().beginControlledShutdown();
        broker.lifecycleManager().beginControlledShutdown();
        try {
            broker.lifecycleManager().controlledShutdownFuture().get(handOver.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException nobodyTookOver) {
            // The partitions stay without a leader until the broker is seen as gone, or is back.
            LOG.atDebug()
                    .addKeyValue("node", broker.config().nodeId())
                    .setCause(nobodyTookOver)
                    .log("Not handed over");
        }
        broker.shutdown();
    }

    /**
     * Stops the controller. One that leads the quorum, or wants to, first waits until another one has been elected, but no
     * longer than {@code election}: there may be nobody left. Kafka alone would wait for five seconds.
     */
    void stopController(Duration election) {
        CompletableFuture<Void> resignation = CompletableFuture.runAsync(
                this::resign,
                CompletableFuture.delayedExecutor(
                        election.plus(RESIGNATION_DELAY).toMillis(), TimeUnit.MILLISECONDS));
        controller.shutdown();
        resignation.cancel(false);
    }

    private void resign() {
        KafkaRaftManager<ApiMessageAndVersion> current = raft;
        if (current != null) {
            // Takes the place of the stop's own limit, and always ends in the timeout that was asked for.
            CompletableFuture<Void> unused = current.client().shutdown(0);
        }
    }
}
