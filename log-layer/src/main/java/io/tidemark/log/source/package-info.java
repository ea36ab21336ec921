/**
 * Source topics: every record of a topic that somebody else writes becomes a put or a delete in a table, exactly once.
 *
 * <p>Each command carries a {@link io.tidemark.schema.command.SourceMark}: where its record stands in the topic, and the record
 * before it that went to the same shard. The shard applies only what continues this chain. So a binding needs no position of its
 * own: it asks the shards how far they are, reads the topic from there, and may send what it likes twice. It asks again after
 * each failure, and from time to time to see that what it sent was applied and not rejected.
 *
 * <p>Known limits: a topic that is deleted and created again under its name needs a new binding, because its offsets begin anew;
 * after a part of a table has moved to another shard, a restart may put records again that the old shard had applied.
 */
@NullMarked
package io.tidemark.log.source;

import org.jspecify.annotations.NullMarked;
