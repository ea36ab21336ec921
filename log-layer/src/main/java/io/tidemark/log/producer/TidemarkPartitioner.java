package io.tidemark.log.producer;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.TableRoute;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Sends each command to the shard that owns its item's key. Belongs with {@link TidemarkSerializer}, and needs the property
 * {@value ProducerSettings#ROUTES}. Thread-safe.
 */
public final class TidemarkPartitioner implements Partitioner {
    private @Nullable TableRoutes routes;

    /** @throws org.apache.kafka.common.config.ConfigException if a property is missing or makes writes unsafe; it is named */
    @Override
    public void configure(Map<String, ?> properties) {
        ProducerSettings.requireSafe(properties);
        this.routes = ProducerSettings.routes(properties);
    }

    /** @throws SerializationException if the record is not one of {@link CommandRecord}'s, or the route is for another cluster */
    @Override
    public int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        if (!(key instanceof ItemCommand command) || keyBytes == null || !command.equals(value)) {
            throw new SerializationException("key and value of a record for " + topic
                    + " must be the same command: make records with CommandRecord.of(topic, command)");
        }
        TableRoute route = Objects.requireNonNull(routes, "not configured")
                .route(command.tableId())
                .orElseThrow(() -> new SerializationException(
                        "table " + command.tableId() + " is not in " + ProducerSettings.ROUTES + ": create it first"));
        int shard = route.shardOf(new ItemKey(Bytes.wrap(keyBytes))).value();
        Integer partitions = cluster.partitionCountForTopic(topic);
        if (partitions == null || shard >= partitions) {
            throw new SerializationException("the route of table " + command.tableId() + " leads to shard " + shard
                    + ", but " + topic + " has " + partitions + " partitions: is it another cluster's route?");
        }
        return shard;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
