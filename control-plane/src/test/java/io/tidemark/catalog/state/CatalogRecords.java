package io.tidemark.catalog.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.wire.CatalogCodec;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;

/** A catalog that is told one command after the other. */
final class CatalogRecords {
    static final KeySchema KEYS = KeySchema.of(new KeyAttribute("page", KeyType.S));
    static final KeySchema SORTED_KEYS =
            KeySchema.of(new KeyAttribute("channel", KeyType.S), new KeyAttribute("time", KeyType.N));

    private CatalogState state = CatalogState.EMPTY;
    private long nextLsn;
    private long nextId = 1;
    private long timestampMs = 1_700_000_000_000L;

    CatalogState state() {
        return state;
    }

    void advanceMs(long ms) {
        timestampMs += ms;
    }

    CatalogOutcome tell(CatalogCommand command) {
        return tell(new RequestId(0, nextId++), command);
    }

    CatalogOutcome tell(RequestId id, CatalogCommand command) {
        CatalogStep step = CatalogStateMachine.apply(state, record(CatalogEnvelope.of(id, command)));
        assertThat(step).isInstanceOf(CatalogStep.Applied.class);
        CatalogStep.Applied applied = (CatalogStep.Applied) step;
        assertThat(applied.requestId()).isEqualTo(id);
        state = applied.state();
        return applied.outcome();
    }

    CatalogStep apply(WalRecord record) {
        CatalogStep step = CatalogStateMachine.apply(state, record);
        if (step instanceof CatalogStep.Skipped skipped) {
            state = skipped.state();
        }
        return step;
    }

    WalRecord record(CatalogEnvelope envelope) {
        return record(CatalogCodec.encode(envelope));
    }

    WalRecord record(WalPayload payload) {
        return new WalRecord(
                new ShardId(0), new Lsn(nextLsn++), timestampMs, payload.key(), payload.value(), payload.headers());
    }

    static CatalogCommand.CreateTable createTable(String name) {
        return new CatalogCommand.CreateTable(name, KEYS, 3, 3);
    }
}
