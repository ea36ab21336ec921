package io.tidemark.router.operation.item;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.client.GetRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.value.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The gets of one batch on their way: some at a time, and none once the answer is as large as it may be. */
final class BatchedGets {
    /** DynamoDB's limit on the items of an answer. */
    static final long MAX_ANSWER_BYTES = 16L << 20;

    /** Under way at once: bounds what is held beyond the answer's limit. */
    static final int MAX_IN_FLIGHT = 16;

    /**
     * A table of the batch, and its part of the request.
     *
     * @param nameOrArn of the table, as the request has it
     */
    record Source(String nameOrArn, JsonNode json, boolean consistentRead) {}

    /** @param json the key that the client sent, to be given back if it was not processed */
    record Get(Source source, GetRequest request, JsonNode json) {}

    private record Found(NodeReply.GetResult result) {}

    private final TidemarkClient client;
    private final List<Get> gets;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong foundBytes = new AtomicLong();
    private final CompletableFuture<?>[] lanes;
    /** Each written by the lane that took it, and read when all lanes have ended. */
    private final @Nullable Found[] found;

    private final @Nullable Throwable[] failures;

    BatchedGets(TidemarkClient client, List<Get> gets) {
        this.client = client;
        this.gets = gets;
        this.lanes = new CompletableFuture<?>[Math.min(MAX_IN_FLIGHT, gets.size())];
        this.found = new Found[gets.size()];
        this.failures = new Throwable[gets.size()];
    }

    /** Fails if a get is wrong, or if none could be served. */
    CompletableFuture<Outcome> run() {
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = lane();
        }
        return CompletableFuture.allOf(lanes).thenCompose(ended -> outcome());
    }

    /** One get after the other, until none is left. Never fails. At most as deep as there are gets. */
    private CompletableFuture<Void> lane() {
        int index = next.getAndIncrement();
        if (index >= gets.size() || foundBytes.get() >= MAX_ANSWER_BYTES) {
            return CompletableFuture.completedFuture(null);
        }
        return client.getAsync(gets.get(index).request())
                .handle((result, failure) -> {
                    if (failure == null) {
                        found[index] = new Found(result);
                        foundBytes.addAndGet(result.sizeBytes());
                    } else {
                        failures[index] = Failures.unwrapped(failure);
                    }
                    return index;
                })
                .thenCompose(ended -> lane());
    }

    private CompletableFuture<Outcome> outcome() {
        Map<String, Part> parts = new LinkedHashMap<>();
        long answerBytes = 0;
        boolean anyFound = false;
        Throwable lastPassing = null;
        for (int i = 0; i < gets.size(); i++) {
            Get get = gets.get(i);
            Part part = parts.computeIfAbsent(get.source().nameOrArn(), name -> new Part(get.source()));
            Throwable failure = failures[i];
            if (failure != null && !Failures.isPassing(failure)) {
                return CompletableFuture.failedFuture(Failures.translated(failure));
            }
            lastPassing = failure == null ? lastPassing : failure;
            Found answer = found[i];
            if (answer == null || answerBytes + answer.result().sizeBytes() > MAX_ANSWER_BYTES) {
                part.unprocessed.add(get.json());
                continue;
            }
            anyFound = true;
            answerBytes += answer.result().sizeBytes();
            part.add(answer.result());
        }
        return lastPassing != null && !anyFound
                ? CompletableFuture.failedFuture(Failures.translated(lastPassing))
                : CompletableFuture.completedFuture(new Outcome(parts));
    }

    /** What the batch gave of one table. */
    private static final class Part {
        private final Source source;
        private final List<Item> items = new ArrayList<>();
        private final List<JsonNode> unprocessed = new ArrayList<>();
        private double units;

        Part(Source source) {
            this.source = source;
        }

        void add(NodeReply.GetResult result) {
            Optional<Item> item = result.item();
            item.ifPresent(items::add);
            units += Capacity.ofRead(result.sizeBytes(), source.consistentRead());
        }
    }

    /** What became of the batch. */
    static final class Outcome {
        private final Map<String, Part> parts;

        private Outcome(Map<String, Part> parts) {
            this.parts = parts;
        }

        Answer answer(Capacity.Detail detail) {
            return Answer.of(Answers.object(out -> {
                writeResponses(out);
                writeUnprocessed(out);
                Map<String, Double> units = new LinkedHashMap<>();
                parts.forEach((table, part) -> units.put(table, part.units));
                Capacity.writeList(out, detail, units);
            }));
        }

        private void writeResponses(JsonGenerator out) throws IOException {
            out.writeObjectFieldStart("Responses");
            for (Map.Entry<String, Part> part : parts.entrySet()) {
                out.writeArrayFieldStart(part.getKey());
                for (Item item : part.getValue().items) {
                    AttributeValues.writeItem(out, item);
                }
                out.writeEndArray();
            }
            out.writeEndObject();
        }

        /** As the request had it, with the keys alone that are left. */
        private void writeUnprocessed(JsonGenerator out) throws IOException {
            out.writeObjectFieldStart("UnprocessedKeys");
            for (Map.Entry<String, Part> part : parts.entrySet()) {
                if (part.getValue().unprocessed.isEmpty()) {
                    continue;
                }
                out.writeObjectFieldStart(part.getKey());
                for (Map.Entry<String, JsonNode> member :
                        part.getValue().source.json().properties()) {
                    out.writeFieldName(member.getKey());
                    if (member.getKey().equals("Keys")) {
                        writeKeys(out, part.getValue().unprocessed);
                    } else {
                        out.writeTree(member.getValue());
                    }
                }
                out.writeEndObject();
            }
            out.writeEndObject();
        }

        private static void writeKeys(JsonGenerator out, List<JsonNode> keys) throws IOException {
            out.writeStartArray();
            for (JsonNode key : keys) {
                out.writeTree(key);
            }
            out.writeEndArray();
        }
    }
}
