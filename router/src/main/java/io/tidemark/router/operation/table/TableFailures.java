package io.tidemark.router.operation.table;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ProtocolErrors;
import io.tidemark.router.error.TableErrors;
import io.tidemark.schema.catalog.CatalogException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client is told when the catalog did not do what it was asked for. */
final class TableFailures {
    private static final Logger LOGGER = LoggerFactory.getLogger(TableFailures.class);

    private TableFailures() {}

    /** The same result, with failures of the catalog as {@link ApiException}s about the table. */
    static <T> CompletionStage<T> translated(CompletionStage<T> result, String tableName) {
        return result.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                unwrapped(failure) instanceof CatalogException known ? of(known, tableName) : unwrapped(failure)));
    }

    static ApiException of(CatalogException failure, String tableName) {
        return switch (failure.kind()) {
            // The catalog says it in the service's words.
            case INVALID_REQUEST -> ApiException.validation(String.valueOf(failure.getMessage()));
            case TABLE_NOT_FOUND -> TableErrors.notFound(tableName);
            case TABLE_EXISTS -> TableErrors.exists(tableName);
            case TABLE_IN_USE -> TableErrors.beingDeleted(tableName);
            case TABLE_CREATING -> TableErrors.beingCreated(tableName);
            case TABLE_PROTECTED -> TableErrors.deletionProtected();
            case LIMIT_EXCEEDED -> TableErrors.limitExceeded(String.valueOf(failure.getMessage()));
            case OVERLOADED -> ProtocolErrors.overloaded();
            case UNAVAILABLE -> ProtocolErrors.unavailable();
            // Whether it was done is not known; a repetition by the SDK finds out.
            case TIMEOUT -> ProtocolErrors.deadlinePassed();
            case BINDING_NOT_FOUND, BINDING_EXISTS, REQUEST_ID_REUSED, INTERNAL -> {
                LOGGER.atError().setCause(failure).log("The catalog failed in a way it must not");
                yield ProtocolErrors.internal();
            }
        };
    }

    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
