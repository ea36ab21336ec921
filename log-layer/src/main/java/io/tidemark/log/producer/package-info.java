/**
 * Parts that any Kafka producer plugs in by class name to write commands to the write-ahead log itself:
 *
 * <pre>{@code
 * properties.put("key.serializer", TidemarkSerializer.class);
 * properties.put("value.serializer", TidemarkSerializer.class);
 * properties.put("partitioner.class", TidemarkPartitioner.class);
 * properties.put("tidemark.routes", TableRoutes.of(route));
 * try (var producer = new KafkaProducer<ItemCommand, ItemCommand>(properties)) {
 *     producer.send(CommandRecord.of(TopicSpec.WAL, PutItem.of(table, item)));
 * }
 * }</pre>
 *
 * A command that is in the log has been evaluated by every replica, but a producer does not learn its outcome: conditions that
 * fail and commands that are rejected are seen in the table and in the list of rejections only. Who needs outcomes writes through
 * a storage node.
 */
@NullMarked
package io.tidemark.log.producer;

import org.jspecify.annotations.NullMarked;
