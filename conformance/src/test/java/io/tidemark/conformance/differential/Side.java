package io.tidemark.conformance.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.conformance.http.ApiAnswer;
import io.tidemark.conformance.http.ApiClient;
import io.tidemark.conformance.http.ApiRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** One of the services that are compared. Not thread-safe. */
public final class Side {
    private static final int MOST_PAGES = 200;
    private static final int BATCH = 25;
    private static final Duration TABLE_LIMIT = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ARN = Pattern.compile("\\(ARN of ([^)]*)\\)");

    private final ApiClient client;
    private final UnaryOperator<ApiAnswer> own;

    public Side(ApiClient client) {
        this(client, UnaryOperator.identity());
    }

    /** @param own takes out of an answer what only this side does */
    private Side(ApiClient client, UnaryOperator<ApiAnswer> own) {
        this.client = client;
        this.own = own;
    }

    /**
     * DynamoDB Local. It gives numbers inside of documents back as they were written; AWS gives all of them in one form, which is
     * what Tidemark is held to.
     */
    static Side local(ApiClient client) {
        return new Side(client, answer -> new ApiAnswer(answer.status(), PlainNumbers.of(answer.body())));
    }

    /** Normalized. */
    ApiAnswer take(Step step) {
        return own.apply(taken(step));
    }

    private ApiAnswer taken(Step step) {
        return switch (step) {
            case Step.Once once -> once(once.request());
            case Step.AllPages pages -> allPages(pages.operation(), pages.parameters());
            case Step.AllSegments segments -> allSegments(segments.parameters(), segments.segments());
        };
    }

    /** What stands for the table's ARN, which is each side's own, in a request. */
    static String arnOf(String table) {
        return "(ARN of " + table + ")";
    }

    private ApiAnswer once(ApiRequest request) {
        ApiRequest own = withArns(request);
        ApiAnswer given = client.send(own);
        settle(own.operation(), given);
        ApiAnswer answer = Normalizer.normalize(request.operation(), given);
        if (request.operation().equals("Scan") && answer.body() instanceof ObjectNode body && answer.isSuccess()) {
            // Where a scan begins and what a segment holds is each side's own.
            body.remove(List.of("Items", "Count", "ScannedCount", "LastEvaluatedKey", "ConsumedCapacity"));
        }
        return answer;
    }

    private ApiRequest withArns(ApiRequest request) {
        String body = ARN.matcher(request.body())
                .replaceAll(found -> Matcher.quoteReplacement(describe(found.group(1))
                        .body()
                        .path("Table")
                        .path("TableArn")
                        .asText("arn:aws:dynamodb:us-east-1:000000000000:table/" + found.group(1))));
        return new ApiRequest(request.operation(), body);
    }

    /** Waits until a change of a table is done: how long it takes is each side's own. */
    private void settle(String operation, ApiAnswer answer) {
        String table = answer.body().path("TableDescription").path("TableName").asText();
        switch (operation) {
            case "CreateTable", "UpdateTable" -> {
                if (answer.isSuccess()) {
                    awaitActive(table);
                }
            }
            case "DeleteTable" -> {
                if (answer.isSuccess()) {
                    awaitDropped(table);
                }
            }
            default -> {}
        }
    }

    /** Deletes every table whose name begins so. */
    void dropTables(String prefix) {
        ApiAnswer listed = require(ApiRequest.of(
                "ListTables", JsonNodeFactory.instance.objectNode().put("ExclusiveStartTableName", prefix)));
        for (JsonNode name : listed.body().path("TableNames")) {
            if (name.asText().startsWith(prefix)) {
                once(ApiRequest.of(
                        "DeleteTable", JsonNodeFactory.instance.objectNode().put("TableName", name.asText())));
            }
        }
    }

