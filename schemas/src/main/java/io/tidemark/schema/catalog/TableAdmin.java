package io.tidemark.schema.catalog;

import io.tidemark.schema.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Makes, lists and removes tables and source bindings, in this process or behind HTTP. Thread-safe; never blocks the caller.
 * Every stage fails with a {@link CatalogException} and nothing else. What changes something takes a request id: repeated with
 * the same id, it takes effect once and answers the same. Answers are strongly consistent: they hold everything that was
 * acknowledged before the request, by whichever control process; {@link #status} alone says what the process knows now.
 */
public interface TableAdmin extends AutoCloseable {
    /** The greatest time that {@link #awaitActive} and {@link #awaitGone} wait. */
    Duration MAX_WAIT = Duration.ofMinutes(5);

    /** The table as it is then: usually still {@link TableStatus#CREATING}. */
    CompletionStage<TableDescription> createTable(TableSpec spec, RequestId requestId);

    CompletionStage<TableDescription> describeTable(String name);

    /**
     * Completes when the table serves; fails with TIMEOUT after {@code timeout}, and with TABLE_NOT_FOUND or TABLE_IN_USE if it
     * will not serve.
     */
    CompletionStage<TableDescription> awaitActive(String name, Duration timeout);

    /**
     * A page of the tables in the order of their names.
     *
     * @param limit 1 to {@link TableList#MAX_LIMIT}
     */
    CompletionStage<TableList> listTables(Optional<String> exclusiveStartName, int limit);

    /**
     * The table as it is after the change. Fails with TABLE_CREATING or TABLE_IN_USE unless it is {@link TableStatus#ACTIVE}, and
     * with INVALID_REQUEST, in DynamoDB's words, where the settings do not admit the change.
     */
    CompletionStage<TableDescription> changeTable(String name, TableChange change, RequestId requestId);

    /**
     * The table as it is then: {@link TableStatus#DELETING}. Its bindings end with it. Fails with TABLE_PROTECTED if it is
     * protected.
     */
    CompletionStage<TableDescription> deleteTable(String name, RequestId requestId);

    /** Completes when no table of that name is left; fails with TIMEOUT after {@code timeout}. */
    CompletionStage<Void> awaitGone(String name, Duration timeout);

    CompletionStage<BindingDescription> bindSource(BindingSpec spec, RequestId requestId);

    /** Ends the ingestion; what it has put into the table stays. */
    CompletionStage<BindingDescription> unbindSource(int bindingId, RequestId requestId);

    /** Every binding in the order of their ids. */
    CompletionStage<List<BindingStatus>> listBindings();

    CompletionStage<ClusterDescription> describeCluster();

    CompletionStage<CatalogStatus> status();

    @Override
    void close();
}
