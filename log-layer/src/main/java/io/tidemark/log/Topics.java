package io.tidemark.log;

import io.tidemark.log.LogException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that this system owns, and checks at every start that nobody made them unsafe. Processes that start
 * together may create the same topic: one of them does, and all check it.
 */
public final class Topics {
    private static final Logger logger = LoggerFactory.getLogger(Topics.class);

    /** Between two looks at a cluster whose brokers are still joining, or have not yet all heard of a new topic. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final KafkaConnection connection;
    private final Admin admin;
    private final Duration startTimeout;

    private Topics(KafkaConnection connection, Admin admin, Duration startTimeout) {
        this.connection = connection;
        this.admin = admin;
        this.startTimeout = startTimeout;
    }

    /**
     * Makes sure that the topic is there as {@code spec} wants it; blocks until it is.
     *
     * @param startTimeout how long brokers have to answer, and to become as many as the replication factor
     * @throws LogException with kind UNAVAILABLE if no broker answers; MISCONFIGURED if there are too few brokers or the topic
     *     is not as it must be, with every difference and the command that mends it; UNAUTHORIZED
     */
    public static void ensure(KafkaConnection connection, TopicSpec spec, Duration startTimeout) {
        try (Admin admin = newAdmin(connection, startTimeout)) {
            Topics topics = new Topics(connection, admin, startTimeout);
            topics.check(spec, topics.describeOrCreate(spec));
        }
    }

    static Admin newAdmin(KafkaConnection connection, Duration timeout) {
        var properties = connection.properties();
        properties.setProperty("default.api.timeout.ms", Long.toString(timeout.toMillis()));
        // Leaves time to ask another broker when one does not answer.
        properties.setProperty(
                "request.timeout.ms", Long.toString(timeout.dividedBy(2).toMillis()));
        try {
            return Admin.create(properties);
        } catch (RuntimeException e) {
            throw KafkaErrors.toLogException("connect to Kafka at " + connection.bootstrapServers(), e);
        }
    }

    private TopicDescription describeOrCreate(TopicSpec spec) {
        long attempts = 1 + startTimeout.dividedBy(PAUSE);
        Optional<String> obstacle = Optional.empty();
        for (long attempt = 0; attempt < attempts; attempt++) {
            if (attempt > 0) {
                pause(spec);
            }
            Optional<TopicDescription> description = describe(spec);
            if (description.isPresent()) {
                return description.get();
            }
            obstacle = create(spec);
        }
        throw new LogException(
                Kind.MISCONFIGURED,
                "topic " + spec.name() + " could not be created within " + startTimeout.toSeconds() + " s: "
                        + obstacle.orElse("the brokers do not list it") + "; start at least " + spec.replicationFactor()
                        + " brokers, or ask for a smaller replication factor in so many words");
    }

    private Optional<TopicDescription> describe(TopicSpec spec) {
        try {
            TopicDescription description = await(
                            spec, admin.describeTopics(List.of(spec.name())).allTopicNames())
                    .get(spec.name());
            return Optional.ofNullable(description);
        } catch (UnknownTopicOrPartitionException | LeaderNotAvailableException e) {
            return Optional.empty();
        }
    }

