package io.tidemark.router.operation.table;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.schema.catalog.CatalogException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client is told when the catalog did not do what it was asked for. */
final class TableFailures {
    private static final Logger LOGGER = LoggerFactory.getLogger(TableFailures.class);
    private static final String IN_USE = "Attempt to change a resource which is still in use: ";
    private static final String INTERNAL = "Internal server error";

    private TableFailures() {}

    /** The same result, with failures of the catalog as {@link ApiException}s about the table. */
    static <T> CompletionStage<T> translated(CompletionStage<T> result, String tableName) {
        return result.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                unwrapped(failure) instanceof CatalogException known ? of(known, tableName) : unwrapped(failure)));
    }

    static ApiException of(CatalogException failure, String tableName) {
        return switch (failure.kind()) {
            case INVALID_REQUEST -> ApiException.validation(String.valueOf(failure.getMessage()));
            case TABLE_NOT_FOUND -> notFound(tableName);
            case TABLE_EXISTS -> exists(tableName);
            case TABLE_IN_USE -> beingDeleted(tableName);
            case TABLE_CREATING -> beingCreated(tableName);
            case TABLE_PROTECTED ->
                ApiException.validation("Resource cannot be deleted as it is currently protected against deletion."
                        + " Disable deletion protection first.");
            case LIMIT_EXCEEDED ->
                new ApiException(ErrorType.LIMIT_EXCEEDED, "Subscriber limit exceeded: " + failure.getMessage());
            case OVERLOADED ->
                new ApiException(
                        ErrorType.THROTTLING, "The rate of control plane requests made by this account is too high");
            case UNAVAILABLE ->
                new ApiException(ErrorType.SERVICE_UNAVAILABLE, "The service is temporarily unavailable. Try again");
            // Whether it was done is not known; a repetition by the SDK finds out.
            case TIMEOUT -> new ApiException(ErrorType.INTERNAL_SERVER_ERROR, INTERNAL);
            case BINDING_NOT_FOUND, BINDING_EXISTS, REQUEST_ID_REUSED, INTERNAL -> {
                LOGGER.atError().setCause(failure).log("The catalog failed in a way it must not");
                yield new ApiException(ErrorType.INTERNAL_SERVER_ERROR, INTERNAL);
            }
        };
    }

    static ApiException notFound(String tableName) {
        return new ApiException(
                ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found: Table: " + tableName + " not found");
    }

    static ApiException exists(String tableName) {
        return new ApiException(ErrorType.RESOURCE_IN_USE, "Table already exists: " + tableName);
    }

    static ApiException beingCreated(String tableName) {
        return new ApiException(ErrorType.RESOURCE_IN_USE, IN_USE + "Table is being created: " + tableName);
    }

    static ApiException beingDeleted(String tableName) {
        return new ApiException(ErrorType.RESOURCE_IN_USE, IN_USE + "Table is being deleted: " + tableName);
    }

    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
