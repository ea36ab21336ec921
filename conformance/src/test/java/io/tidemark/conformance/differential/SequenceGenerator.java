package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.conformance.http.ApiRequest;
import java.util.ArrayList;
import java.util.List;

/** Sequences of requests on the items of four tables. The same seed makes the same sequence. */
final class SequenceGenerator {
    private static final int MOST_STEPS = 12;

    private final List<TableShape> tables;

    SequenceGenerator(List<TableShape> tables) {
        this.tables = List.copyOf(tables);
    }

    Sequence sequence(long seed) {
        Dice dice = new Dice(seed);
        Requests requests = new Requests(dice, tables);
        // Most of a sequence is about one table, so that its requests meet.
        TableShape main = dice.oneOf(tables);
        List<Step> steps = new ArrayList<>();
        for (int i = dice.between(1, 4); i > 0; i--) {
            steps.add(new Step.Once(ApiRequest.of("PutItem", requests.plainPut(main))));
        }
        for (int i = dice.between(3, MOST_STEPS - 4); i > 0; i--) {
            steps.add(step(dice, requests, dice.chance(90) ? main : dice.oneOf(tables)));
        }
        return new Sequence(seed, steps);
    }

    private Step step(Dice dice, Requests requests, TableShape table) {
        return switch (dice.below(20)) {
            case 0, 1, 2 -> once(dice, "PutItem", requests.putItem(table));
            case 3, 4, 5, 6, 7 -> once(dice, "UpdateItem", requests.updateItem(table));
            case 8, 9 -> once(dice, "DeleteItem", requests.deleteItem(table));
            case 10, 11 -> once(dice, "GetItem", requests.getItem(table));
            case 12, 13 -> once(dice, "Query", requests.query(table));
            case 14 ->
                dice.chance(50)
                        ? new Step.AllPages("Query", requests.query(table))
                        : once(dice, "Query", requests.queryFrom(table));
            case 15 -> new Step.AllPages("Scan", maybeDamaged(dice, requests.scan(table)));
            case 16 -> scanOfSegments(dice, requests, table);
            case 17 -> once(dice, "BatchGetItem", requests.batchGetItem());
            case 18 -> once(dice, "BatchWriteItem", requests.batchWriteItem());
            default -> once(dice, "UpdateItem", requests.updateItem(table));
        };
    }

    private static Step scanOfSegments(Dice dice, Requests requests, TableShape table) {
        return dice.chance(60)
                ? new Step.AllSegments(requests.scan(table), dice.between(1, 4))
                : new Step.Once(ApiRequest.of("Scan", requests.oddSegments(table)));
    }

    private static ObjectNode maybeDamaged(Dice dice, ObjectNode body) {
        return dice.chance(12) ? new Faults(dice).damage(body) : body;
    }

    private static Step once(Dice dice, String operation, ObjectNode body) {
        ObjectNode maybeDamaged = maybeDamaged(dice, body);
        if (dice.chance(1)) {
            return new Step.Once(new ApiRequest(operation, new Faults(dice).damageText(maybeDamaged.toString())));
        }
        return new Step.Once(ApiRequest.of(operation, maybeDamaged));
    }
}
