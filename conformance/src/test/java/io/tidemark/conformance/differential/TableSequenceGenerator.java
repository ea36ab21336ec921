package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.conformance.http.ApiRequest;
import java.util.ArrayList;
import java.util.List;

/** Sequences of requests on tables: created, described, changed, tagged, listed and deleted, rightly and wrongly. */
final class TableSequenceGenerator {
    /** Every name begins with it, and no other test's names come after it. */
    static final String PREFIX = "zz-tables";

    private static final String LIST_START = "ExclusiveStartTableName";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    Sequence sequence(long seed) {
        Dice dice = new Dice(seed);
        List<String> names = List.of(PREFIX + "." + dice.below(1_000_000), PREFIX + "." + dice.below(1_000_000));
        List<Step> steps = new ArrayList<>();
        steps.add(step("CreateTable", createTable(dice, names.getFirst())));
        for (int i = dice.between(2, 8); i > 0; i--) {
            steps.add(anything(dice, dice.chance(85) ? names.getFirst() : names.getLast()));
        }
        return new Sequence(seed, steps);
    }

    private static Step anything(Dice dice, String table) {
        return switch (dice.below(14)) {
            case 0, 1, 2 -> step("CreateTable", damaged(dice, createTable(dice, table)));
            case 3, 4 -> step("UpdateTable", damaged(dice, updateTable(dice, table)));
            case 5 -> step("DeleteTable", damaged(dice, named(dice, table)));
            case 6, 7 -> step("DescribeTable", damaged(dice, named(dice, table)));
            case 8 -> step("ListTables", own(damaged(dice, listTables(dice))));
            case 9 -> step("TagResource", damaged(dice, tags(dice, arn(dice, table))));
            case 10 -> step("UntagResource", damaged(dice, untag(dice, arn(dice, table))));
            case 11 ->
                step("ListTagsOfResource", damaged(dice, NODES.objectNode().put("ResourceArn", arn(dice, table))));
            case 12 -> step("UpdateTimeToLive", damaged(dice, timeToLive(dice, table)));
            default -> step("DescribeTimeToLive", damaged(dice, named(dice, table)));
        };
    }

    private static Step step(String operation, ObjectNode body) {
        return new Step.Once(ApiRequest.of(operation, body));
    }

    private static ObjectNode damaged(Dice dice, ObjectNode body) {
        return dice.chance(25) ? new Faults(dice).damage(body) : body;
    }

    /** A list that begins before the test's own tables would have those that other tests have made on one of the sides. */
    private static ObjectNode own(ObjectNode listing) {
        JsonNode start = listing.path(LIST_START);
        boolean ofOthers = start.isMissingNode()
                || start.isNull()
                || (start.isTextual() && start.asText().compareTo(PREFIX) < 0);
        return ofOthers ? listing.put(LIST_START, PREFIX) : listing;
    }

    private static ObjectNode named(Dice dice, String table) {
        return NODES.objectNode()
                .put(
                        "TableName",
                        dice.chance(92) ? table : dice.oneOf("", "a", "ab", "a;b;c", "x".repeat(256), "no such"));
    }

    private static String arn(Dice dice, String table) {
        return dice.chance(90)
                ? Side.arnOf(table)
                : dice.oneOf("", "text", "arn:aws:dynamodb:us-east-1:000000000000:table/x");
    }

    private static ObjectNode createTable(Dice dice, String table) {
        ObjectNode body = named(dice, table);
        List<String> attributes = List.of("pk", "sk", "other");
        int defined = dice.chance(85) ? dice.between(1, 2) : dice.between(0, 3);
        for (int i = 0; i < defined; i++) {
            body.withArray("AttributeDefinitions")
                    .addObject()
                    .put("AttributeName", attributes.get(i))
                    .put("AttributeType", dice.chance(95) ? dice.oneOf("S", "N", "B") : dice.oneOf("SS", "X", "s"));
        }
        int keys = dice.chance(85) ? Math.min(defined, 2) : dice.between(0, 3);
        for (int i = 0; i < keys; i++) {
            body.withArray("KeySchema")
                    .addObject()
                    .put("AttributeName", dice.chance(95) ? attributes.get(i) : dice.oneOf(attributes))
                    .put("KeyType", dice.chance(95) ? (i == 0 ? "HASH" : "RANGE") : dice.oneOf("HASH", "RANGE", "X"));
        }
        billing(dice, body);
        if (dice.chance(10)) {
            body.set("Tags", tags(dice, "").get("Tags"));
        }
        if (dice.chance(5)) {
            body.putObject("StreamSpecification").put("StreamEnabled", false);
        }
        if (dice.chance(5)) {
            body.put("TableClass", dice.oneOf("STANDARD", "STANDARD", "NO_CLASS"));
        }
        if (dice.chance(5)) {
            body.put("DeletionProtectionEnabled", false);
        }
        return body;
    }

    private static void billing(Dice dice, ObjectNode body) {
        String mode =
                dice.oneOf("PAY_PER_REQUEST", "PAY_PER_REQUEST", "PROVISIONED", "", dice.chance(10) ? "FREE" : "");
        if (!mode.isEmpty()) {
            body.put("BillingMode", mode);
        }
        if (mode.startsWith("PAY") ? dice.chance(5) : dice.chance(93)) {
            throughput(dice, body);
        }
    }

    private static void throughput(Dice dice, ObjectNode body) {
        ObjectNode throughput = body.putObject("ProvisionedThroughput");
        for (String units : List.of("ReadCapacityUnits", "WriteCapacityUnits")) {
            if (dice.chance(97)) {
                long count = dice.chance(90) ? dice.between(1, 9) : dice.oneOf(0L, -1L, 1_000_000_000_001L, 5L);
                throughput.put(units, count);
            }
        }
    }

    private static ObjectNode updateTable(Dice dice, String table) {
        ObjectNode body = named(dice, table);
        if (dice.chance(60)) {
            billing(dice, body);
        } else {
            throughput(dice, body);
        }
        return body;
    }

    private static ObjectNode listTables(Dice dice) {
        ObjectNode body = NODES.objectNode().put(LIST_START, PREFIX);
        if (dice.chance(50)) {
            int limit = dice.chance(80) ? dice.between(1, 3) : dice.oneOf(0, -1, 100, 101);
            body.put("Limit", limit);
        }
        return body;
    }

    private static ObjectNode tags(Dice dice, String arn) {
        ObjectNode body = NODES.objectNode().put("ResourceArn", arn);
        ArrayNode tags = body.putArray("Tags");
        for (int i = dice.between(dice.chance(10) ? 0 : 1, 3); i > 0; i--) {
            tags.addObject()
                    .put("Key", dice.oneOf("team", "stage", "owner", "é"))
                    .put("Value", dice.oneOf("a", "b", ""));
        }
        return body;
    }

    private static ObjectNode untag(Dice dice, String arn) {
        ObjectNode body = NODES.objectNode().put("ResourceArn", arn);
        ArrayNode keys = body.putArray("TagKeys");
        for (int i = dice.between(dice.chance(10) ? 0 : 1, 2); i > 0; i--) {
            keys.add(dice.oneOf("team", "stage", "owner"));
        }
        return body;
    }

    private static ObjectNode timeToLive(Dice dice, String table) {
        ObjectNode body = named(dice, table);
        ObjectNode specification = body.putObject("TimeToLiveSpecification");
        if (dice.chance(95)) {
            specification.put("AttributeName", dice.oneOf("ttl", "ttl", "expires", ""));
        }
        if (dice.chance(95)) {
            specification.put("Enabled", dice.chance(70));
        }
        return body;
    }
}
