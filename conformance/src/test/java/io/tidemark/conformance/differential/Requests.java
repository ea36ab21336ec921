package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiFunction;

/** Requests on items; most of them valid. */
final class Requests {
    private static final List<String> LEGACY_OPERATORS = List.of(
            "EQ",
            "NE",
            "LE",
            "LT",
            "GE",
            "GT",
            "NOT_NULL",
            "NULL",
            "CONTAINS",
            "NOT_CONTAINS",
            "BEGINS_WITH",
            "IN",
            "BETWEEN");

    private final Dice dice;
    private final Values values;
    private final List<TableShape> tables;

    Requests(Dice dice, List<TableShape> tables) {
        this.dice = dice;
        this.values = new Values(dice);
        this.tables = tables;
    }

    private ObjectNode body(TableShape table) {
        return JsonNodeFactory.instance.objectNode().put("TableName", table.name());
    }

    private ObjectNode key(TableShape table) {
        return dice.chance(94) ? values.key(table) : values.oddKey(table);
    }

    private ObjectNode item(TableShape table) {
        ObjectNode item = values.item(table);
        if (dice.chance(5)) {
            item.setAll(values.oddKey(table));
        }
        if (dice.chance(4)) {
            item.set(dice.oneOf(Names.ATTRIBUTES), values.broken());
        }
        return item;
    }

    /** Only what seeds a sequence: always accepted. */
    ObjectNode plainPut(TableShape table) {
        ObjectNode body = body(table);
        body.set("Item", values.item(table));
        return body;
    }

    ObjectNode putItem(TableShape table) {
        ObjectNode body = body(table);
        body.set("Item", item(table));
        writeOptions(table, body, "NONE", "ALL_OLD");
        return body;
    }

    ObjectNode deleteItem(TableShape table) {
        ObjectNode body = body(table);
        body.set("Key", key(table));
        writeOptions(table, body, "NONE", "ALL_OLD");
        return body;
    }

    ObjectNode updateItem(TableShape table) {
        ObjectNode body = body(table);
        body.set("Key", key(table));
        if (dice.chance(15)) {
            legacyUpdates(body);
            writeOptions(table, body, "NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW");
            return body;
        }
        Placeholders placeholders = new Placeholders(dice);
        ExpressionTexts texts = new ExpressionTexts(dice, placeholders);
        if (dice.chance(96)) {
            body.put("UpdateExpression", texts.update(table));
        }
        if (dice.chance(30)) {
            body.put("ConditionExpression", texts.condition(table));
        }
        placeholders.addTo(body);
        commonWriteOptions(body, "NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW");
        return body;
    }

    private void writeOptions(TableShape table, ObjectNode body, String... returnValues) {
        commonWriteOptions(body, returnValues);
        if (dice.chance(40)) {
            Placeholders placeholders = new Placeholders(dice);
            body.put("ConditionExpression", new ExpressionTexts(dice, placeholders).condition(table));
            placeholders.addTo(body);
        } else if (dice.chance(20)) {
            legacyConditions(body, "Expected", this::expectation);
        }
    }

    private void commonWriteOptions(ObjectNode body, String... returnValues) {
        if (dice.chance(60)) {
            body.put("ReturnValues", dice.oneOf(returnValues));
        }
        if (dice.chance(3)) {
            body.put("ReturnValues", dice.oneOf("ALL_NEW", "UPDATED_OLD", "UPDATED_NEW", "SOME", "none"));
        }
        consumedCapacity(body);
        if (dice.chance(15)) {
            body.put("ReturnValuesOnConditionCheckFailure", dice.oneOf("ALL_OLD", "NONE"));
        }
        if (dice.chance(8)) {
            body.put("ReturnItemCollectionMetrics", dice.oneOf("SIZE", "NONE"));
        }
    }

    private void consumedCapacity(ObjectNode body) {
        if (dice.chance(15)) {
            body.put("ReturnConsumedCapacity", dice.oneOf("TOTAL", "INDEXES", "NONE"));
        }
    }

    private void legacyUpdates(ObjectNode body) {
        ObjectNode updates = body.putObject("AttributeUpdates");
        for (int i = dice.between(0, 3); i > 0; i--) {
            String attribute = dice.chance(95) ? dice.oneOf(Names.ATTRIBUTES) : dice.oneOf("pk", "sk");
            ObjectNode update = updates.putObject(attribute);
            if (dice.chance(85)) {
                update.put("Action", dice.oneOf("PUT", "ADD", "DELETE", "PUT", "ADD"));
            }
            if (dice.chance(85)) {
                update.set("Value", dice.chance(95) ? values.usualOf(attribute) : values.broken());
            }
        }
    }

