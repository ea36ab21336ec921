package io.tidemark.router.model;

import static io.tidemark.router.model.CommonShapes.ATTRIBUTE_MAP;
import static io.tidemark.router.model.CommonShapes.NOT_NULL;
import static io.tidemark.router.model.CommonShapes.attributesToGet;
import static io.tidemark.router.model.CommonShapes.conditionalOperator;
import static io.tidemark.router.model.CommonShapes.conditions;
import static io.tidemark.router.model.CommonShapes.consistentRead;
import static io.tidemark.router.model.CommonShapes.expected;
import static io.tidemark.router.model.CommonShapes.expression;
import static io.tidemark.router.model.CommonShapes.expressionAttributeNames;
import static io.tidemark.router.model.CommonShapes.expressionAttributeValues;
import static io.tidemark.router.model.CommonShapes.indexName;
import static io.tidemark.router.model.CommonShapes.key;
import static io.tidemark.router.model.CommonShapes.limit;
import static io.tidemark.router.model.CommonShapes.oneOf;
import static io.tidemark.router.model.CommonShapes.returnConsumedCapacity;
import static io.tidemark.router.model.CommonShapes.returnItemCollectionMetrics;
import static io.tidemark.router.model.CommonShapes.returnValues;
import static io.tidemark.router.model.CommonShapes.returnValuesOnConditionCheckFailure;
import static io.tidemark.router.model.CommonShapes.tableName;
import static io.tidemark.router.model.Shape.Scalar.BOOLEAN;
import static io.tidemark.router.model.Shape.Scalar.INTEGER;
import static io.tidemark.router.model.Shape.Scalar.STRING;

import io.tidemark.router.model.Constraint.MaxCount;
import io.tidemark.router.model.Constraint.MaxValue;
import io.tidemark.router.model.Constraint.MinCount;
import io.tidemark.router.model.Constraint.MinValue;
import io.tidemark.router.model.Constraint.TableNameKeys;
import io.tidemark.router.model.Constraint.ValueLengths;

/** The inputs of operations on items. Members stand in the order in which the service reports their faults. */
final class ItemShapes {
    private static final int MAX_BATCH_KEYS = 100;
    private static final int MAX_BATCH_WRITES = 25;
    private static final int MAX_TOTAL_SEGMENTS = 1_000_000;
    private static final String NO_INDEX = "there are no indexes: \"The table does not have the specified index\"";

    private static final Shape.Structure ATTRIBUTE_UPDATE = Shape.Structure.of(
            "AttributeValueUpdate",
            Member.of("Value", Shape.AttributeValue.SHAPE),
            Member.of("Action", STRING, oneOf("ADD", "PUT", "DELETE")));

    private static final Shape.Structure KEYS_AND_ATTRIBUTES = Shape.Structure.of(
            "KeysAndAttributes",
            Member.of("Keys", new Shape.ListOf(ATTRIBUTE_MAP), NOT_NULL, new MinCount(1), new MaxCount(MAX_BATCH_KEYS)),
            attributesToGet(),
            consistentRead(),
            expression("ProjectionExpression"),
            expressionAttributeNames());

    private static final Shape.Structure WRITE_REQUEST = Shape.Structure.of(
            "WriteRequest",
            Member.of("PutRequest", Shape.Structure.of("PutRequest", Member.of("Item", ATTRIBUTE_MAP, NOT_NULL))),
            Member.of("DeleteRequest", Shape.Structure.of("DeleteRequest", key())));

    static final Shape.Structure PUT_ITEM = Shape.Structure.of(
            "PutItemInput",
            returnConsumedCapacity(),
            returnValues(),
            returnItemCollectionMetrics(),
            returnValuesOnConditionCheckFailure(),
            tableName(),
            Member.of("Item", ATTRIBUTE_MAP, NOT_NULL),
            conditionalOperator(),
            expected(),
            expression("ConditionExpression"),
            expressionAttributeNames(),
            expressionAttributeValues());

    static final Shape.Structure DELETE_ITEM = Shape.Structure.of(
            "DeleteItemInput",
            returnConsumedCapacity(),
            returnValues(),
            returnItemCollectionMetrics(),
            returnValuesOnConditionCheckFailure(),
            tableName(),
            key(),
            conditionalOperator(),
            expected(),
            expression("ConditionExpression"),
            expressionAttributeNames(),
            expressionAttributeValues());

    static final Shape.Structure UPDATE_ITEM = Shape.Structure.of(
            "UpdateItemInput",
            returnConsumedCapacity(),
            tableName(),
            returnValues(),
            returnItemCollectionMetrics(),
            returnValuesOnConditionCheckFailure(),
            conditionalOperator(),
            key(),
            expected(),
            Member.of("AttributeUpdates", new Shape.MapOf(ATTRIBUTE_UPDATE)),
            expression("UpdateExpression"),
            expression("ConditionExpression"),
            expressionAttributeNames(),
            expressionAttributeValues());

    static final Shape.Structure GET_ITEM = Shape.Structure.of(
            "GetItemInput",
            returnConsumedCapacity(),
            attributesToGet(),
            tableName(),
            key(),
            consistentRead(),
            expression("ProjectionExpression"),
            expressionAttributeNames());

    static final Shape.Structure BATCH_GET_ITEM = Shape.Structure.of(
            "BatchGetItemInput",
            Member.of(
                    "RequestItems",
                    new Shape.MapOf(KEYS_AND_ATTRIBUTES),
                    NOT_NULL,
                    new MinCount(1),
                    new TableNameKeys(true)),
            returnConsumedCapacity());

    static final Shape.Structure BATCH_WRITE_ITEM = Shape.Structure.of(
            "BatchWriteItemInput",
            returnConsumedCapacity(),
            returnItemCollectionMetrics(),
            Member.of(
                    "RequestItems",
                    new Shape.MapOf(new Shape.ListOf(WRITE_REQUEST)),
                    NOT_NULL,
                    new MinCount(1),
                    new TableNameKeys(false),
                    new ValueLengths(1, MAX_BATCH_WRITES)));

    static final Shape.Structure QUERY = Shape.Structure.of(
            "QueryInput",
            returnConsumedCapacity(),
            select(),
            limit(),
            attributesToGet(),
            tableName(),
            indexName().absent(NO_INDEX),
            conditions("KeyConditions"),
            conditions("QueryFilter"),
            conditionalOperator(),
            Member.of("ExclusiveStartKey", ATTRIBUTE_MAP),
            consistentRead(),
            Member.of("ScanIndexForward", BOOLEAN),
            expression("KeyConditionExpression"),
            expression("FilterExpression"),
            expression("ProjectionExpression"),
            expressionAttributeNames(),
            expressionAttributeValues());

    static final Shape.Structure SCAN = Shape.Structure.of(
            "ScanInput",
            returnConsumedCapacity(),
            select(),
            limit(),
            Member.of("TotalSegments", INTEGER, new MinValue(1), new MaxValue(MAX_TOTAL_SEGMENTS)),
            Member.of("Segment", INTEGER, new MinValue(0), new MaxValue(MAX_TOTAL_SEGMENTS - 1)),
            attributesToGet(),
            tableName(),
            indexName().absent(NO_INDEX),
            conditions("ScanFilter"),
            conditionalOperator(),
            Member.of("ExclusiveStartKey", ATTRIBUTE_MAP),
            consistentRead(),
            expression("FilterExpression"),
            expression("ProjectionExpression"),
            expressionAttributeNames(),
            expressionAttributeValues());

    private ItemShapes() {}

    private static Member select() {
        return Member.of(
                "Select", STRING, oneOf("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"));
    }
}
