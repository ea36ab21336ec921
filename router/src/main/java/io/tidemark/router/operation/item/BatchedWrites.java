package io.tidemark.router.operation.item;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.WriteRequest;
import io.tidemark.client.WriteResult;
import io.tidemark.router.operation.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The writes of one batch on their way. */
final class BatchedWrites {
    /**
     * @param nameOrArn of the table, as the client has it
     * @param json the request that the client sent, to be given back if it was not processed
     */
    record Write(String nameOrArn, WriteRequest request, JsonNode json) {}

    private record Done(Write write, WriteResult result) {}

    private final TidemarkClient client;
    private final List<Write> writes;

    BatchedWrites(TidemarkClient client, List<Write> writes) {
        this.client = client;
        this.writes = writes;
    }

    /**
     * Fails if a write is wrong, or if none could be served; some may have taken effect then.
     *
     * @return completes when all have ended, whatever became of them
     */
    CompletableFuture<Outcome> run() {
        List<CompletableFuture<WriteResult>> results =
                writes.stream().map(write -> client.writeAsync(write.request())).toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .handle((ignored, failure) -> results)
                .thenCompose(this::outcome);
    }

    private CompletableFuture<Outcome> outcome(List<CompletableFuture<WriteResult>> results) {
        List<Done> done = new ArrayList<>(writes.size());
        List<Write> unprocessed = new ArrayList<>();
        Throwable lastPassing = null;
        for (int i = 0; i < results.size(); i++) {
            CompletableFuture<WriteResult> result = results.get(i);
            if (!result.isCompletedExceptionally()) {
                done.add(new Done(writes.get(i), result.join()));
                continue;
            }
            Throwable failure = Failures.unwrapped(result.exceptionNow());
            if (!Failures.isPassing(failure)) {
                return CompletableFuture.failedFuture(Failures.translated(failure));
            }
            unprocessed.add(writes.get(i));
            lastPassing = failure;
        }
        return lastPassing != null && done.isEmpty()
                ? CompletableFuture.failedFuture(Failures.translated(lastPassing))
                : CompletableFuture.completedFuture(new Outcome(done, unprocessed));
    }

    /** What became of the batch. */
    static final class Outcome {
        private final List<Done> done;
        private final List<Write> unprocessed;

        private Outcome(List<Done> done, List<Write> unprocessed) {
            this.done = done;
            this.unprocessed = unprocessed;
        }

        Answer answer(Capacity.Detail detail) {
            return new Answer(
                    Answers.object(out -> {
                        writeUnprocessed(out);
                        Capacity.writeList(out, detail, units());
                    }),
                    Written.token(done.stream().map(Done::result).toList()));
        }

        private void writeUnprocessed(JsonGenerator out) throws IOException {
            Map<String, List<JsonNode>> byTable = new LinkedHashMap<>();
            unprocessed.forEach(write -> byTable.computeIfAbsent(write.nameOrArn(), name -> new ArrayList<>())
                    .add(write.json()));
            out.writeObjectFieldStart("UnprocessedItems");
            for (Map.Entry<String, List<JsonNode>> table : byTable.entrySet()) {
                out.writeArrayFieldStart(table.getKey());
                for (JsonNode request : table.getValue()) {
                    out.writeTree(request);
                }
                out.writeEndArray();
            }
            out.writeEndObject();
        }

        private Map<String, Double> units() {
            Map<String, Double> units = new LinkedHashMap<>();
            for (Done write : done) {
                WriteResult result = write.result();
                units.merge(
                        write.write().nameOrArn(),
                        Capacity.ofWrite(result.oldSizeBytes(), result.newSizeBytes()),
                        Double::sum);
            }
            return units;
        }
    }
}
