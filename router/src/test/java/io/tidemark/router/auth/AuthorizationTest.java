package io.tidemark.router.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.TableAccess.Right;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorizationTest {
    private static final KeyPair READER =
            new KeyPair("reader", "secret", List.of("orders", "log-*"), List.of("audit"), List.of());

    private final Authorization authorization = new Authorization("eu-west-1");

    private static ObjectNode table(String name) {
        return JsonNodeFactory.instance.objectNode().put("TableName", name);
    }

    private void assertAllowed(OperationName operation, ObjectNode parameters) {
        assertThatCode(() -> authorization.require(operation, parameters, READER))
                .doesNotThrowAnyException();
    }

    private void assertDenied(OperationName operation, ObjectNode parameters, String table) {
        assertThatThrownBy(() -> authorization.require(operation, parameters, READER))
                .isInstanceOf(ApiException.class)
                .hasMessage("User: arn:aws:iam::000000000000:user/reader is not authorized to perform: dynamodb:"
                        + operation + " on resource: arn:aws:dynamodb:eu-west-1:000000000000:table/" + table
                        + " because no identity-based policy allows the dynamodb:" + operation + " action");
    }

    @Test
    void aKeyOpensTheTablesOnItsListsAndNoOthers() {
        assertAllowed(OperationName.GetItem, table("orders"));
        assertAllowed(OperationName.Scan, table("log-2026"));
        assertAllowed(OperationName.PutItem, table("audit"));
        assertDenied(OperationName.PutItem, table("orders"), "orders");
        assertDenied(OperationName.GetItem, table("audit"), "audit");
        assertDenied(OperationName.Query, table("orders2"), "orders2");
        assertDenied(OperationName.DeleteTable, table("orders"), "orders");
    }

    @Test
    void whoMayUseATableMaySeeItsDescription() {
        assertAllowed(OperationName.DescribeTable, table("orders"));
        assertAllowed(OperationName.DescribeTable, table("audit"));
        assertDenied(OperationName.DescribeTable, table("other"), "other");
    }

    @Test
    void everyTableOfABatchMustBeAllowed() {
        ObjectNode batch = JsonNodeFactory.instance.objectNode();
        batch.putObject("RequestItems").putObject("orders");
        assertAllowed(OperationName.BatchGetItem, batch);
        ((ObjectNode) batch.get("RequestItems")).putObject("secrets");
        assertDenied(OperationName.BatchGetItem, batch, "secrets");
    }

    @Test
    void aTableThatIsNamedByItsArnIsLookedUpByItsName() {
        ObjectNode tags = JsonNodeFactory.instance
                .objectNode()
                .put("ResourceArn", "arn:aws:dynamodb:us-east-1:000000000000:table/orders");
        assertAllowed(OperationName.ListTagsOfResource, tags);
        assertDenied(OperationName.TagResource, tags, "orders");
    }

    @Test
    void whatNamesNoTableNeedsNoRight() {
        assertAllowed(OperationName.ListTables, JsonNodeFactory.instance.objectNode());
        assertAllowed(OperationName.DescribeEndpoints, JsonNodeFactory.instance.objectNode());
    }

    @Test
    void anUnrestrictedKeyOpensEverything() {
        KeyPair all = KeyPair.unrestricted("all", "secret");
        for (Right right : Right.values()) {
            assertThat(all.allows(right, "anything")).isTrue();
        }
    }

    @Test
    void listsThatMeanNothingAreRefused() {
        for (String name : List.of("", "a*b", "**")) {
            assertThatThrownBy(() -> new KeyPair("id", "secret", List.of(name), List.of(), List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() ->
                        Credentials.of(List.of(KeyPair.unrestricted("twice", "a"), KeyPair.unrestricted("twice", "b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void aKeyPairDoesNotTellItsSecret() {
        assertThat(KeyPair.unrestricted("id", "hidden").toString()).doesNotContain("hidden");
    }
}
