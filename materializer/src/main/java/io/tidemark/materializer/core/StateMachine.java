package io.tidemark.materializer.core;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.wire.NewerSemanticsException;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.UndecodableException;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what a record of the write-ahead log does to a replica's state. The answer depends on the state and the record, on
 * nothing else: no clock, randomness, configuration or locale. So all replicas of a shard are equal at equal LSNs, and one that
 * is rebuilt from the archive years later is equal too.
 *
 * <p>A record is checked in this order, and what fails first decides:
 *
 * <ol>
 *   <li>checksum, encoding, request id header: what the record itself shows. Such a rejection is not remembered, because it
 *       says nothing about a second, undamaged record with the same request id;
 *   <li>the chain of a bound source's records, for a command that carries a {@link SourceMark}; else the request id: a repeated
 *       one returns its first outcome, even where the table has been closed since. Commands of sources are not remembered: their
 *       chain tells a repetition for ever, and loading a topic would push out what other clients' retries rely on;
 *   <li>table, key, range, and the command itself. Whatever comes out is remembered, also that the command was rejected.
 * </ol>
 *
 * Barriers are not remembered: they change nothing, and a reader that asks again is served by the later position as well.
 */
public final class StateMachine {
    /** Item, outcome, sweep, source offset: more mutations come only from a purge. */
    private static final int USUAL_MUTATIONS = 4;

    /** @param lsn where the outcome was given first */
    private record Decision(Lsn lsn, Outcome outcome) {}

    private final StateView view;
    private final WalRecord record;
    private final long logTimeMs;
    private final Optional<RequestId> requestId;
    private final List<Mutation> mutations = new ArrayList<>(USUAL_MUTATIONS);

    private StateMachine(StateView view, WalRecord record) {
        this.view = view;
        this.record = record;
        this.logTimeMs = Math.max(view.logTimeMs(), record.timestampMs());
        this.requestId = WalCodec.requestId(record);
    }

    /**
     * Total: every record has an outcome, whatever its bytes are.
     *
     * @throws NewerSemanticsException if the record was written for a newer semantics version: the replica must stop, and the
     *     process be upgraded
     * @throws IllegalArgumentException if the record is not the next one, which is the caller's fault
     */
    public static Transition apply(StateView view, WalRecord record) {
        requireNext(view.nextLsn(), record.lsn());
        return new StateMachine(view, record).apply();
    }

    private static void requireNext(Lsn next, Lsn lsn) {
        if (!next.equals(lsn)) {
            throw new IllegalArgumentException("the state needs LSN " + next + " next, not " + lsn);
        }
    }

    private Transition apply() {
        // What is forgotten makes room for what is remembered next: a replica never holds more than the greatest
        // number.
        OutcomeWindow.sweep(view, record.lsn(), logTimeMs, mutations);
        Decision decision = decide();
        if (decision.outcome() instanceof Outcome.Rejected rejected
                && decision.lsn().equals(record.lsn())) {
            mutations.add(new Mutation.AddRejection(record.lsn(), rejected.reason(), rejected.detail()));
        }
        return new Transition(record.lsn(), logTimeMs, mutations, requestId, decision.lsn(), decision.outcome());
    }

    private Decision decide() {
        if (!WalCodec.checksumMatches(record)) {
            return first(
                    record.header(RecordHeader.CRC32C).isEmpty()
                            ? Rejections.checksumMissing()
                            : Rejections.checksumMismatch());
        }
        Envelope envelope;
        try {
            envelope = WalCodec.decode(record);
        } catch (UndecodableException e) {
            return first(Rejections.undecodable());
        }
        if (requestId.isEmpty() || !requestId.get().equals(envelope.requestId())) {
            return first(Rejections.requestIdMismatch());
        }
        if (envelope.command() instanceof Command.Barrier) {
            return first(ControlCommands.barrier(record));
        }
        return envelope.source().isPresent()
                ? first(decideInChain(envelope.source().get(), envelope.command()))
                : decideOnce(envelope.requestId(), envelope.command());
    }

    private Decision first(Outcome outcome) {
        return new Decision(record.lsn(), outcome);
    }

    /** A rejected command leaves the chain where it was, so that its record can be sent again, here or to another shard. */
    private Outcome decideInChain(SourceMark mark, Command command) {
        long lastOffset = view.sourceOffset(mark.bindingId(), mark.partition());
        if (mark.offset() <= lastOffset) {
            return new Outcome.AlreadyApplied();
        }
        if (mark.previousOffset() != lastOffset) {
            return Rejections.sourceGap(mark.previousOffset(), lastOffset);
        }
        Outcome outcome = execute(command);
        if (!(outcome instanceof Outcome.Rejected)) {
            mutations.add(new Mutation.PutSourceOffset(mark.bindingId(), mark.partition(), mark.offset()));
        }
        return outcome;
    }

    private Decision decideOnce(RequestId id, Command command) {
        Optional<RememberedOutcome> remembered = view.outcome(id);
        if (remembered.isPresent()) {
            return new Decision(remembered.get().mark().lsn(), remembered.get().outcome());
        }
        Outcome outcome = execute(command);
        RememberedOutcome.Mark mark =
                new RememberedOutcome.Mark(record.lsn(), logTimeMs, id, OutcomeSize.bytes(outcome));
        mutations.add(new Mutation.RememberOutcome(new RememberedOutcome(mark, outcome)));
        return first(outcome);
    }

    private Outcome execute(Command command) {
        return switch (command) {
            case Command.ItemCommand item -> ItemCommands.execute(view, record, item, mutations);
            case Command.OpenPartition open -> ControlCommands.openPartition(view, record, open, mutations);
            case Command.CloseTable close -> ControlCommands.closeTable(view, record, close, mutations);
            case Command.PurgeTable purge -> ControlCommands.purgeTable(view, record, purge, mutations);
            case Command.Barrier barrier -> ControlCommands.barrier(record);
        };
    }
}
