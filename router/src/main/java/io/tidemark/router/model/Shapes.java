package io.tidemark.router.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ConstraintErrors;
import io.tidemark.router.error.SerializationErrors;
import io.tidemark.router.operation.OperationName;
import java.util.List;

/** The shape of each operation's input, and the check of a request against it. */
public final class Shapes {
    private static final String TABLE_NAME = "TableName";

    private Shapes() {}

    public static Shape.Structure input(OperationName operation) {
        return switch (operation) {
            case BatchGetItem -> ItemShapes.BATCH_GET_ITEM;
            case BatchWriteItem -> ItemShapes.BATCH_WRITE_ITEM;
            case CreateTable -> TableShapes.CREATE_TABLE;
            case DeleteItem -> ItemShapes.DELETE_ITEM;
            case DeleteTable -> TableShapes.DELETE_TABLE;
            case DescribeEndpoints -> TableShapes.DESCRIBE_ENDPOINTS;
            case DescribeLimits -> TableShapes.DESCRIBE_LIMITS;
            case DescribeTable -> TableShapes.DESCRIBE_TABLE;
            case DescribeTimeToLive -> TableShapes.DESCRIBE_TIME_TO_LIVE;
            case GetItem -> ItemShapes.GET_ITEM;
            case ListTables -> TableShapes.LIST_TABLES;
            case ListTagsOfResource -> TableShapes.LIST_TAGS_OF_RESOURCE;
            case PutItem -> ItemShapes.PUT_ITEM;
            case Query -> ItemShapes.QUERY;
            case Scan -> ItemShapes.SCAN;
            case TagResource -> TableShapes.TAG_RESOURCE;
            case UntagResource -> TableShapes.UNTAG_RESOURCE;
            case UpdateItem -> ItemShapes.UPDATE_ITEM;
            case UpdateTable -> TableShapes.UPDATE_TABLE;
            case UpdateTimeToLive -> TableShapes.UPDATE_TIME_TO_LIVE;
        };
    }

    /**
     * Checks types, then constraints, as the service does before it looks at anything else. Of what is returned every member that
     * is there has its type: a string is a {@code TextNode}, an Integer an {@code IntNode}, a Long an {@code IntNode} or {@code
     * LongNode}, a boolean a {@code BooleanNode}, also inside attribute values, where binary is valid base64; there are neither
     * nulls nor unknown members. An attribute value may still have none or several members, and what its texts say is not looked
     * at; nor is whether something is asked for that is not supported. A table named by its ARN is named by its name, but in a batch,
     * whose answer names it as the request does.
     *
     * @param body changed by this method, and part of what is returned
     * @throws ApiException for what is wrong
     */
    public static ObjectNode check(OperationName operation, JsonNode body) {
        if (!body.isObject()) {
            throw SerializationErrors.malformedBody();
        }
        Shape.Structure shape = input(operation);
        ObjectNode parameters = TypeCheck.structure(shape, body, false);
        nameTable(parameters);
        requirePresent(shape, parameters);
        if (shape.constrained()) {
            List<Fault> faults = ConstraintCheck.faults(shape, parameters);
            if (!faults.isEmpty()) {
                throw FaultReport.of(operation, faults);
            }
        }
        return parameters;
    }

    private static void nameTable(ObjectNode parameters) {
        JsonNode name = parameters.get(TABLE_NAME);
        if (name != null && name.textValue().startsWith(TableArn.PREFIX)) {
            parameters.put(TABLE_NAME, TableArn.nameOf(name.textValue()));
        }
    }

    private static void requirePresent(Shape.Structure shape, ObjectNode parameters) {
        for (Member member : shape.members()) {
            if (member.presence() == Member.Presence.REQUIRED_BY_NAME && !parameters.has(member.name())) {
                throw ConstraintErrors.missingParameter(member.name());
            }
        }
    }
}
