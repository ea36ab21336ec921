package io.tidemark.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.conformance.differential.Difference;
import io.tidemark.conformance.differential.Normalizer;
import io.tidemark.conformance.differential.Side;
import io.tidemark.conformance.differential.TableShape;
import io.tidemark.conformance.http.ApiAnswer;
import io.tidemark.conformance.http.ApiClient;
import io.tidemark.conformance.http.ApiRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs cases on one service. Not thread-safe. */
final class CaseRunner {
    static final String PREFIX = "cases";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiClient client;
    private final Side side;
    private final List<TableShape> tables = TableShape.all(PREFIX);

    CaseRunner(ApiClient client) {
        this.client = client;
        this.side = new Side(client);
    }

    void createTables() {
        side.createTables(tables);
    }

    /** @throws AssertionError with the step and both answers, if the service answers anything else than AWS */
    void run(Case one) {
        List<String> created = new ArrayList<>();
        try {
            for (CaseStep step : one.steps()) {
                ApiAnswer answer = client.send(step.request());
                settle(step.request(), answer, created);
                check(step, Normalizer.normalize(step.request().operation(), answer));
            }
        } finally {
            created.forEach(this::drop);
            tables.stream()
                    .filter(table -> one.steps().stream()
                            .anyMatch(step -> step.request().body().contains(table.name())))
                    .forEach(table ->
                            side.delete(table, side.contents(table).body().path("Items")));
        }
    }

    /** Waits until a change of a table is done. */
    private void settle(ApiRequest request, ApiAnswer answer, List<String> created) {
        if (!answer.isSuccess()) {
            return;
        }
        String table = answer.body().path("TableDescription").path("TableName").asText();
        switch (request.operation()) {
            case "CreateTable" -> {
                created.add(table);
                side.awaitActive(table);
            }
            case "UpdateTable" -> side.awaitActive(table);
            case "DeleteTable" -> {
                created.remove(table);
                side.awaitDropped(table);
            }
            default -> {}
        }
    }

    private void drop(String table) {
        client.send(ApiRequest.of(
                "DeleteTable", JsonNodeFactory.instance.objectNode().put("TableName", table)));
        side.awaitDropped(table);
    }

    private static void check(CaseStep step, ApiAnswer answer) {
        Optional<String> wrong = step.error().isPresent()
                ? wrongError(step.error().get(), answer)
                : step.matches().isPresent()
                        ? wrongPattern(step.matches().get(), answer)
                        : !answer.isSuccess()
                                ? Optional.of("expected:  200")
                                : step.gives().isPresent()
                                        ? wrongBody(step, step.gives().get(), answer)
                                        : step.contains().flatMap(part -> missing("", json(part), answer.body()));
        wrong.ifPresent(text -> {
            throw new AssertionError(step.request() + "\n" + text + "\nanswered:  " + answer.summary()
                    + (answer.isSuccess() ? "\n" + answer.body() : ""));
        });
    }

    private static Optional<String> wrongError(String expected, ApiAnswer answer) {
        int name = expected.indexOf(": ");
        String message = name < 0 ? "" : expected.substring(name + 2);
        String summary =
                "400 " + (name < 0 ? expected : expected.substring(0, name)) + ": " + Normalizer.message(message);
        return summary.equals(answer.summary()) ? Optional.empty() : Optional.of("expected:  " + summary);
    }

    private static Optional<String> wrongPattern(String pattern, ApiAnswer answer) {
        return answer.summary().matches("(?s)400 " + pattern)
                ? Optional.empty()
                : Optional.of("expected:  400 " + pattern);
    }

    private static Optional<String> wrongBody(CaseStep step, JsonNode gives, ApiAnswer answer) {
        ApiAnswer expected = Normalizer.normalize(step.request().operation(), new ApiAnswer(200, json(gives)));
        return Difference.between(answer, expected)
                .map(difference -> "expected:  " + expected.body() + "\ndifferent at " + difference.places());
    }

    /** As it is read from an answer: YAML's nodes have other types of numbers. */
    private static JsonNode json(JsonNode node) {
        try {
            return JSON.readTree(node.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> missing(String at, JsonNode part, JsonNode whole) {
        if (!part.isObject()) {
            return Difference.between(new ApiAnswer(200, whole), new ApiAnswer(200, part))
                    .map(difference -> "expected " + at + ": " + part);
        }
        for (Map.Entry<String, JsonNode> member : part.properties()) {
            Optional<String> missing =
                    missing(at + "/" + member.getKey(), member.getValue(), whole.path(member.getKey()));
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }
}