    private void legacyConditions(ObjectNode body, String member, BiFunction<String, String, ObjectNode> condition) {
        ObjectNode conditions = body.putObject(member);
        for (int i = dice.between(1, 3); i > 0; i--) {
            String attribute = dice.oneOf(Names.ATTRIBUTES);
            conditions.set(attribute, condition.apply(attribute, dice.oneOf(LEGACY_OPERATORS)));
        }
        if (dice.chance(25)) {
            body.put("ConditionalOperator", dice.oneOf("AND", "OR"));
        }
    }

    private ObjectNode expectation(String attribute, String operator) {
        if (dice.chance(50)) {
            return comparison(attribute, operator);
        }
        ObjectNode expectation = JsonNodeFactory.instance.objectNode();
        switch (dice.below(4)) {
            case 0 -> expectation.put("Exists", false);
            case 1 -> expectation.put("Exists", true).set("Value", values.usualOf(attribute));
            case 2 -> expectation.set("Value", values.usualOf(attribute));
            default -> {
                expectation.put("Exists", dice.chance(50));
                expectation.set("Value", values.usualOf(attribute));
            }
        }
        return expectation;
    }

    private ObjectNode comparison(String attribute, String operator) {
        ObjectNode comparison = JsonNodeFactory.instance.objectNode().put("ComparisonOperator", operator);
        int arguments = switch (operator) {
            case "NULL", "NOT_NULL" -> 0;
            case "BETWEEN" -> 2;
            case "IN" -> dice.between(1, 3);
            default -> 1;
        };
        if (dice.chance(5)) {
            arguments = dice.below(4);
        }
        if (arguments > 0 || dice.chance(10)) {
            ArrayNode list = comparison.putArray("AttributeValueList");
            for (int i = 0; i < arguments; i++) {
                list.add(dice.chance(70) ? scalarOf(attribute) : values.any(1));
            }
        }
        return comparison;
    }

    private JsonNode scalarOf(String attribute) {
        return switch (attribute) {
            case "n", "ns" -> values.number();
            default -> values.string();
        };
    }

    ObjectNode getItem(TableShape table) {
        ObjectNode body = body(table);
        body.set("Key", key(table));
        consistency(body);
        projection(table, body, new Placeholders(dice), true);
        consumedCapacity(body);
        return body;
    }

    private void consistency(ObjectNode body) {
        if (dice.chance(50)) {
            body.put("ConsistentRead", dice.chance(70));
        }
    }

    private void projection(TableShape table, ObjectNode body, Placeholders placeholders, boolean last) {
        if (dice.chance(30)) {
            body.put("ProjectionExpression", new ExpressionTexts(dice, placeholders).projection(table));
        } else if (dice.chance(10)) {
            ArrayNode names = body.putArray("AttributesToGet");
            for (int i = dice.between(dice.chance(5) ? 0 : 1, 3); i > 0; i--) {
                names.add(dice.oneOf(Names.ATTRIBUTES));
            }
        }
        if (last) {
            placeholders.addTo(body);
        }
    }

    ObjectNode query(TableShape table) {
        ObjectNode body = body(table);
        Placeholders placeholders = new Placeholders(dice);
        ExpressionTexts texts = new ExpressionTexts(dice, placeholders);
        boolean legacy = dice.chance(15);
        if (legacy) {
            legacyKeyConditions(table, body);
        } else if (dice.chance(98)) {
            body.put("KeyConditionExpression", texts.keyCondition(table));
        }
        if (dice.chance(30)) {
            if (legacy) {
                legacyConditions(body, "QueryFilter", this::comparison);
            } else {
                body.put("FilterExpression", texts.condition(table));
            }
        }
        if (legacy) {
            if (dice.chance(20)) {
                body.putArray("AttributesToGet").add(dice.oneOf(Names.ATTRIBUTES));
            }
        } else {
            projection(table, body, placeholders, false);
            placeholders.addTo(body);
        }
        consistency(body);
        if (dice.chance(40)) {
            body.put("ScanIndexForward", dice.chance(50));
        }
        pageOptions(body);
        return body;
    }