    /** What stands in the way for now, if anything does. */
    private Optional<String> create(TopicSpec spec) {
        try {
            await(spec, admin.createTopics(List.of(newTopic(spec))).all());
            logger.atInfo()
                    .addKeyValue("topic", spec.name())
                    .addKeyValue("partitions", spec.partitions())
                    .log("topic created");
            return Optional.empty();
        } catch (TopicExistsException e) {
            return Optional.empty();
        } catch (InvalidReplicationFactorException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** @throws InvalidReplicationFactorException if there are too few brokers */
    private NewTopic newTopic(TopicSpec spec) {
        NewTopic topic = switch (spec.leaders()) {
            case SPREAD -> new NewTopic(spec.name(), spec.partitions(), (short) spec.replicationFactor());
            case TOGETHER -> new NewTopic(spec.name(), withLeadersTogether(spec));
        };
        return topic.configs(spec.initialSettings());
    }

    /** Replicas by partition, the preferred leader first. */
    private Map<Integer, List<Integer>> withLeadersTogether(TopicSpec spec) {
        List<Integer> brokers = await(spec, admin.describeCluster().nodes()).stream()
                .map(Node::id)
                .sorted()
                .limit(spec.replicationFactor())
                .toList();
        if (brokers.size() < spec.replicationFactor()) {
            throw new InvalidReplicationFactorException("replication factor " + spec.replicationFactor()
                    + " is larger than the number of brokers: " + brokers.size());
        }
        Map<Integer, List<Integer>> replicas = new TreeMap<>();
        for (int partition = 0; partition < spec.partitions(); partition++) {
            replicas.put(partition, brokers);
        }
        return replicas;
    }

    private void check(TopicSpec spec, TopicDescription description) {
        List<String> faults = new ArrayList<>();
        int partitions = description.partitions().size();
        if (partitions != spec.partitions()) {
            faults.add("it has " + partitions + " partitions but the number of shards is set to " + spec.partitions()
                    + ": set it to " + partitions);
        }
        int leastReplicas = description.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        if (leastReplicas < spec.replicationFactor()) {
            faults.add("replication factor is " + leastReplicas + " but must be " + spec.replicationFactor()
                    + ": add replicas with kafka-reassign-partitions.sh --bootstrap-server "
                    + connection.bootstrapServers() + " --execute --reassignment-json-file FILE");
        }
        checkSettings(spec, faults);
        if (!faults.isEmpty()) {
            throw new LogException(
                    Kind.MISCONFIGURED, "topic " + spec.name() + " is not safe to use: " + String.join("; ", faults));
        }
    }

    private void checkSettings(TopicSpec spec, List<String> faults) {
        Config found = describeSettings(spec);
        List<String> mending = new ArrayList<>();
        for (Map.Entry<String, String> required : spec.requiredSettings().entrySet()) {
            ConfigEntry entry = found.get(required.getKey());
            String value = entry == null ? "absent" : entry.value();
            if (!required.getValue().equals(value)) {
                faults.add(required.getKey() + " is " + value + " but must be " + required.getValue());
                mending.add(required.getKey() + "=" + required.getValue());
            }
        }
        if (!mending.isEmpty()) {
            faults.add("mend it with: kafka-configs.sh --bootstrap-server " + connection.bootstrapServers()
                    + " --alter --entity-type topics --entity-name " + spec.name() + " --add-config "
                    + String.join(",", mending));
        }
    }

    private Config describeSettings(TopicSpec spec) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
        long attempts = 1 + startTimeout.dividedBy(PAUSE);
        for (long attempt = 0; attempt < attempts; attempt++) {
            if (attempt > 0) {
                pause(spec);
            }
            try {
                Config found = await(
                                spec, admin.describeConfigs(List.of(resource)).all())
                        .get(resource);
                if (found != null) {
                    return found;
                }
            } catch (UnknownTopicOrPartitionException e) {
                // The broker that was asked has not heard of a new topic yet.
            }
        }
        throw new LogException(
                Kind.UNAVAILABLE,
                "topic " + spec.name() + ": the brokers did not tell its settings within " + startTimeout.toSeconds()
                        + " s; check the brokers, then start again");
    }

    /** Throws what a caller here handles as it is, and everything else as a {@link LogException}. */
    private <T> T await(TopicSpec spec, KafkaFuture<T> future) {
        String action = "prepare topic " + spec.name() + " at " + connection.bootstrapServers();
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogException(Kind.CLOSED, action + ": interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = KafkaErrors.unwrap(e);
            switch (cause) {
                case UnknownTopicOrPartitionException expected -> throw expected;
                case LeaderNotAvailableException expected -> throw expected;
                case TopicExistsException expected -> throw expected;
                case InvalidReplicationFactorException expected -> throw expected;
                case TimeoutException timeout ->
                    throw new LogException(
                            Kind.UNAVAILABLE,
                            action + ": no broker answered within " + startTimeout.toSeconds()
                                    + " s; check that the brokers run and that bootstrap.servers names them",
                            timeout);
                default -> throw KafkaErrors.toLogException(action, cause);
            }
        }
    }

    private static void pause(TopicSpec spec) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogException(Kind.CLOSED, "prepare topic " + spec.name() + ": interrupted", e);
        }
    }
}
