package io.tidemark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.client.ClusterNodes.ZoneNodes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final String TABLE = "pages";
    private static final KeySchema KEY_SCHEMA = KeySchema.of(new KeyAttribute("page", KeyType.S));
    private static final TableRoute ROUTE = TableRoute.of(new TableId(7), KEY_SCHEMA, new ShardId(0));
    private static final TableRoute MOVED = TableRoute.of(new TableId(7), KEY_SCHEMA, new ShardId(5));
    private static final Item ITEM = Item.of(Map.of("page", new AttributeValue.S("Kafka")));
    private static final PrimaryKey KEY = PrimaryKey.of(new AttributeValue.S("Kafka"));
    private static final Condition ABSENT = new Condition.AttributeNotExists(DocumentPath.of("page"));

    private final ScriptedNode node = new ScriptedNode("node", ScriptedNode.failing(Kind.INTERNAL));
    private final FixedRoutes routes = FixedRoutes.of(TABLE, ROUTE);
    private final TidemarkClient client = new TidemarkClient(
            new ClusterNodes(List.of(new ZoneNodes(new Zone("a"), List.of(node)))),
            routes,
            ClientConfig.DEFAULT,
            new SplittableRandom(1));

    @AfterEach
    void closeClient() {
        client.close();
    }

    private void outcome(Outcome outcome) {
        node.willDo(ScriptedNode.replying(new NodeReply.Written(new Lsn(9), outcome)));
    }

    /** As the shards do: a request id that was rejected stays so; shard 0 does not own the table any more, shard 5 does. */
    private CompletionStage<NodeReply> moved(NodeRequest request) {
        NodeRequest.Write write = (NodeRequest.Write) request;
        Outcome outcome = write.shard().value() == 0
                ? new Outcome.Rejected(RejectReason.WRONG_RANGE, "moved")
                : new Outcome.Applied(Optional.empty(), 0, 9);
        return CompletableFuture.completedFuture(new NodeReply.Written(new Lsn(9), outcome));
    }

    private List<RequestId> requestIds() {
        return node.requests().stream()
                .map(request -> ((NodeRequest.Write) request)
                        .payload().headers().stream()
                                .filter(header -> header.key().equals("tidemark-request-id"))
                                .map(header ->
                                        RequestId.fromBytes(header.value().array()))
                                .findFirst()
                                .orElseThrow())
                .toList();
    }

    @Test
    void aWriteReturnsWhatWasAskedFor() {
        outcome(new Outcome.Applied(Optional.of(ITEM), 9, 0));
        WriteResult result = client.delete(DeleteRequest.of(TABLE, KEY).returning(ReturnValues.ALL_OLD));
        assertThat(result.attributes()).contains(ITEM);
        assertThat(result.token()).isEqualTo(new Consistency.AtLeast(new Lsn(9)));
    }

    @Test
    void aFailedConditionCarriesTheItem() {
        outcome(new Outcome.ConditionFailed(Optional.of(ITEM), 9));
        ConditionFailedException failure = catchThrowableOfType(
                ConditionFailedException.class,
                () -> client.put(PutRequest.of(TABLE, ITEM).when(ABSENT).returningOldOnConditionFailure()));
        assertThat(failure.item()).contains(ITEM);
        assertThat(failure.lsn()).isEqualTo(new Lsn(9));
    }

    @Test
    void anInvalidCommandSaysWhy() {
        outcome(new Outcome.Invalid(InvalidReason.ITEM_TOO_LARGE, "Item size has exceeded"));
        assertThatThrownBy(() -> client.put(PutRequest.of(TABLE, ITEM)))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        failure -> assertThat(failure.reason()).contains(InvalidReason.ITEM_TOO_LARGE))
                .hasMessageContaining("exceeded");
    }

    @Test
    void aKeyThatDoesNotFitTheTableIsRefusedBeforeItIsSent() {
        assertThatThrownBy(() -> client.put(PutRequest.of(TABLE, Item.EMPTY)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("page");
        assertThatThrownBy(() -> client.get(GetRequest.of(TABLE, PrimaryKey.of(AttributeValue.N.of(1)))))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> client.put(PutRequest.of(TABLE, ITEM).returning(ReturnValues.ALL_NEW)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("ALL_OLD");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void aWriteWhoseRouteWasWrongIsSentToTheRightShardWithAnotherRequestId() {
        node.willDo(this::moved);
        routes.newest.put(TABLE, MOVED);
        WriteResult result = client.put(PutRequest.of(TABLE, ITEM));
        assertThat(result.shard()).isEqualTo(new ShardId(5));
        assertThat(requestIds()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aWriteRepeatedByItsCallerUsesTheSameRequestIdsAgain() {
        node.willDo(this::moved);
        routes.newest.put(TABLE, MOVED);
        PutRequest request = PutRequest.of(TABLE, ITEM).as(new RequestId(3, 4));
        client.put(request);
        routes.known.put(TABLE, ROUTE);
        client.put(request);
        List<RequestId> ids = requestIds();
        assertThat(ids.getFirst()).isEqualTo(new RequestId(3, 4));
        assertThat(ids.subList(2, 4)).isEqualTo(ids.subList(0, 2));
    }

    @Test
    void aTableThatStaysUnknownIsReportedAfterSomeTries() {
        outcome(new Outcome.Rejected(RejectReason.UNKNOWN_TABLE, "no table 7"));
        assertThatThrownBy(() -> client.put(PutRequest.of(TABLE, ITEM)))
                .isInstanceOf(UnknownTableException.class)
                .hasMessageContaining("no table 7");
        assertThat(routes.refreshes).hasValue(ClientConfig.DEFAULT.maxRouteRefreshes());
    }

    @Test
    void aReplicaThatDoesNotKnowANewTableYetIsAskedAgain() {
        NodeReply found = new NodeReply.GetResult(
                Optional.of(ITEM), 9, new NodeReply.Position(new Zone("a"), new ShardId(0), new Lsn(1)));
        node.willDo(request -> node.requests().size() < 3
                ? ScriptedNode.failing(Kind.UNKNOWN_TABLE).apply(request)
                : CompletableFuture.completedFuture(found));
        assertThat(client.get(GetRequest.of(TABLE, KEY))).contains(ITEM);
    }

    @Test
    void aTableThatWasNotKnownIsLookedUp() {
        outcome(new Outcome.Applied(Optional.empty(), 0, 9));
        routes.known.clear();
        client.put(PutRequest.of(TABLE, ITEM));
        assertThat(routes.refreshes).hasValue(1);
        assertThatThrownBy(() -> client.put(PutRequest.of("nowhere", ITEM)))
                .isInstanceOf(UnknownTableException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void aDamagedRecordIsABugRatherThanAWrongRoute() {
        outcome(new Outcome.Rejected(RejectReason.CHECKSUM_MISMATCH, "damaged"));
        assertThatThrownBy(() -> client.put(PutRequest.of(TABLE, ITEM))).isInstanceOf(InternalErrorException.class);
        assertThat(node.requests()).hasSize(1);
    }

    @Test
    void aReplyOfTheWrongKindIsABug() {
        node.willDo(ScriptedNode.replying(new NodeReply.Quarantined()));
        assertThatThrownBy(() -> client.get(GetRequest.of(TABLE, KEY)))
                .isInstanceOf(InternalErrorException.class)
                .hasMessageContaining("Quarantined");
    }
}
