package io.tidemark.catalog.state;

import io.tidemark.catalog.state.RememberedRequests.Remembered;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.wire.CatalogCodec;
import io.tidemark.schema.wire.UndecodableException;
import io.tidemark.schema.wire.WalRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** Applies records of the catalog's log. Reads the state and the record, and nothing else. */
public final class CatalogStateMachine {
    private CatalogStateMachine() {}

    public static CatalogStep apply(CatalogState before, WalRecord record) {
        Optional<Integer> version = CatalogCodec.semanticsVersion(record);
        if (version.isPresent() && version.get() > CatalogEnvelope.CURRENT_VERSION) {
            return new CatalogStep.TooNew(version.get());
        }
        CatalogState state = before.at(record.timestampMs());
        CatalogEnvelope envelope;
        try {
            envelope = CatalogCodec.decode(record);
        } catch (UndecodableException undecodable) {
            return new CatalogStep.Skipped(state.withOneMoreSkipped(), String.valueOf(undecodable.getMessage()));
        }
        return isClientRequest(envelope.command())
                ? applyOnce(state, record.value(), envelope)
                : step(envelope, CatalogRules.evaluate(state, envelope.requestId(), envelope.command()));
    }

    /** Other commands need no memory: repeating them changes nothing. */
    private static boolean isClientRequest(CatalogCommand command) {
        return switch (command) {
            case CatalogCommand.CreateTable create -> true;
            case CatalogCommand.ChangeTable change -> true;
            case CatalogCommand.DeleteTable delete -> true;
            case CatalogCommand.BindSource bind -> true;
            case CatalogCommand.UnbindSource unbind -> true;
            case CatalogCommand.TableOpened opened -> false;
            case CatalogCommand.TableRemoved removed -> false;
            case CatalogCommand.Barrier barrier -> false;
        };
    }

    private static CatalogStep applyOnce(CatalogState state, Bytes encoded, CatalogEnvelope envelope) {
        RequestId id = envelope.requestId();
        Bytes hash = sha256(encoded);
        Optional<Remembered> earlier = state.requests().find(id);
        if (earlier.isPresent()) {
            CatalogOutcome outcome = earlier.get().commandHash().equals(hash)
                    ? earlier.get().outcome()
                    : new CatalogOutcome.Refused(
                            Kind.REQUEST_ID_REUSED, "request id " + id + " was used for another request");
            return new CatalogStep.Applied(state, id, outcome);
        }
        CatalogRules.Result result = CatalogRules.evaluate(state, id, envelope.command());
        Remembered remembered =
                new Remembered(hash, result.outcome(), state.logTime().toEpochMilli());
        CatalogState after = result.state().with(result.state().requests().plus(id, remembered));
        return new CatalogStep.Applied(after, id, result.outcome());
    }

    private static CatalogStep step(CatalogEnvelope envelope, CatalogRules.Result result) {
        return new CatalogStep.Applied(result.state(), envelope.requestId(), result.outcome());
    }

    private static Bytes sha256(Bytes bytes) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
