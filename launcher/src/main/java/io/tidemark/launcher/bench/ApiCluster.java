package io.tidemark.launcher.bench;

import io.tidemark.client.GetRequest;
import io.tidemark.client.PutRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.UpdateRequest;
import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.cluster.RouterOptions;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.Map;
import java.util.SplittableRandom;

/** The ways to the items of one cluster: the API, by an SDK or without, and the Java client that its router uses. Thread-safe. */
final class ApiCluster implements AutoCloseable {
    private final TidemarkClient javaClient;
    private final ApiClient api;
    private final PreparedCalls prepared;

    /**
     * @param cluster stays the caller's to close
     * @param random of what is prepared
     */
    ApiCluster(EmbeddedCluster cluster, SplittableRandom random) {
        this.javaClient = cluster.client();
        this.api = new ApiClient(cluster.api(), RouterOptions.ACCESS_KEY, RouterOptions.SECRET_KEY);
        this.prepared = new PreparedCalls(cluster.api(), RouterOptions.ACCESS_KEY, RouterOptions.SECRET_KEY, random);
    }

    ApiClient api() {
        return api;
    }

    PreparedCalls prepared() {
        return prepared;
    }

    void put(SplittableRandom random) {
        javaClient.put(PutRequest.of(
                ApiClient.TABLE,
                Item.of(Map.of(
                        ApiClient.KEY,
                        id(random),
                        ApiClient.HITS,
                        AttributeValue.N.of(0),
                        ApiClient.NOTE,
                        note(random)))));
    }

    void update(SplittableRandom random) {
        javaClient.update(UpdateRequest.of(
                ApiClient.TABLE,
                PrimaryKey.of(id(random)),
                UpdateExpression.of(
                        new UpdateAction.Set(DocumentPath.of(ApiClient.NOTE), new UpdateValue.Literal(note(random))),
                        new UpdateAction.Add(DocumentPath.of(ApiClient.HITS), AttributeValue.N.of(1)))));
    }

    void get(SplittableRandom random, boolean strong) {
        GetRequest request = GetRequest.of(ApiClient.TABLE, PrimaryKey.of(id(random)))
                .consistency(strong ? Consistency.STRONG : Consistency.EVENTUAL);
        if (javaClient.get(request).isEmpty()) {
            throw new BenchException("an item that was written is not there", null);
        }
    }

    private static AttributeValue id(SplittableRandom random) {
        return new AttributeValue.S(Workload.id(random.nextInt(ApiClient.ITEMS)));
    }

    private static AttributeValue note(SplittableRandom random) {
        byte[] note = new byte[ApiClient.NOTE_BYTES];
        random.nextBytes(note);
        return new AttributeValue.B(Bytes.wrap(note));
    }

    @Override
    public void close() {
        prepared.close();
        api.close();
    }
}
