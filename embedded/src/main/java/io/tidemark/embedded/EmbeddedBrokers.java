package io.tidemark.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A Kafka cluster in this process: one broker, which is a controller as well, in each zone. All of them live in one data
 * directory, which keeps everything over a restart; the ports may change. Thread-safe.
 *
 * <p>The cluster lasts as long as a majority of its zones runs. A broker that cannot go on is closed, and can be started
 * again; it never ends the process.
 */
public final class EmbeddedBrokers implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    /** Another process may be quicker to take a port that was free. */
    private static final int MAX_BIND_ATTEMPTS = 5;

    /** How long a start waits for replicas to catch up; a broker that needs longer serves meanwhile. */
    private static final Duration IN_SYNC_LIMIT = Duration.ofSeconds(10);

    /** When all brokers stop there is nobody to hand over to, so waiting is of no use. */
    private static final Duration GROUP_HAND_OVER_LIMIT = Duration.ofMillis(500);

    private static final Duration GROUP_ELECTION_LIMIT = Duration.ofMillis(100);

    /**
     * One controller asks for votes long before the others would, so that a start does not wait a second for the first
     * election. With this on all of them their elections would collide, over and over.
     */
    private static final Map<String, String> FIRST_CANDIDATE = Map.of("controller.quorum.election.timeout.ms", "300");

    private final DirectoryLock lock;
    private final ClusterLayout layout;
    private final Map<String, BrokerConfig> configs;
    private final Map<String, EmbeddedBroker> running = new HashMap<>();
    private final String bootstrapServers;
    private final CompletableFuture<BrokerFault> firstFault = new CompletableFuture<>();
    private boolean closed;

    private EmbeddedBrokers(DirectoryLock lock, ClusterLayout layout, Map<String, BrokerConfig> configs) {
        this.lock = lock;
        this.layout = layout;
        this.configs = configs;
        this.bootstrapServers = configs.values().stream()
                .map(config -> config.listeners().clients().toString())
                .collect(Collectors.joining(","));
    }

    /**
     * Starts every broker and waits until all of them serve and their replicas are in sync. A directory that holds no cluster gets a new one.
     *
     * @throws StartException if a broker cannot be started; the message says what to do, and none is left running
     */
    public static EmbeddedBrokers start(BrokersConfig config) {
        return start(config, RandomGenerator.of("SecureRandom"));
    }

    /** As {@link #start(BrokersConfig)}; {@code random} gives the id of a new cluster. */
    public static EmbeddedBrokers start(BrokersConfig config, RandomGenerator random) {
        DirectoryLock lock = DirectoryLock.take(config.dataDirectory());
        List<BrokerSockets> sockets = new ArrayList<>();
        boolean started = false;
        try {
            ClusterLayout layout = ClusterLayout.readOrCreate(config, random);
            for (int index = 0; index < config.zones().size(); index++) {
                int zoneIndex = index;
                sockets.add(bind(config.firstPort().map(first -> first + zoneIndex)));
            }
            EmbeddedBrokers brokers = new EmbeddedBrokers(lock, layout, configure(config, layout, sockets));
            brokers.startAll(sockets);
            started = true;
            return brokers;
        } finally {
            if (!started) {
                sockets.forEach(BrokerSockets::close);
                lock.close();
            }
        }
    }

    /** On ports that no outgoing connection takes while a broker is stopped: it comes back on the same ones. */
    private static BrokerSockets bind(Optional<Integer> clientPort) {
        for (int attempt = 1; ; attempt++) {
            List<Integer> free = FreePorts.find(2);
            try {
                return BrokerSockets.bind(BrokerListeners.loopback(clientPort.orElse(free.getFirst()), free.getLast()));
            } catch (StartException e) {
                if (e.reason() != StartException.Reason.PORT_IN_USE || attempt == MAX_BIND_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Map<String, BrokerConfig> configure(
            BrokersConfig config, ClusterLayout layout, List<BrokerSockets> sockets) {
        SortedMap<Integer, HostAndPort> voters = new TreeMap<>();
        for (int index = 0; index < sockets.size(); index++) {
            voters.put(
                    ClusterLayout.nodeId(index),
                    HostAndPort.loopback(sockets.get(index).controllerPort()));
        }
        ControllerQuorum quorum = new ControllerQuorum(layout.clusterId(), voters);
        Map<String, BrokerConfig> configs = new LinkedHashMap<>();
        for (int index = 0; index < sockets.size(); index++) {
            int nodeId = ClusterLayout.nodeId(index);
            String zone = config.zones().get(index);
            BrokerSockets bound = sockets.get(index);
            configs.put(
                    zone,
                    new BrokerConfig(
                            nodeId,
                            zone,
                            config.dataDirectory().resolve("broker-" + nodeId),
                            BrokerListeners.loopback(bound.clientPort(), bound.controllerPort()),
                            quorum,
                            settings(index)));
        }
        return configs;
    }

    private static Map<String, String> settings(int index) {
        Map<String, String> settings = new HashMap<>(KafkaSettings.sharedProcess());
        if (index == 0) {
            settings.putAll(FIRST_CANDIDATE);
        }
        return settings;
    }

    private synchronized void startAll(List<BrokerSockets> sockets) {
        Map<String, CompletableFuture<EmbeddedBroker>> starting = new LinkedHashMap<>();
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            int index = 0;
            for (BrokerConfig config : configs.values()) {
                BrokerSockets bound = sockets.get(index++);
                starting.put(
                        config.zone(),
                        CompletableFuture.supplyAsync(
                                () -> EmbeddedBroker.start(config, bound, START_LIMIT), starters));
            }
        }
        List<Throwable> failures = new ArrayList<>();
        starting.forEach((zone, broker) -> {
            try {
                add(broker.join());
            } catch (CompletionException failure) {
                failures.add(failure.getCause() == null ? failure : failure.getCause());
            }
        });
        if (!failures.isEmpty()) {
            stopAll();
            throw failures.getFirst() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(failures.getFirst());
        }
        List.copyOf(running.values()).forEach(broker -> broker.awaitInSync(IN_SYNC_LIMIT));
    }

    private synchronized void add(EmbeddedBroker broker) {
        running.put(broker.config().zone(), broker);
        // The thread that met the fault belongs to the broker, and could not wait for the broker's end.
        broker.fault()
                .thenAccept(fault -> Thread.ofVirtual().start(() -> {
                    firstFault.complete(fault);
                    remove(broker);
                }));
    }

    private synchronized void remove(EmbeddedBroker broker) {
        if (running.remove(broker.config().zone(), broker)) {
            broker.close();
        }
    }

    /** The address of every broker, running or not, for a client's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    public ClusterId clusterId() {
        return layout.clusterId();
    }

    /** The zones, in the order of their brokers' node ids. */
    public List<String> zones() {
        return layout.zones();
    }

    /** Whether the zone's broker runs. */
    public synchronized boolean isRunning(String zone) {
        require(zone);
        return running.containsKey(zone);
    }

    /** Completes when the first broker cannot go on, and has been or is being closed; never, if all goes well. */
    public CompletionStage<BrokerFault> firstFault() {
        return firstFault.minimalCompletionStage();
    }

    /** Stops one broker and waits until it has stopped. Does nothing if it does not run. */
    public synchronized void stopBroker(String zone) {
        require(zone);
        EmbeddedBroker broker = running.remove(zone);
        if (broker != null) {
            broker.close();
        }
    }

    /**
     * Starts one broker again, on the ports that it had, and waits until it serves and its replicas are in sync. Does nothing if it runs.
     *
     * @throws StartException if it cannot be started; the message says what to do
     * @throws IllegalStateException if the cluster is closed
     */
    public synchronized void startBroker(String zone) {
        BrokerConfig config = require(zone);
        if (closed) {
            throw new IllegalStateException("The cluster is closed: start a new one on its directory");
        }
        if (!running.containsKey(zone)) {
            EmbeddedBroker broker = EmbeddedBroker.start(config, START_LIMIT);
            add(broker);
            broker.awaitInSync(IN_SYNC_LIMIT);
        }
    }

    private BrokerConfig require(String zone) {
        BrokerConfig config = configs.get(zone);
        if (config == null) {
            throw new IllegalArgumentException("There is no zone '" + zone + "': the zones are " + configs.keySet());
        }
        return config;
    }

    /** Stops every broker; what they have acknowledged stays in the directory. Takes about a second. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stopAll();
            lock.close();
        }
    }

    private synchronized void stopAll() {
        List<EmbeddedBroker> brokers = List.copyOf(running.values());
        running.clear();
        // While a broker stops it talks to the controllers, so no controller goes before the last broker has gone.
        stopEach(brokers, broker -> broker.stopBroker(GROUP_HAND_OVER_LIMIT));
        stopEach(brokers, broker -> broker.stopController(GROUP_ELECTION_LIMIT));
        brokers.forEach(EmbeddedBroker::release);
    }

    private static void stopEach(List<EmbeddedBroker> brokers, Function<EmbeddedBroker, CompletableFuture<Void>> step) {
        Map<EmbeddedBroker, CompletableFuture<Void>> stopping = new LinkedHashMap<>();
        brokers.forEach(broker -> stopping.put(broker, step.apply(broker)));
        stopping.forEach(EmbeddedBroker::awaitStop);
    }
}
