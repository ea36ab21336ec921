package io.tidemark.materializer.query;

import io.tidemark.log.LogException;
import io.tidemark.materializer.store.DamagedStoreException;
import io.tidemark.materializer.store.LogGapException;
import io.tidemark.materializer.store.StoreClosedException;
import io.tidemark.materializer.store.StoreException;
import io.tidemark.materializer.store.StoreInUseException;
import io.tidemark.materializer.store.StoreUnavailableException;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** Says of any failure in this node what the caller must do. */
final class NodeFailures {
    private NodeFailures() {}

    /** Of a request that appended nothing. */
    static NodeException ofRead(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return switch (cause) {
            case NodeException known -> known;
            case StoreException store -> ofStore(store);
            case LogException log -> ofBarrier(log);
            case InvalidKeyException invalid -> wrapped(Kind.INVALID_REQUEST, invalid);
            case RejectedExecutionException rejected ->
                new NodeException(Kind.NOT_SERVING, "the node is closing", rejected);
            case CancellationException cancelled -> new NodeException(Kind.TIMEOUT, "given up: " + cause, cause);
            default -> new NodeException(Kind.INTERNAL, "unexpected: " + cause, cause);
        };
    }

    private static NodeException ofStore(StoreException failure) {
        return switch (failure) {
            case DamagedStoreException damaged -> wrapped(Kind.CORRUPT, damaged);
            case StoreClosedException closed -> wrapped(Kind.NOT_SERVING, closed);
            case StoreUnavailableException unavailable -> wrapped(Kind.NOT_SERVING, unavailable);
            case LogGapException gap -> wrapped(Kind.NOT_SERVING, gap);
            case StoreInUseException inUse -> wrapped(Kind.INTERNAL, inUse);
        };
    }

    /** A read that could not learn the log's end changed nothing that matters: another zone may be better off. */
    private static NodeException ofBarrier(LogException failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE -> wrapped(Kind.TIMEOUT, failure);
            case OVERLOADED -> wrapped(Kind.OVERLOADED, failure);
            case CLOSED, MISCONFIGURED, UNAUTHORIZED -> wrapped(Kind.NOT_SERVING, failure);
            case TOO_LARGE, TRIMMED, BEYOND_END -> wrapped(Kind.INTERNAL, failure);
        };
    }

    /** Of an append: NOT_SERVING and OVERLOADED promise that the record is not in the log. */
    static NodeException ofAppend(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (!(cause instanceof LogException log)) {
            return new NodeException(Kind.INTERNAL, "unexpected: " + cause, cause);
        }
        return switch (log.kind()) {
            case UNAVAILABLE, CLOSED -> wrapped(Kind.TIMEOUT, log);
            case OVERLOADED -> wrapped(Kind.OVERLOADED, log);
            case TOO_LARGE -> wrapped(Kind.INVALID_REQUEST, log);
            case MISCONFIGURED, UNAUTHORIZED -> wrapped(Kind.NOT_SERVING, log);
            case TRIMMED, BEYOND_END -> wrapped(Kind.INTERNAL, log);
        };
    }

    private static NodeException wrapped(Kind kind, RuntimeException cause) {
        return new NodeException(kind, String.valueOf(cause.getMessage()), cause);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
