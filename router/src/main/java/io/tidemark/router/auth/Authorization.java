package io.tidemark.router.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.SignatureErrors;
import io.tidemark.router.model.TableArn;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.TableAccess.Right;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a caller may do what its request asks for. Thread-safe. */
public final class Authorization {
    private static final List<Right> ANY = List.of(Right.values());
    private static final List<Right> READ = List.of(Right.READ);
    private static final List<Right> WRITE = List.of(Right.WRITE);
    private static final List<Right> ADMIN = List.of(Right.ADMIN);
    private static final List<Right> NONE_NEEDED = List.of();

    private final String region;

    public Authorization(String region) {
        this.region = region;
    }

    /**
     * @param parameters checked against the operation's shape
     * @throws io.tidemark.router.error.ApiException if the caller may not use a table as the operation would
     */
    public void require(OperationName operation, ObjectNode parameters, KeyPair caller) {
        List<Right> rights = rights(operation);
        if (rights.isEmpty()) {
            return;
        }
        JsonNode items = parameters.get("RequestItems");
        if (items != null) {
            for (Map.Entry<String, JsonNode> entry : items.properties()) {
                require(operation, rights, TableArn.nameOf(entry.getKey()), caller);
            }
            return;
        }
        String name = tableName(parameters);
        if (name != null) {
            require(operation, rights, name, caller);
        }
    }

    /** What the operation says of a table that it cannot name is the operation's matter: it does nothing with it. */
    private static @Nullable String tableName(ObjectNode parameters) {
        JsonNode name = parameters.get("TableName");
        if (name != null) {
            return name.textValue();
        }
        JsonNode arn = parameters.get("ResourceArn");
        return arn == null
                ? null
                : TableArn.parse(arn.textValue()).map(TableArn::tableName).orElse(null);
    }

    private void require(OperationName operation, List<Right> rights, String tableName, KeyPair caller) {
        for (Right right : rights) {
            if (caller.allows(right, tableName)) {
                return;
            }
        }
        throw SignatureErrors.accessDenied(
                "arn:aws:iam::" + TableArn.ACCOUNT + ":user/" + caller.accessKeyId(),
                "dynamodb:" + operation.name(),
                TableArn.of(region, tableName).toString());
    }

    /** One of them suffices. What tells of a table but not of its items needs any right to it. */
    private static List<Right> rights(OperationName operation) {
        return switch (operation) {
            case GetItem, BatchGetItem, Query, Scan -> READ;
            case PutItem, UpdateItem, DeleteItem, BatchWriteItem -> WRITE;
            case CreateTable, UpdateTable, DeleteTable, TagResource, UntagResource, UpdateTimeToLive -> ADMIN;
            case DescribeTable, DescribeTimeToLive, ListTagsOfResource -> ANY;
            case ListTables, DescribeLimits, DescribeEndpoints -> NONE_NEEDED;
        };
    }
}
