package io.tidemark.launcher.operations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.verifier.VerificationListener;
import io.tidemark.verifier.report.ReplicaReport;
import io.tidemark.verifier.report.ShardReport;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells a verification's progress as JSON objects, each of them with an event and a shard. */
record ProgressLines(Consumer<ObjectNode> sink) implements VerificationListener {
    @Override
    public void started(ShardId shard) {
        sink.accept(event("started", shard));
    }

    @Override
    public void barrierAppended(ShardId shard, Lsn barrier) {
        sink.accept(event("barrier", shard).put("lsn", barrier.offset()));
    }

    @Override
    public void archiveChecked(ShardId shard, Lsn checkedEnd, Lsn end) {
        sink.accept(event("archive", shard).put("checked", checkedEnd.offset()).put("end", end.offset()));
    }

    @Override
    public void waiting(ShardId shard, String what) {
        sink.accept(event("waiting", shard).put("detail", what));
    }

    @Override
    public void compared(ShardId shard, ReplicaReport replica) {
        sink.accept(event("compared", shard)
                .put("zone", replica.zone().name())
                .put("verdict", replica.verdict().conclusion().name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void healing(ShardId shard, Zone zone, String why) {
        sink.accept(event("healing", shard).put("zone", zone.name()).put("detail", why));
    }

    @Override
    public void finished(ShardReport report) {
        sink.accept(event("finished", report.shard())
                .put("verdict", report.conclusion().name().toLowerCase(Locale.ROOT)));
    }

    private static ObjectNode event(String event, ShardId shard) {
        return JsonNodeFactory.instance.objectNode().put("event", event).put("shard", shard.value());
    }
}
