package io.tidemark.router.operation.item;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.model.Shapes;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.testing.ItemApi;
import io.tidemark.router.testing.ItemApi.Caller;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever JSON a request's body is, it is carried out or what is wrong with it is told. */
class RequestFuzzTest {
    /** The first byte of the input chooses. */
    private static final List<OperationName> OPERATIONS = List.of(
            OperationName.PutItem,
            OperationName.GetItem,
            OperationName.UpdateItem,
            OperationName.DeleteItem,
            OperationName.Query,
            OperationName.Scan,
            OperationName.BatchGetItem,
            OperationName.BatchWriteItem);

    private static ItemApi api;

    @BeforeAll
    static void start() {
        api = new ItemApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static Stream<byte[]> requests() {
        return Stream.of(
                        "0{`TableName`:`hash`,`Item`:{`pk`:{`S`:`a`},`n`:{`N`:`-1.5e3`},`l`:[{`BOOL`:true},{`NULL`:true}]},"
                                + "`ReturnValues`:`ALL_OLD`}",
                        "0{`TableName`:`hash`,`Item`:{`pk`:{`S`:`a`},`s`:{`SS`:[`x`,`y`]},`b`:{`B`:`AAE=`},`m`:{`M`:{`x`:{`L`:[]}}}},"
                                + "`Expected`:{`a`:{`Exists`:false},`b`:{`ComparisonOperator`:`IN`,`AttributeValueList`:[{`N`:`1`}]}},"
                                + "`ConditionalOperator`:`OR`}",
                        "1{`TableName`:`range`,`Key`:{`pk`:{`S`:`a`},`sk`:{`N`:`1`}},`ProjectionExpression`:`#a.b[1],c`,"
                                + "`ExpressionAttributeNames`:{`#a`:`x`},`ConsistentRead`:true,`ReturnConsumedCapacity`:`TOTAL`}",
                        "1{`TableName`:`hash`,`Key`:{`pk`:{`S`:`a`}},`AttributesToGet`:[`n`,`pk`]}",
                        "2{`TableName`:`hash`,`Key`:{`pk`:{`S`:`a`}},`UpdateExpression`:`set a = :a, l[0] = b + :a remove m.x add s :s`,"
                                + "`ConditionExpression`:`attribute_exists(pk) or size(b) < :a`,"
                                + "`ExpressionAttributeValues`:{`:a`:{`N`:`1`},`:s`:{`SS`:[`z`]}},`ReturnValues`:`UPDATED_NEW`}",
                        "2{`TableName`:`range`,`Key`:{`pk`:{`S`:`a`},`sk`:{`N`:`1`}},`AttributeUpdates`:{"
                                + "`a`:{`Action`:`ADD`,`Value`:{`N`:`1`}},`b`:{`Action`:`DELETE`,`Value`:{`SS`:[`x`]}},`c`:{`Value`:{`S`:``}}}}",
                        "3{`TableName`:`range`,`Key`:{`pk`:{`S`:`a`},`sk`:{`N`:`1`}},`ConditionExpression`:`a in (:a)`,"
                                + "`ExpressionAttributeValues`:{`:a`:{`B`:`AA==`}},`ReturnValuesOnConditionCheckFailure`:`ALL_OLD`}",
                        "4{`TableName`:`range`,`KeyConditionExpression`:`pk = :a and sk between :b and :c`,`FilterExpression`:`a <> :a`,"
                                + "`ExpressionAttributeValues`:{`:a`:{`S`:`a`},`:b`:{`N`:`0`},`:c`:{`N`:`1E2`}},`Limit`:2,"
                                + "`ScanIndexForward`:false,`Select`:`COUNT`}",
                        "4{`TableName`:`range`,`KeyConditions`:{`pk`:{`ComparisonOperator`:`EQ`,`AttributeValueList`:[{`S`:`a`}]},"
                                + "`sk`:{`ComparisonOperator`:`GT`,`AttributeValueList`:[{`N`:`0`}]}},"
                                + "`QueryFilter`:{`a`:{`ComparisonOperator`:`NOT_NULL`}},"
                                + "`ExclusiveStartKey`:{`pk`:{`S`:`a`},`sk`:{`N`:`1`}}}",
                        "5{`TableName`:`hash`,`Segment`:0,`TotalSegments`:2,`ScanFilter`:{`n`:{`ComparisonOperator`:`LE`,"
                                + "`AttributeValueList`:[{`N`:`5`}]}},`Limit`:10}",
                        "6{`RequestItems`:{`hash`:{`Keys`:[{`pk`:{`S`:`a`}},{`pk`:{`S`:`b`}}],`ProjectionExpression`:`n`},"
                                + "`range`:{`Keys`:[{`pk`:{`S`:`a`},`sk`:{`N`:`1`}}],`ConsistentRead`:true}}}",
                        "7{`RequestItems`:{`hash`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`b`}}}},{`DeleteRequest`:{`Key`:{`pk`:{`S`:`a`}}}}]}}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("requests")
    @FuzzTest
    void aRequestIsCarriedOutOrRefused(byte[] input) {
        if (input.length == 0) {
            return;
        }
        OperationName operation = OPERATIONS.get(Math.floorMod(input[0], OPERATIONS.size()));
        String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        JsonNode body;
        try {
            body = ItemApi.json(text);
        } catch (UncheckedIOException notJson) {
            return;
        }
        attempt(() -> api.answer(Caller.ANYBODY, operation, text));
        for (OperationName any : OperationName.values()) {
            attempt(() -> Shapes.check(any, body));
        }
    }

    private static void attempt(Runnable request) {
        try {
            request.run();
        } catch (ApiException refused) {
            if (refused.type() == ErrorType.INTERNAL_SERVER_ERROR) {
                throw refused;
            }
        }
    }
}
