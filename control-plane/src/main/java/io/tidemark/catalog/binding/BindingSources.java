package io.tidemark.catalog.binding;

import io.tidemark.log.KafkaConnection;
import io.tidemark.log.Log;
import io.tidemark.log.source.DeadLetters;

/**
 * What bindings read from and write to. Everything belongs to the caller, who closes it after the runner.
 *
 * @param connection to the cluster of the source topics
 * @param wal the write-ahead log of the shards
 */
public record BindingSources(KafkaConnection connection, Log wal, DeadLetters deadLetters) {}