    private void legacyKeyConditions(TableShape table, ObjectNode body) {
        ObjectNode conditions = body.putObject("KeyConditions");
        conditions
                .putObject(TableShape.PARTITION)
                .put("ComparisonOperator", dice.chance(95) ? "EQ" : dice.oneOf(LEGACY_OPERATORS))
                .putArray("AttributeValueList")
                .add(values.keyValue(table.partitionType()));
        if (table.sortType().isPresent() && dice.chance(60)) {
            String operator =
                    dice.oneOf("EQ", "LE", "LT", "GE", "GT", "BEGINS_WITH", "BETWEEN", dice.oneOf(LEGACY_OPERATORS));
            ArrayNode list = conditions
                    .putObject(TableShape.SORT)
                    .put("ComparisonOperator", operator)
                    .putArray("AttributeValueList");
            for (int i = operator.equals("BETWEEN") ? 2 : 1; i > 0; i--) {
                list.add(values.keyValue(table.sortType().orElseThrow()));
            }
        }
    }

    private void pageOptions(ObjectNode body) {
        if (dice.chance(30)) {
            int limit = dice.chance(92) ? dice.between(1, 4) : dice.oneOf(0, -1, 1000, Integer.MAX_VALUE);
            body.put("Limit", limit);
        }
        if (dice.chance(12)) {
            body.put(
                    "Select",
                    dice.oneOf(
                            "ALL_ATTRIBUTES",
                            "COUNT",
                            "COUNT",
                            "SPECIFIC_ATTRIBUTES",
                            "ALL_PROJECTED_ATTRIBUTES",
                            "SOME"));
        }
        consumedCapacity(body);
    }

    /** A start key is the querier's own: any item of the table, or none. */
    ObjectNode queryFrom(TableShape table) {
        ObjectNode body = query(table);
        body.set("ExclusiveStartKey", key(table));
        return body;
    }

    ObjectNode scan(TableShape table) {
        ObjectNode body = body(table);
        Placeholders placeholders = new Placeholders(dice);
        if (dice.chance(40)) {
            if (dice.chance(75)) {
                body.put("FilterExpression", new ExpressionTexts(dice, placeholders).condition(table));
                projection(table, body, placeholders, true);
            } else {
                legacyConditions(body, "ScanFilter", this::comparison);
            }
        } else {
            projection(table, body, placeholders, true);
        }
        consistency(body);
        pageOptions(body);
        return body;
    }

    ObjectNode oddSegments(TableShape table) {
        ObjectNode body = body(table);
        if (dice.chance(70)) {
            body.put("Segment", dice.oneOf(-1, 0, 1, 4, 5, 999_999, 1_000_000));
        }
        if (dice.chance(70)) {
            body.put("TotalSegments", dice.oneOf(-1, 0, 1, 4, 1_000_000, 1_000_001));
        }
        if (dice.chance(30)) {
            body.set("ExclusiveStartKey", key(table));
        }
        return body;
    }

    ObjectNode batchGetItem() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode items = body.putObject("RequestItems");
        for (int i = dice.between(dice.chance(3) ? 0 : 1, 3); i > 0; i--) {
            TableShape table = dice.oneOf(tables);
            ObjectNode of = items.putObject(table.name());
            ArrayNode keys = of.putArray("Keys");
            for (int k = dice.chance(2) ? dice.oneOf(0, 101) : dice.between(1, 4); k > 0; k--) {
                keys.add(key(table));
            }
            consistency(of);
            projection(table, of, new Placeholders(dice), true);
        }
        consumedCapacity(body);
        return body;
    }

    ObjectNode batchWriteItem() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode items = body.putObject("RequestItems");
        for (int i = dice.between(dice.chance(3) ? 0 : 1, 2); i > 0; i--) {
            TableShape table = dice.oneOf(tables);
            ArrayNode writes = items.putArray(table.name());
            for (int k = dice.chance(2) ? dice.oneOf(0, 26) : dice.between(1, 3); k > 0; k--) {
                ObjectNode write = writes.addObject();
                if (dice.chance(70)) {
                    write.putObject("PutRequest").set("Item", item(table));
                } else {
                    write.putObject("DeleteRequest").set("Key", key(table));
                }
            }
        }
        consumedCapacity(body);
        if (dice.chance(8)) {
            body.put("ReturnItemCollectionMetrics", dice.oneOf("SIZE", "NONE"));
        }
        return body;
    }
}
