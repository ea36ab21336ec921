package io.tidemark.router.model;

import static io.tidemark.router.model.Shape.Scalar.BOOLEAN;
import static io.tidemark.router.model.Shape.Scalar.INTEGER;
import static io.tidemark.router.model.Shape.Scalar.STRING;

import io.tidemark.router.model.Constraint.MaxLength;
import io.tidemark.router.model.Constraint.MinLength;
import io.tidemark.router.model.Constraint.MinValue;
import io.tidemark.router.model.Constraint.NameCharacters;
import io.tidemark.router.model.Constraint.NotNull;
import io.tidemark.router.model.Constraint.OneOf;
import java.util.List;

/** What several operations have in common. Source: the DynamoDB API reference, version 2012-08-10. */
final class CommonShapes {
    static final Shape.ListOf STRINGS = new Shape.ListOf(STRING);
    static final Shape.ListOf ATTRIBUTE_LIST = new Shape.ListOf(Shape.AttributeValue.SHAPE);
    static final Shape.MapOf ATTRIBUTE_MAP = new Shape.MapOf(Shape.AttributeValue.SHAPE);

    static final NotNull NOT_NULL = new NotNull();
    static final Constraint.TableName TABLE_NAME = new Constraint.TableName(false);
    private static final Constraint.TableName TABLE_NAME_OF_TABLES = new Constraint.TableName(true);

    private static final int MAX_ATTRIBUTES_TO_GET = 255;

    private static final OneOf COMPARISON_OPERATORS = oneOf(
            "IN",
            "NULL",
            "BETWEEN",
            "LT",
            "NOT_CONTAINS",
            "EQ",
            "GT",
            "NOT_NULL",
            "NE",
            "LE",
            "BEGINS_WITH",
            "GE",
            "CONTAINS");

    private static final Shape.Structure EXPECTED_VALUE = Shape.Structure.of(
            "ExpectedAttributeValue",
            Member.of("AttributeValueList", ATTRIBUTE_LIST),
            Member.of("ComparisonOperator", STRING, COMPARISON_OPERATORS),
            Member.of("Exists", BOOLEAN),
            Member.of("Value", Shape.AttributeValue.SHAPE));

    private static final Shape.Structure CONDITION = Shape.Structure.of(
            "Condition",
            Member.of("AttributeValueList", ATTRIBUTE_LIST),
            Member.of("ComparisonOperator", STRING, NOT_NULL, COMPARISON_OPERATORS));

    private CommonShapes() {}

    static OneOf oneOf(String... values) {
        return new OneOf(List.of(values));
    }

    static Member returnConsumedCapacity() {
        return Member.of("ReturnConsumedCapacity", STRING, oneOf("INDEXES", "TOTAL", "NONE"));
    }

    static Member returnItemCollectionMetrics() {
        return Member.of("ReturnItemCollectionMetrics", STRING, oneOf("SIZE", "NONE"));
    }

    static Member returnValues() {
        return Member.of("ReturnValues", STRING, oneOf("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"));
    }

    static Member returnValuesOnConditionCheckFailure() {
        return Member.of("ReturnValuesOnConditionCheckFailure", STRING, oneOf("ALL_OLD", "NONE"));
    }

    /** Of operations on items. */
    static Member tableName() {
        return Member.of("TableName", STRING, NOT_NULL, TABLE_NAME);
    }

    /** Of operations on tables, which miss it in words of their own. */
    static Member tableNameByName() {
        return Member.of("TableName", STRING, TABLE_NAME_OF_TABLES).requiredByName();
    }

    static Member key() {
        return Member.of("Key", ATTRIBUTE_MAP, NOT_NULL);
    }

    static Member expected() {
        return Member.of("Expected", new Shape.MapOf(EXPECTED_VALUE));
    }

    static Member conditionalOperator() {
        return Member.of("ConditionalOperator", STRING, oneOf("OR", "AND"));
    }

    static Member conditions(String name) {
        return Member.of(name, new Shape.MapOf(CONDITION));
    }

    static Member attributesToGet() {
        return Member.of("AttributesToGet", STRINGS, new MinLength(1), new MaxLength(MAX_ATTRIBUTES_TO_GET));
    }

    static Member consistentRead() {
        return Member.of("ConsistentRead", BOOLEAN);
    }

    static Member limit() {
        return Member.of("Limit", INTEGER, new MinValue(1));
    }

    static Member indexName() {
        return Member.of("IndexName", STRING, nameConstraints());
    }

    static Constraint[] nameConstraints() {
        return new Constraint[] {
            new NameCharacters(), new MinLength(Constraint.MIN_NAME_LENGTH), new MaxLength(Constraint.MAX_NAME_LENGTH)
        };
    }

    static Member expression(String name) {
        return Member.of(name, STRING);
    }

    static Member expressionAttributeNames() {
        return Member.of("ExpressionAttributeNames", new Shape.MapOf(STRING));
    }

    static Member expressionAttributeValues() {
        return Member.of("ExpressionAttributeValues", ATTRIBUTE_MAP);
    }
}
