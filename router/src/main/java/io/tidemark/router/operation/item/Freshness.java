package io.tidemark.router.operation.item;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.operation.ReadToken;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.value.AttributeValue;
import java.nio.ByteBuffer;

/**
 * What a read must at least see: everything if it was asked to be consistent, else what the client's token says that it has
 * seen before.
 */
record Freshness(boolean consistentRead, ReadToken token) {
    /** @param key one that the table admits */
    Consistency ofKey(TableRoute route, PrimaryKey key) {
        return knowsNothing()
                ? plain()
                : ofShard(route.shardOf(KeyEncoding.encode(route.tableId(), route.keySchema(), key)));
    }

    /** @throws ApiException VALIDATION if the table does not admit the value */
    Consistency ofPartitionKey(TableRoute route, AttributeValue partitionKey) {
        if (knowsNothing()) {
            return plain();
        }
        try {
            byte[] prefix = KeyEncoding.partitionPrefix(route.tableId(), route.keySchema(), partitionKey)
                    .array();
            return ofShard(route.shardOf(ByteBuffer.wrap(prefix).getInt(Integer.BYTES)));
        } catch (InvalidKeyException e) {
            throw ApiException.validation(String.valueOf(e.getMessage()));
        }
    }

    /** A scan crosses shards, of which a token may name any. */
    Consistency ofScan() {
        return token.lsns().isEmpty() ? plain() : Consistency.STRONG;
    }

    private boolean knowsNothing() {
        return consistentRead || token.lsns().isEmpty();
    }

    private Consistency plain() {
        return consistentRead ? Consistency.STRONG : Consistency.EVENTUAL;
    }

    private Consistency ofShard(ShardId shard) {
        return token.lsn(shard).<Consistency>map(Consistency.AtLeast::new).orElse(Consistency.EVENTUAL);
    }
}
