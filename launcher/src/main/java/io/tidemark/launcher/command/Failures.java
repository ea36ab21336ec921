package io.tidemark.launcher.command;

import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.catalog.http.ControlStartException;
import io.tidemark.client.ConditionFailedException;
import io.tidemark.client.InternalErrorException;
import io.tidemark.client.InvalidRequestException;
import io.tidemark.client.TidemarkException;
import io.tidemark.client.UnavailableException;
import io.tidemark.client.UnknownTableException;
import io.tidemark.embedded.StartException;
import io.tidemark.launcher.bench.BenchException;
import io.tidemark.launcher.cluster.ClusterStartException;
import io.tidemark.launcher.config.ConfigException;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.log.LogException;
import io.tidemark.materializer.query.NodeStartException;
import io.tidemark.materializer.store.StoreException;
import io.tidemark.router.http.RouterStartException;
import io.tidemark.schema.catalog.CatalogException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Turns what a command threw into one line for its user, and an exit code. */
final class Failures {

    /** @param message says what happened and what to do */
    record Failure(String message, int exitCode) {}

    private Failures() {}

    static Failure of(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = oneLine(String.valueOf(cause.getMessage()));
        return switch (cause) {
            case InvalidInputException input -> new Failure(message, ExitCode.USAGE);
            case ConfigException config -> new Failure(message, ExitCode.USAGE);
            case CatalogException catalog -> ofCatalog(catalog, message);
            case TidemarkException client -> ofClient(client, message);
            case VerifyCommand.UnverifiedException unverified -> new Failure(message, ExitCode.UNKNOWN);
            case BenchException bench -> new Failure(message, ExitCode.FAILED);
            case ClusterStartException start -> new Failure(message, ExitCode.FAILED);
            case StartException start -> new Failure(message, ExitCode.FAILED);
            case ControlStartException start -> new Failure(message, ExitCode.FAILED);
            case RouterStartException start -> new Failure(message, ExitCode.FAILED);
            case NodeStartException start -> new Failure(message, ExitCode.FAILED);
            case StoreException store -> new Failure(message, ExitCode.FAILED);
            case LogException log -> new Failure(message, ExitCode.FAILED);
            case ObjectStoreException store -> new Failure(message, ExitCode.FAILED);
            default ->
                new Failure(
                        "unexpected: " + oneLine(cause.toString()) + "; run it again with --debug and report the trace",
                        ExitCode.FAILED);
        };
    }

    private static Failure ofCatalog(CatalogException failure, String message) {
        return switch (failure.kind()) {
            case UNAVAILABLE ->
                new Failure(
                        message + ". Is a cluster running there? `tidemark dev` starts one; --endpoint names another",
                        ExitCode.FAILED);
            case TIMEOUT -> new Failure(message, ExitCode.UNKNOWN);
            case TABLE_NOT_FOUND ->
                new Failure(message + "; `tidemark table list` shows those there are", ExitCode.FAILED);
            case TABLE_EXISTS ->
                new Failure(
                        message + "; take another name, or delete it first with `tidemark table delete`",
                        ExitCode.FAILED);
            case INVALID_REQUEST -> new Failure(message, ExitCode.USAGE);
            case BINDING_NOT_FOUND ->
                new Failure(message + "; `tidemark table bindings` shows those there are", ExitCode.FAILED);
            case TABLE_IN_USE,
                    TABLE_CREATING,
                    TABLE_PROTECTED,
                    BINDING_EXISTS,
                    LIMIT_EXCEEDED,
                    REQUEST_ID_REUSED,
                    OVERLOADED -> new Failure(message, ExitCode.FAILED);
            case INTERNAL -> new Failure(message + "; this is a bug, please report it", ExitCode.FAILED);
        };
    }

    private static Failure ofClient(TidemarkException failure, String message) {
        return switch (failure) {
            case ConditionFailedException condition ->
                new Failure("the condition does not hold; nothing was changed", ExitCode.FAILED);
            case InvalidRequestException invalid -> new Failure(message, ExitCode.USAGE);
            case UnknownTableException unknown ->
                new Failure(
                        "there is no table " + unknown.tableName() + "; `tidemark table list` shows those there are",
                        ExitCode.FAILED);
            case UnavailableException unavailable ->
                new Failure(message, unavailable.effectUnknown() ? ExitCode.UNKNOWN : ExitCode.FAILED);
            case InternalErrorException internal ->
                new Failure(message + "; this is a bug, please report it", ExitCode.FAILED);
        };
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
