package io.tidemark.materializer.query;

import io.tidemark.materializer.store.DeepDigest;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.materializer.streams.Replicas;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeReply.LaneEntriesResult;
import io.tidemark.schema.node.NodeReply.LaneEntry;
import io.tidemark.schema.node.NodeReply.Position;
import io.tidemark.schema.node.NodeRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a replica was at a VERIFY barrier. Blocks on its disk. */
final class Digests {
    /** More entries than fit into it are left to the next page. */
    private static final int MAX_ENTRIES_BYTES = 4 << 20;

    private final Replicas replicas;
    private final BooleanSupplier closing;

    /** @param closing asked now and then by long work; once true, it ends */
    Digests(Replicas replicas, BooleanSupplier closing) {
        this.replicas = replicas;
        this.closing = closing;
    }

    /** The barrier has been applied. */
    NodeReply digest(NodeRequest.Digest request, Deadline deadline) {
        try (ReplicaSnapshot snapshot = replicas.captured(request.shard(), request.barrier())) {
            Position position = new Position(replicas.zone(), request.shard(), snapshot.nextLsn());
            if (request.deep()) {
                DeepDigest deep = snapshot.deepDigest(() -> deadline.hasPassed() || closing.getAsBoolean());
                return new NodeReply.DigestResult(deep.digest(), deep.damage(), position);
            }
            return new NodeReply.DigestResult(snapshot.digest(), List.of(), position);
        }
    }

    /** The barrier has been applied. */
    NodeReply laneEntries(NodeRequest.LaneEntries request) {
        for (int lane : request.lanes()) {
            if (lane < 0 || lane >= StateDigest.LANE_COUNT) {
                throw new NodeException(
                        Kind.INVALID_REQUEST, "lanes are 0 to " + (StateDigest.LANE_COUNT - 1) + ": " + lane);
            }
        }
        try (ReplicaSnapshot snapshot = replicas.captured(request.shard(), request.barrier())) {
            return fitting(snapshot.laneEntries(request.lanes(), request.after(), request.limit()));
        }
    }

    private static LaneEntriesResult fitting(LaneEntriesResult page) {
        int sizeBytes = 0;
        List<LaneEntry> entries = page.entries();
        for (int i = 0; i < entries.size(); i++) {
            sizeBytes += entries.get(i).storeKey().length()
                    + entries.get(i).valueHash().length()
                    + Long.BYTES;
            if (sizeBytes > MAX_ENTRIES_BYTES && i + 1 < entries.size()) {
                return new LaneEntriesResult(
                        entries.subList(0, i + 1), Optional.of(entries.get(i).storeKey()));
            }
        }
        return page;
    }
}
