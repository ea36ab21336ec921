package io.tidemark.log;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A topic that this system owns, and the settings without which its records would not be safe.
 *
 * @param partitions the number of shards
 * @param replicationFactor copies of every record; 3 unless a smaller cluster is asked for in so many words
 * @param minInsyncReplicas copies that must exist before a write is acknowledged
 * @param leaders where a new topic's leaders are placed; a topic that exists stays as it is
 */
public record TopicSpec(
        String name, int partitions, int replicationFactor, int minInsyncReplicas, LeaderPlacement leaders) {
    /** The write-ahead log of items. */
    public static final String WAL = "tidemark.wal";
    /** The log of the catalog: one shard. */
    public static final String CATALOG = "tidemark.catalog";

    public static final int MAX_PARTITIONS = 10_000;

    /** Room for the framing that Kafka adds to a record. */
    private static final int FRAMING_BYTES = 64 << 10;

    /** Kafka's limit on a record batch, and so on a record, in the owned topics. */
    static final int MAX_MESSAGE_BYTES = Log.MAX_PAYLOAD_BYTES + FRAMING_BYTES;

    /** Trimming frees whole segments only: they are kept small. */
    private static final int SEGMENT_BYTES = 64 << 20;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /** Where the leaders of a new topic's shards are placed. */
    public enum LeaderPlacement {
        /** Over all brokers and zones, as Kafka places them: each broker's machine does a part of the work. */
        SPREAD,
        /**
         * On the broker with the smallest id, as long as it is up: for brokers that share a machine. What is appended at one
         * time then costs one produce request and a fetch for each follower, instead of as many for each broker.
         */
        TOGETHER
    }

    public TopicSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no valid topic name: '" + name + "'");
        }
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    "topic " + name + " must have 1 to " + MAX_PARTITIONS + " partitions: " + partitions);
        }
        if (minInsyncReplicas < 1 || minInsyncReplicas > replicationFactor || replicationFactor > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "topic " + name + " needs 1 <= min.insync.replicas <= replication factor: " + minInsyncReplicas
                            + ", " + replicationFactor);
        }
    }

    /** Three copies, two of them in sync: survives the loss of any broker without losing a record or stopping writes. */
    public static TopicSpec of(String name, int partitions) {
        return new TopicSpec(name, partitions, 3, 2, LeaderPlacement.SPREAD);
    }

    /** For clusters of fewer than three brokers. With {@code minInsyncReplicas} 1 a lost broker can lose acknowledged records. */
    public TopicSpec withReplication(int replicationFactor, int minInsyncReplicas) {
        return new TopicSpec(name, partitions, replicationFactor, minInsyncReplicas, leaders);
    }

    public TopicSpec withLeaders(LeaderPlacement leaders) {
        return new TopicSpec(name, partitions, replicationFactor, minInsyncReplicas, leaders);
    }

    /** Settings by name that the topic must have at every start, in alphabetical order. */
    Map<String, String> requiredSettings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("cleanup.policy", "delete");
        settings.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.put("message.timestamp.type", "LogAppendTime");
        settings.put("min.insync.replicas", Integer.toString(minInsyncReplicas));
        settings.put("retention.bytes", "-1");
        settings.put("retention.ms", "-1");
        settings.put("unclean.leader.election.enable", "false");
        return settings;
    }

    /** Settings that a new topic gets. */
    Map<String, String> initialSettings() {
        Map<String, String> settings = new TreeMap<>(requiredSettings());
        settings.put("segment.bytes", Integer.toString(SEGMENT_BYTES));
        return settings;
    }
}
