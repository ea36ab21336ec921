package io.tidemark.client;

import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import java.util.Optional;

/** Reads one item. Immutable. */
public record GetRequest(String tableName, PrimaryKey key, Optional<Projection> projection, Consistency consistency) {
    /** The whole item, eventually consistent. */
    public static GetRequest of(String tableName, PrimaryKey key) {
        return new GetRequest(tableName, key, Optional.empty(), Consistency.EVENTUAL);
    }

    public GetRequest project(Projection newProjection) {
        return new GetRequest(tableName, key, Optional.of(newProjection), consistency);
    }

    public GetRequest consistency(Consistency newConsistency) {
        return new GetRequest(tableName, key, projection, newConsistency);
    }
}