    private ApiAnswer allPages(String operation, ObjectNode parameters) {
        ObjectNode body = parameters.deepCopy();
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        for (int page = 1; page <= MOST_PAGES; page++) {
            ApiAnswer answer = client.send(ApiRequest.of(operation, body));
            if (!answer.isSuccess()) {
                return Normalizer.normalize(operation, answer);
            }
            add(answer.body(), whole);
            whole.put("Pages", page);
            JsonNode last = answer.body().path("LastEvaluatedKey");
            if (last.isMissingNode()) {
                return Normalizer.normalize(operation, new ApiAnswer(200, whole));
            }
            body.set("ExclusiveStartKey", last);
        }
        throw new AssertionError("more than " + MOST_PAGES + " pages of " + operation + " " + parameters);
    }

    private ApiAnswer allSegments(ObjectNode parameters, int segments) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        for (int segment = 0; segment < segments; segment++) {
            ObjectNode body = parameters.deepCopy().put("Segment", segment).put("TotalSegments", segments);
            ApiAnswer answer = allPages("Scan", body);
            if (!answer.isSuccess()) {
                return answer;
            }
            add(answer.body(), whole);
        }
        whole.remove("ConsumedCapacity");
        return Normalizer.normalize("Scan", new ApiAnswer(200, whole));
    }

    private static void add(JsonNode page, ObjectNode whole) {
        for (String count : List.of("Count", "ScannedCount")) {
            whole.put(count, whole.path(count).asInt() + page.path(count).asInt());
        }
        if (page.path("Items") instanceof ArrayNode items) {
            whole.withArray("Items").addAll(items);
        }
        JsonNode units = page.path("ConsumedCapacity").path("CapacityUnits");
        if (!units.isMissingNode()) {
            BigDecimal before = whole.path("ConsumedCapacity").decimalValue();
            whole.put("ConsumedCapacity", before.add(units.decimalValue()));
        }
    }

    public void createTables(List<TableShape> tables) {
        tables.forEach(table -> require(ApiRequest.of("CreateTable", table.createTable())));
        tables.forEach(table -> awaitActive(table.name()));
    }

    public void awaitActive(String table) {
        Awaitility.await("table " + table + " is active")
                .atMost(TABLE_LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> describe(table)
                        .body()
                        .path("Table")
                        .path("TableStatus")
                        .asText()
                        .equals("ACTIVE"));
    }

    public void awaitDropped(String table) {
        Awaitility.await("table " + table + " is dropped")
                .atMost(TABLE_LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> describe(table).errorName().equals("ResourceNotFoundException"));
    }

    private ApiAnswer describe(String table) {
        return client.send(ApiRequest.of(
                "DescribeTable", JsonNodeFactory.instance.objectNode().put("TableName", table)));
    }

    /** The item that an UpdateItem was about. */
    ApiAnswer updatedItem(ApiRequest update) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("ConsistentRead", true);
        try {
            JsonNode asked = JSON.readTree(update.body());
            body.set("TableName", asked.get("TableName"));
            body.set("Key", asked.get("Key"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an update that succeeded is no JSON: " + update, e);
        }
        return own.apply(Normalizer.normalize("GetItem", client.send(ApiRequest.of("GetItem", body))));
    }

    /** All items of the table; by their text. */
    public ApiAnswer contents(TableShape table) {
        return own.apply(allPages(
                "Scan",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("TableName", table.name())
                        .put("ConsistentRead", true)));
    }

    /** Deletes what {@link #contents} has found. */
    public void delete(TableShape table, JsonNode items) {
        ArrayNode writes = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : items) {
            ObjectNode key = writes.addObject().putObject("DeleteRequest").putObject("Key");
            table.keyNames().forEach(name -> key.set(name, item.get(name)));
            if (writes.size() == BATCH) {
                write(table, writes);
                writes = JsonNodeFactory.instance.arrayNode();
            }
        }
        if (!writes.isEmpty()) {
            write(table, writes);
        }
    }

    private void write(TableShape table, ArrayNode writes) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("RequestItems").set(table.name(), writes);
        JsonNode left = require(ApiRequest.of("BatchWriteItem", body)).body().path("UnprocessedItems");
        if (!left.isEmpty()) {
            throw new AssertionError("unprocessed: " + left);
        }
    }

    private ApiAnswer require(ApiRequest request) {
        ApiAnswer answer = client.send(request);
        if (!answer.isSuccess()) {
            throw new AssertionError(request + ": " + answer.summary());
        }
        return answer;
    }
}
