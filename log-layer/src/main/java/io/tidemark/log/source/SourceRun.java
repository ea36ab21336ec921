package io.tidemark.log.source;

import io.tidemark.log.Log;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Semantics;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.command.Command.DeleteItem;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * One unbroken continuation of a binding's chains: from what the shards have applied to the first thing that fails. A run that
 * has thrown must not be used again. For one thread.
 */
final class SourceRun {
    /** Of commands under way; several bindings share the log's buffer. */
    private static final int MAX_IN_FLIGHT_BYTES = 4 << 20;
    /** Commands that are sent at most before it is checked that shards apply them, once they have shown that they do. */
    private static final int MAX_UNCONFIRMED_RECORDS = 20_000;

    private final BindingDescription binding;
    private final SourceTarget target;
    private final TableRoute route;
    private final RecordMapper mapper;
    private final SourceChains chains;
    private final DeadLetters deadLetters;
    private final SourceCounters counters;

    private final ArrayDeque<CompletableFuture<?>> inFlight = new ArrayDeque<>();
    private long inFlightBytes;
    private final Set<ShardId> unconfirmedShards = new TreeSet<>();
    private int unconfirmedRecords;
    private int maxUnconfirmedRecords = 1;
    private boolean checkpointDue;

    /** Asks every shard how far it is. */
    SourceRun(BindingDescription binding, SourceTarget target, DeadLetters deadLetters, SourceCounters counters) {
        this.binding = binding;
        this.target = target;
        this.deadLetters = deadLetters;
        this.counters = counters;
        this.route = target.route().get();
        if (!route.tableId().equals(binding.tableId())) {
            throw new SourceException(
                    SourceException.Kind.FIX,
                    "binding " + binding.id() + " is for table " + binding.tableId() + ", but the route is for table "
                            + route.tableId());
        }
        this.mapper = new RecordMapper(
                route.tableId(),
                route.keySchema(),
                binding.spec().format(),
                binding.spec().key());
        Map<ShardId, Map<Integer, Long>> applied = route.shards().stream()
                .collect(Collectors.toMap(
                        shard -> shard, shard -> target.positions().lastOffsets(shard)));
        this.chains = new SourceChains(binding.id(), applied);
    }

    SourceChains chains() {
        return chains;
    }

    /** Whether items may have moved to other shards since the run began. */
    boolean isRouteOutdated() {
        return !route.equals(target.route().get());
    }

    /** Appends what is not applied yet, and returns when the log has it. */
    void append(List<SourceRecord> records) {
        for (SourceRecord record : records) {
            try {
                append(record, mapper.map(record));
            } catch (InvalidSourceRecordException e) {
                bury(record, String.valueOf(e.getMessage()));
            }
        }
        drain();
        checkpointDue |= !records.isEmpty();
    }

    private void append(SourceRecord record, ItemCommand command) throws InvalidSourceRecordException {
        try {
            Bytes key = WalCodec.itemKey(route.keySchema(), command);
            ShardId shard = route.shardOf(new ItemKey(key));
            Optional<SourceMark> mark = chains.mark(record.partition(), shard, record.offset());
            if (mark.isEmpty()) {
                counters.skippedRecords.incrementAndGet();
                return;
            }
            Envelope envelope = new Envelope(Semantics.CURRENT_VERSION, requestId(record), mark, command);
            WalPayload payload = WalCodec.encode(route.keySchema(), envelope);
            if (payload.sizeBytes() > Log.MAX_PAYLOAD_BYTES) {
                throw new InvalidSourceRecordException(
                        "the command has " + payload.sizeBytes() + " bytes, more than " + Log.MAX_PAYLOAD_BYTES);
            }
            send(payload.sizeBytes(), target.log().append(shard, payload));
            chains.advance(shard, mark.get());
            unconfirmedShards.add(shard);
            unconfirmedRecords++;
            counters.appendedRecords.incrementAndGet();
            if (command instanceof DeleteItem) {
                counters.appendedDeletes.incrementAndGet();
            }
        } catch (InvalidKeyException | InvalidValueException e) {
            throw new InvalidSourceRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The same for every try, so that a record can be found in the log; what makes it exactly-once is the mark. */
    private RequestId requestId(SourceRecord record) {
        return new RequestId(((long) binding.id() << Integer.SIZE) | record.partition(), record.offset());
    }

    private void bury(SourceRecord record, String reason) {
        long sizeBytes = record.value().map(Bytes::length).orElse(0);
        send(sizeBytes, deadLetters.append(binding.id(), record, reason));
        counters.deadLetters.incrementAndGet();
    }

    private void send(long sizeBytes, CompletionStage<?> append) {
        inFlight.add(append.toCompletableFuture());
        inFlightBytes += sizeBytes;
        if (inFlightBytes > MAX_IN_FLIGHT_BYTES) {
            drain();
        }
    }

    /** The log bounds how long an append takes. */
    private void drain() {
        while (!inFlight.isEmpty()) {
            try {
                inFlight.removeFirst().join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        }
        inFlightBytes = 0;
    }

    /** Whether it is time to see that the shards apply what they are sent. */
    boolean isConfirmationDue(boolean isIdle) {
        return unconfirmedRecords >= maxUnconfirmedRecords || (isIdle && (unconfirmedRecords > 0 || checkpointDue));
    }

    /**
     * Sees that the shards have applied what they were sent. Few records may be unconfirmed at first, ever more later: a stale
     * route or a closed table rejects a few commands and not thousands.
     *
     * @throws SourceException if a shard has not
     */
    void confirm() {
        for (ShardId shard : unconfirmedShards) {
            Optional<String> missing = chains.missing(shard, target.positions().lastOffsets(shard));
            if (missing.isPresent()) {
                throw new SourceException(
                        SourceException.Kind.RETRY,
                        missing.get() + ": commands were rejected; if this goes on, list the shard's rejections");
            }
        }
        unconfirmedShards.clear();
        unconfirmedRecords = 0;
        checkpointDue = false;
        maxUnconfirmedRecords =
                Math.min(MAX_UNCONFIRMED_RECORDS, Math.max(SourceReader.MAX_POLL_RECORDS, 2 * maxUnconfirmedRecords));
    }
}
