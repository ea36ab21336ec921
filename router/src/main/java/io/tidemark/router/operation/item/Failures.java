package io.tidemark.router.operation.item;

import io.tidemark.client.ConditionFailedException;
import io.tidemark.client.InternalErrorException;
import io.tidemark.client.InvalidRequestException;
import io.tidemark.client.TidemarkException;
import io.tidemark.client.UnavailableException;
import io.tidemark.client.UnknownTableException;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.router.error.ProtocolErrors;
import io.tidemark.router.error.ValueErrors;
import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client is told when the cluster did not do what it was asked for. */
final class Failures {
    private static final Logger LOGGER = LoggerFactory.getLogger(Failures.class);
    private static final String UNDERFLOW = "Number underflow.";

    private Failures() {}

    /** The same result, with failures as {@link ApiException} where they are known. */
    static <T> CompletableFuture<T> translated(CompletableFuture<T> result) {
        return result.exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)));
    }

    static Throwable translated(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof TidemarkException known) {
            return translated(known);
        }
        // No node would take the command: it is larger than a record of the log may be.
        return cause instanceof NodeException node && node.kind() == Kind.INVALID_REQUEST
                ? ApiException.validation(String.valueOf(node.getMessage()))
                : cause;
    }

    private static ApiException translated(TidemarkException failure) {
        return switch (failure) {
            case ConditionFailedException failed -> ItemErrors.conditionFailed(failed.item());
            case InvalidRequestException invalid -> invalid(invalid);
            case UnknownTableException unknown -> ItemErrors.tableNotFound();
            case UnavailableException unavailable -> unavailable(unavailable);
            case InternalErrorException internal -> {
                LOGGER.atError().setCause(internal).log("an operation failed in a way it must not");
                yield ProtocolErrors.internal();
            }
        };
    }

    /** The state machine's details are the service's texts, but for arithmetic that would lose digits. */
    private static ApiException invalid(InvalidRequestException failure) {
        String message = String.valueOf(failure.getMessage());
        Optional<InvalidReason> reason = failure.reason();
        return reason.isPresent() && reason.get() == InvalidReason.NUMBER_RANGE && !message.startsWith(UNDERFLOW)
                ? ValueErrors.overflow()
                : ApiException.validation(message);
    }

    private static ApiException unavailable(UnavailableException failure) {
        if (failure.effectUnknown()) {
            return ProtocolErrors.deadlinePassed();
        }
        boolean overload = failure.failures().stream().allMatch(reason -> reason.kind() == Kind.OVERLOADED);
        return overload ? ProtocolErrors.overloaded() : ProtocolErrors.unavailable();
    }

    /** Whether the same request may well succeed a little later: what a batch gives back as unprocessed. */
    static boolean isPassing(Throwable failure) {
        return unwrapped(failure) instanceof UnavailableException;
    }

    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
