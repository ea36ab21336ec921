package io.tidemark.router.operation.item;

import static io.tidemark.router.testing.ItemApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.testing.ItemApi;
import io.tidemark.router.testing.ItemApi.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a client sends, it is told what is wrong with it: requests that are nearly right, mutated at random places. */
class AnyRequestTest {
    private static final int REQUESTS = 6_000;
    private static final int MAX_MUTATIONS = 4;

    private record Template(OperationName operation, String body) {}

    private static final List<Template> TEMPLATES = List.of(
            new Template(
                    OperationName.PutItem,
                    "{`TableName`:`range`,`Item`:{`pk`:{`S`:`a`},`sk`:{`N`:`1`},`l`:{`L`:[{`N`:`1`},{`M`:{`x`:{`BS`:[`AQ==`]}}}]}},"
                            + "`ConditionExpression`:`attribute_not_exists(#n) OR l[0] < :v`,`ExpressionAttributeNames`:{`#n`:`nothing`},"
                            + "`ExpressionAttributeValues`:{`:v`:{`N`:`5`}},`ReturnValues`:`ALL_OLD`}"),
            new Template(
                    OperationName.PutItem,
                    "{`TableName`:`hash`,`Item`:{`pk`:{`S`:`a`}},`Expected`:{`pk`:{`Exists`:false},"
                            + "`x`:{`ComparisonOperator`:`BETWEEN`,`AttributeValueList`:[{`N`:`1`},{`N`:`2`}]}},`ConditionalOperator`:`OR`}"),
            new Template(
                    OperationName.UpdateItem,
                    "{`TableName`:`hash`,`Key`:{`pk`:{`S`:`a`}},`UpdateExpression`:`SET n = if_not_exists(n, :v) + :v, m.x[1] = :v "
                            + "REMOVE gone ADD c :v DELETE st :s`,`ExpressionAttributeValues`:{`:v`:{`N`:`5`},`:s`:{`SS`:[`a`]}},"
                            + "`ReturnValues`:`UPDATED_NEW`,`ReturnConsumedCapacity`:`INDEXES`}"),
            new Template(
                    OperationName.UpdateItem,
                    "{`TableName`:`range`,`Key`:{`pk`:{`S`:`a`},`sk`:{`N`:`1`}},`AttributeUpdates`:{`a`:{`Action`:`ADD`,`Value`:{`N`:`1`}},"
                            + "`b`:{`Action`:`DELETE`},`l`:{`Action`:`PUT`,`Value`:{`L`:[]}}},`ReturnValues`:`ALL_NEW`}"),
            new Template(
                    OperationName.DeleteItem,
                    "{`TableName`:`hash`,`Key`:{`pk`:{`S`:`a`}},`ConditionExpression`:`size(pk) IN (:v, :w) AND NOT contains(pk, :t)`,"
                            + "`ExpressionAttributeValues`:{`:v`:{`N`:`5`},`:w`:{`N`:`1`},`:t`:{`S`:`z`}},`ReturnValues`:`ALL_OLD`}"),
            new Template(
                    OperationName.GetItem,
                    "{`TableName`:`range`,`Key`:{`pk`:{`S`:`a`},`sk`:{`N`:`1`}},`ProjectionExpression`:`#a.b[0], pk`,"
                            + "`ExpressionAttributeNames`:{`#a`:`l`},`ConsistentRead`:true,`ReturnConsumedCapacity`:`TOTAL`}"),
            new Template(
                    OperationName.BatchGetItem,
                    "{`RequestItems`:{`hash`:{`Keys`:[{`pk`:{`S`:`a`}},{`pk`:{`S`:`b`}}],`ConsistentRead`:true},"
                            + "`range`:{`Keys`:[{`pk`:{`S`:`a`},`sk`:{`N`:`1`}}],`AttributesToGet`:[`pk`,`l`]}},`ReturnConsumedCapacity`:`TOTAL`}"),
            new Template(
                    OperationName.BatchWriteItem,
                    "{`RequestItems`:{`hash`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`b`},`x`:{`NULL`:true}}}},{`DeleteRequest`:{`Key`:{`pk`:{`S`:`c`}}}}],"
                            + "`range`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`a`},`sk`:{`N`:`2`}}}}]}}"),
            new Template(
                    OperationName.Query,
                    "{`TableName`:`range`,`KeyConditionExpression`:`pk = :p AND sk BETWEEN :a AND :b`,`FilterExpression`:`attribute_type(l, :t)`,"
                            + "`ExpressionAttributeValues`:{`:p`:{`S`:`a`},`:a`:{`N`:`0`},`:b`:{`N`:`9`},`:t`:{`S`:`L`}},`Limit`:2,"
                            + "`ExclusiveStartKey`:{`pk`:{`S`:`a`},`sk`:{`N`:`1`}},`ScanIndexForward`:false,`Select`:`COUNT`}"),
            new Template(
                    OperationName.Query,
                    "{`TableName`:`range`,`KeyConditions`:{`pk`:{`ComparisonOperator`:`EQ`,`AttributeValueList`:[{`S`:`a`}]},"
                            + "`sk`:{`ComparisonOperator`:`GE`,`AttributeValueList`:[{`N`:`0`}]}},`QueryFilter`:{`l`:{`ComparisonOperator`:`NOT_NULL`}}}"),
            new Template(
                    OperationName.Scan,
                    "{`TableName`:`range`,`Segment`:1,`TotalSegments`:3,`FilterExpression`:`begins_with(pk, :p)`,"
                            + "`ExpressionAttributeValues`:{`:p`:{`S`:`a`}},`Limit`:3,`ProjectionExpression`:`sk`}"));

