package io.tidemark.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulation.api.ApiClient.Reply;
import io.tidemark.simulation.linearizability.Input;
import io.tidemark.simulation.linearizability.Operation;
import io.tidemark.simulation.linearizability.Output;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * One client, which does one operation at a time on items that hold a number. Most often it repeats what had no answer, or one
 * that says to repeat it, at whichever router, with the invocation id of the first attempt, as the AWS SDKs do; now and then it
 * gives up at once. Not thread-safe.
 */
final class RegisterClient {
    static final String KEY = "id";
    static final String VALUE = "v";

    private static final String ABSENT_CONDITION = "attribute_not_exists(" + VALUE + ")";
    private static final Duration GIVE_UP = Duration.ofSeconds(20);
    /** One in so many operations is tried once, so that there are writes of which nobody knows whether they were done. */
    private static final int ONCE_IN = 3;

    private static final Duration MAX_PAUSE = Duration.ofMillis(100);

    private final String name;
    private final String table;
    private final ApiClient api;
    private final List<URI> routers;
    private final RandomGenerator random;

    RegisterClient(String name, String table, ApiClient api, List<URI> routers, RandomGenerator random) {
        this.name = name;
        this.table = table;
        this.api = api;
        this.routers = List.copyOf(routers);
        this.random = random;
    }

    /**
     * @return what was asked and answered, or not answered
     * @throws UnexpectedReplyException for an answer that a correct request never gets
     */
    Operation run(String key, Input input) throws InterruptedException {
        String invocationId = new UUID(random.nextLong(), random.nextLong()).toString();
        boolean once = random.nextInt(ONCE_IN) == 0;
        long invoked = System.nanoTime();
        Output output = new Output.Unknown();
        boolean goOn = true;
        while (goOn) {
            URI router = routers.get(random.nextInt(routers.size()));
            Optional<Reply> reply = api.call(router, target(input), parameters(key, input), invocationId);
            if (reply.isPresent()) {
                output = output(input, reply.get());
            }
            goOn = output instanceof Output.Unknown && !once && System.nanoTime() - invoked < GIVE_UP.toNanos();
            // Also before the next operation: each that stays unknown makes the history much harder to decide.
            if (output instanceof Output.Unknown) {
                Thread.sleep(Duration.ofMillis(random.nextLong(MAX_PAUSE.toMillis())));
            }
        }
        OptionalLong answered =
                output instanceof Output.Unknown ? OptionalLong.empty() : OptionalLong.of(System.nanoTime());
        return new Operation(invoked, answered, name, key, input, output);
    }

    private static String target(Input input) {
        return switch (input) {
            case Input.Get get -> "GetItem";
            case Input.Put put -> "PutItem";
            case Input.CompareAndSet set -> "UpdateItem";
            case Input.Add add -> "UpdateItem";
            case Input.Delete delete -> "DeleteItem";
        };
    }

    private ObjectNode parameters(String key, Input input) {
        ObjectNode parameters = ApiClient.object().put("TableName", table);
        switch (input) {
            case Input.Get get -> parameters.put("ConsistentRead", true);
            case Input.Put put -> {
                ObjectNode item = parameters.put("ReturnValues", "ALL_OLD").putObject("Item");
                item.putObject(KEY).put("S", key);
                number(item, VALUE, put.value());
                return parameters;
            }
            case Input.CompareAndSet set -> {
                parameters
                        .put("UpdateExpression", "SET " + VALUE + " = :new")
                        .put("ConditionExpression", set.expected().isPresent() ? VALUE + " = :old" : ABSENT_CONDITION)
                        .put("ReturnValues", "ALL_OLD")
                        .put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
                ObjectNode values = parameters.putObject("ExpressionAttributeValues");
                number(values, ":new", set.value());
                set.expected().ifPresent(expected -> number(values, ":old", expected));
            }
            case Input.Add add -> {
                parameters.put("UpdateExpression", "ADD " + VALUE + " :n").put("ReturnValues", "UPDATED_NEW");
                number(parameters.putObject("ExpressionAttributeValues"), ":n", add.amount());
            }
            case Input.Delete delete -> parameters.put("ReturnValues", "ALL_OLD");
        }
        parameters.putObject("Key").putObject(KEY).put("S", key);
        return parameters;
    }

    private static void number(ObjectNode parent, String name, long value) {
        parent.putObject(name).put("N", Long.toString(value));
    }

    private static Output output(Input input, Reply reply) {
        if (reply.succeeded()) {
            return new Output.Done(value(reply.body().path(input instanceof Input.Get ? "Item" : "Attributes")));
        }
        if (reply.error().equals("ConditionalCheckFailedException")) {
            return new Output.Refused(value(reply.body().path("Item")));
        }
        if (reply.status() >= 500 || RetriableErrors.NAMES.contains(reply.error())) {
            return new Output.Unknown();
        }
        throw new UnexpectedReplyException(input + " was answered with " + reply);
    }

    private static Optional<Long> value(JsonNode item) {
        JsonNode number = item.path(VALUE).path("N");
        return number.isMissingNode() ? Optional.empty() : Optional.of(Long.parseLong(number.asText()));
    }

    /** An answer that should not be. */
    static final class UnexpectedReplyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnexpectedReplyException(String message) {
            super(message);
        }
    }
}
