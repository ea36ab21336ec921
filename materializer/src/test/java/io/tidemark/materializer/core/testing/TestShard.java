package io.tidemark.materializer.core.testing;

import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Semantics;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A shard with one table whose log is what a test appends; each record is applied at once. */
public final class TestShard {
    public static final TableId TABLE = new TableId(1);

    private final KeySchema schema;
    private final PlainState state = new PlainState();
    private long clockMs = 1_000_000;
    private long requests;

    private TestShard(KeySchema schema) {
        this.schema = schema;
    }

    /** Owns all of the table. */
    public static TestShard withTable(KeySchema schema) {
        return withTable(schema, HashRange.ALL);
    }

    public static TestShard withTable(KeySchema schema, HashRange range) {
        TestShard shard = new TestShard(schema);
        shard.append(new Command.OpenPartition(TABLE, schema, range));
        return shard;
    }

    public static TestShard withoutTable(KeySchema schema) {
        return new TestShard(schema);
    }

    public PlainState state() {
        return state;
    }

    public void advanceMs(long milliseconds) {
        clockMs += milliseconds;
    }

    public RequestId newRequestId() {
        return new RequestId(7, requests++);
    }

    /** With a request id of its own. */
    public Outcome append(Command command) {
        return append(newRequestId(), command).outcome();
    }

    public Transition append(RequestId requestId, Command command) {
        return append(encode(Envelope.of(requestId, command)));
    }

    public Transition append(SourceMark mark, Command command) {
        return append(encode(new Envelope(Semantics.CURRENT_VERSION, newRequestId(), Optional.of(mark), command)));
    }

    public WalPayload encode(Envelope envelope) {
        return envelope.command() instanceof Command.ItemCommand
                ? WalCodec.encode(schema, envelope)
                : WalCodec.encodeControl(envelope);
    }

    public Transition append(WalPayload payload) {
        return state.apply(Histories.record(new ShardId(0), state.nextLsn(), clockMs, payload));
    }

    public @Nullable Item item(PrimaryKey key) {
        StoredItem stored = stored(key);
        return stored == null ? null : stored.item();
    }

    public @Nullable StoredItem stored(PrimaryKey key) {
        return state.item(KeyEncoding.encode(TABLE, schema, key));
    }
}