    private static final List<String> JUNK = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "99999999999999999999",
            "``",
            "`a`",
            "`pk`",
            "`\\u0000`",
            "`\\ud800`",
            "`(((`",
            "`SET pk = :v`",
            "`a = b`",
            "`1e500`",
            "`AQ=`",
            "`hash`",
            "`COUNT`",
            "[]",
            "{}",
            "[[]]",
            "{`S`:``}",
            "{`N`:`x`}",
            "{`N`:`1`}",
            "{`B`:``}",
            "{`M`:{}}",
            "{`L`:[{`L`:[]}]}",
            "{`S`:`a`,`N`:`1`}",
            "{`pk`:{`S`:`a`}}",
            "{`pk`:{`B`:`AQ==`}}",
            "[{`S`:`a`}]");

    @Test
    void noRequestIsAnInternalError() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int answered = 0;
        try (ItemApi api = new ItemApi()) {
            for (int i = 0; i < REQUESTS; i++) {
                Template template = TEMPLATES.get(random.nextInt(TEMPLATES.size()));
                JsonNode body = json(template.body());
                for (int mutation = random.nextInt(MAX_MUTATIONS); mutation > 0; mutation--) {
                    mutate((ObjectNode) body, random);
                }
                String sent = body.toString();
                try {
                    api.answer(Caller.ANYBODY, template.operation(), sent);
                    answered++;
                } catch (ApiException refusal) {
                    assertThat(refusal.type().httpStatus())
                            .as("seed %d, request %d: %s with %s", seed, i, template.operation(), sent)
                            .isEqualTo(400);
                    assertThat(refusal.message()).isNotEmpty();
                } catch (RuntimeException e) {
                    throw new AssertionError(
                            "seed " + seed + ", request " + i + ": " + template.operation() + " with " + sent, e);
                }
            }
        }
        assertThat(answered).isBetween(REQUESTS / 20, REQUESTS);
    }

    /** Replaces, removes or adds a member somewhere. */
    private static void mutate(ObjectNode body, SplittableRandom random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(body, containers);
        JsonNode junk = json(JUNK.get(random.nextInt(JUNK.size())));
        switch (containers.get(random.nextInt(containers.size()))) {
            case ObjectNode object -> {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                if (names.isEmpty() || random.nextInt(4) == 0) {
                    object.set(List.of("N", "pk", "", "Limit", "x").get(random.nextInt(5)), junk);
                } else if (random.nextBoolean()) {
                    object.remove(names.get(random.nextInt(names.size())));
                } else {
                    object.set(names.get(random.nextInt(names.size())), junk);
                }
            }
            case ArrayNode array -> {
                if (array.isEmpty() || random.nextBoolean()) {
                    array.add(junk);
                } else {
                    array.set(random.nextInt(array.size()), junk);
                }
            }
            default -> throw new IllegalStateException("no container");
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
