package io.tidemark.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The Kafka settings of a broker, chosen for a log that keeps everything and for several brokers on a small machine. */
final class KafkaSettings {

    static final String CLIENT_LISTENER = "CLIENT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** The largest record batch. An item has up to 400 KB, and a record may carry its old and its new attributes. */
    static final int MAX_BATCH_BYTES = 2 * 1024 * 1024;

    private static final int MAX_REPLICATION_FACTOR = 3;

    /** Settings that say who and where the broker is; they follow from {@link BrokerConfig}. */
    private static final Set<String> FIXED = Set.of(
            "process.roles",
            "node.id",
            "broker.rack",
            "log.dir",
            "log.dirs",
            "metadata.log.dir",
            "listeners",
            "advertised.listeners",
            "listener.security.protocol.map",
            "inter.broker.listener.name",
            "controller.listener.names",
            "controller.quorum.voters",
            "controller.quorum.bootstrap.servers");

    /** Nothing is deleted by age or size: the log is cut on request, below what is archived and verified. */
    private static final Map<String, String> KEEP_EVERYTHING = Map.of(
            "log.retention.ms", "-1",
            "log.retention.bytes", "-1",
            "log.segment.bytes", "134217728",
            "log.index.size.max.bytes", "2097152",
            "unclean.leader.election.enable", "false",
            "auto.create.topics.enable", "false",
            "message.max.bytes", Integer.toString(MAX_BATCH_BYTES),
            "replica.fetch.max.bytes", Integer.toString(MAX_BATCH_BYTES));

    /** Internal topics and buffers for a cluster of a few brokers. */
    private static final Map<String, String> FEW_BROKERS = Map.ofEntries(
            Map.entry("offsets.topic.num.partitions", "6"),
            Map.entry("offsets.topic.segment.bytes", "16777216"),
            Map.entry("transaction.state.log.num.partitions", "3"),
            Map.entry("transaction.state.log.segment.bytes", "16777216"),
            Map.entry("share.coordinator.state.topic.num.partitions", "3"),
            Map.entry("share.coordinator.state.topic.segment.bytes", "16777216"),
            Map.entry("log.cleaner.dedupe.buffer.size", "8388608"));

    /** Brokers that share a process also share its processors, and are idle most of the time. */
    private static final Map<String, String> SHARED_PROCESS = Map.of(
            "num.network.threads", "2",
            "listener.name.controller.num.network.threads", "1",
            "num.io.threads", "2",
            "background.threads", "2",
            "num.recovery.threads.per.data.dir", "1",
            "group.coordinator.threads", "1",
            "share.coordinator.threads", "1",
            "log.cleaner.dedupe.buffer.size", "2097152",
            "metadata.max.idle.interval.ms", "5000");

    /** Consumer groups form at once, and notice a member's death as soon as the member allows. */
    private static final Map<String, String> QUICK_GROUPS = Map.of(
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "500");

    /**
     * A broker that died is noticed after its session, and one that died and comes back is let in no sooner than that. A
     * follower whose leader is not there yet soon tries again.
     */
    private static final Map<String, String> QUICK_FAIL_OVER = Map.of(
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "1000",
            "replica.fetch.backoff.ms", "100");

    private KafkaSettings() {}

    /**
     * Every setting of a broker.
     *
     * @param clientPort the port that its client listener was given
     * @param startLimit how long its start may take
     */
    static Map<String, String> of(BrokerConfig broker, int clientPort, Duration startLimit) {
        Map<String, String> settings = new HashMap<>();
        settings.putAll(KEEP_EVERYTHING);
        settings.putAll(FEW_BROKERS);
        settings.putAll(QUICK_GROUPS);
        settings.putAll(QUICK_FAIL_OVER);
        settings.putAll(replication(broker.quorum().size()));
        settings.put("server.max.startup.time.ms", Long.toString(startLimit.toMillis()));
        settings.putAll(broker.kafkaSettings());
        settings.putAll(identity(broker, clientPort));
        return settings;
    }

    /** Replacements of {@link #of}'s settings for brokers that run beside others in one process. */
    static Map<String, String> sharedProcess() {
        return SHARED_PROCESS;
    }

    private static Map<String, String> replication(int brokers) {
        String factor = Integer.toString(Math.min(MAX_REPLICATION_FACTOR, brokers));
        String minInSync = brokers >= MAX_REPLICATION_FACTOR ? "2" : "1";
        return Map.of(
                "default.replication.factor", factor,
                "min.insync.replicas", minInSync,
                "offsets.topic.replication.factor", factor,
                "transaction.state.log.replication.factor", factor,
                "transaction.state.log.min.isr", minInSync,
                "share.coordinator.state.topic.replication.factor", factor,
                "share.coordinator.state.topic.min.isr", minInSync);
    }

    private static Map<String, String> identity(BrokerConfig broker, int clientPort) {
        BrokerListeners listeners = broker.listeners();
        HostAndPort advertised = listeners.advertised();
        if (advertised.port() == 0) {
            advertised = advertised.withPort(clientPort);
        }
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(broker.nodeId())),
                Map.entry("broker.rack", broker.zone()),
                Map.entry("log.dirs", broker.dataDirectory().toAbsolutePath().toString()),
                Map.entry(
                        "listeners",
                        CLIENT_LISTENER + "://" + listeners.clients().withPort(clientPort) + "," + CONTROLLER_LISTENER
                                + "://" + listeners.controller()),
                Map.entry("advertised.listeners", CLIENT_LISTENER + "://" + advertised),
                Map.entry(
                        "listener.security.protocol.map",
                        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT"),
                Map.entry("inter.broker.listener.name", CLIENT_LISTENER),
                Map.entry("controller.listener.names", CONTROLLER_LISTENER),
                Map.entry("controller.quorum.voters", broker.quorum().toKafkaSetting()));
    }

    /** @throws IllegalArgumentException naming the settings that cannot be replaced */
    static void requireReplaceable(Set<String> names) {
        Set<String> fixed = new TreeSet<>(names);
        fixed.retainAll(FIXED);
        if (!fixed.isEmpty()) {
            throw new IllegalArgumentException(
                    "The Kafka settings " + fixed + " follow from the broker's own settings: change those instead");
        }
    }
}
