package io.tidemark.simulation.load;

import io.tidemark.client.ConditionFailedException;
import io.tidemark.client.GetRequest;
import io.tidemark.client.PutRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.TidemarkException;
import io.tidemark.client.UnavailableException;
import io.tidemark.client.UpdateRequest;
import io.tidemark.client.WriteRequest;
import io.tidemark.client.WriteResult;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * One writer: writes, notes the answer, and now and then reads what it has just written. A write whose effect is unknown is
 * repeated with its request id, as a careful program does.
 */
record Writer(
        int number, TidemarkClient client, String table, RandomGenerator random, Ledger ledger, AtomicBoolean stopping)
        implements Runnable {
    private static final int MAX_WRITES = 20_000;
    private static final int MAX_ATTEMPTS = 6;
    private static final int COUNTERS = 4;
    /** After so many writes of a writer come new counters, so that the sets of marks stay small. */
    private static final int WRITES_PER_COUNTER = 300;

    private static final AttributeValue PADDING = new AttributeValue.S("p".repeat(120));

    @Override
    public void run() {
        for (int i = 0; i < MAX_WRITES && !stopping.get(); i++) {
            Effect effect = nextEffect(i);
            String mark = "w" + number + "-" + i;
            try {
                WriteRequest request = request(effect, mark);
                Optional<WriteResult> result = write(request, mark, effect);
                if (result.isPresent()) {
                    lookBack(request, mark, effect, result.get());
                }
            } catch (RuntimeException e) {
                ledger.violated("writer " + number + " failed at " + effect + ": " + e);
                return;
            }
        }
    }

    private Effect nextEffect(int i) {
        int choice = random.nextInt(10);
        if (choice < 5) {
            return new Effect.Increment("counter-" + i / WRITES_PER_COUNTER + "-" + random.nextInt(COUNTERS));
        }
        return choice < 8 ? new Effect.Put("put-" + number + "-" + i) : new Effect.Claim("claim-" + i);
    }

    private WriteRequest request(Effect effect, String mark) {
        RequestId id = RequestId.random(random);
        return switch (effect) {
            case Effect.Increment increment ->
                UpdateRequest.of(
                                table,
                                primaryKey(increment),
                                UpdateExpression.of(
                                        new UpdateAction.Add(DocumentPath.of(Ledger.COUNT), AttributeValue.N.of(1)),
                                        new UpdateAction.Add(DocumentPath.of(Ledger.MARKS), setOf(mark))))
                        .as(id);
            case Effect.Put put -> PutRequest.of(table, item(put, mark)).as(id);
            case Effect.Claim claim ->
                PutRequest.of(table, item(claim, mark))
                        .when(new Condition.AttributeNotExists(DocumentPath.of(Ledger.KEY)))
                        .as(id);
        };
    }

    /** Notes one answer, and gives the result if it is an acknowledgement. */
    private Optional<WriteResult> write(WriteRequest request, String mark, Effect effect) {
        boolean mayHaveEffect = false;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                WriteResult result = client.write(request);
                ledger.add(new Write(mark, effect, Answer.ACKNOWLEDGED));
                return Optional.of(result);
            } catch (ConditionFailedException e) {
                ledger.add(new Write(mark, effect, Answer.REFUSED));
                return Optional.empty();
            } catch (UnavailableException e) {
                mayHaveEffect |= e.effectUnknown();
                if (!mayHaveEffect || stopping.get()) {
                    break;
                }
                ledger.repeated();
            }
        }
        ledger.add(new Write(mark, effect, mayHaveEffect ? Answer.UNKNOWN : Answer.WITHOUT_EFFECT));
        return Optional.empty();
    }

    private void lookBack(WriteRequest request, String mark, Effect effect, WriteResult result) {
        switch (random.nextInt(8)) {
            case 0, 1 -> requireVisible(Consistency.STRONG, mark, effect);
            case 2 -> requireVisible(result.token(), mark, effect);
            case 3 -> requireSameAnswer(request, result);
            default -> {}
        }
    }

    private void requireVisible(Consistency consistency, String mark, Effect effect) {
        try {
            Item item = client.get(GetRequest.of(table, primaryKey(effect)).consistency(consistency))
                    .orElse(Item.EMPTY);
            ledger.readStrongly();
            if (!Ledger.marks(item).contains(mark)) {
                ledger.violated("a read (" + consistency + ") does not see the acknowledged write " + mark + " of "
                        + effect.key());
            }
        } catch (UnavailableException notRead) {
            // Nothing was seen, so nothing wrong.
        }
    }

    private void requireSameAnswer(WriteRequest request, WriteResult first) {
        try {
            WriteResult again = client.write(request);
            ledger.repeated();
            if (!again.equals(first)) {
                ledger.violated("the same request was answered with " + first + " and then with " + again);
            }
        } catch (UnavailableException notAnswered) {
            // The first answer stands.
        } catch (TidemarkException e) {
            ledger.violated("the same request was answered with " + first + " and then refused: " + e);
        }
    }

    private static PrimaryKey primaryKey(Effect effect) {
        return PrimaryKey.of(new AttributeValue.S(effect.key()));
    }

    private static Item item(Effect effect, String mark) {
        return Item.of(Map.of(
                Ledger.KEY,
                new AttributeValue.S(effect.key()),
                Ledger.MARK,
                new AttributeValue.S(mark),
                "padding",
                PADDING));
    }

    private static AttributeValue setOf(String mark) {
        TreeSet<String> set = new TreeSet<>();
        set.add(mark);
        return new AttributeValue.SS(set);
    }
}
