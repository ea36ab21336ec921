package io.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.client.InvalidRequestException;
import io.tidemark.client.PutRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.UnknownTableException;
import io.tidemark.log.Log;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.simulation.load.ClusterCheck;
import io.tidemark.simulation.load.Load;
import io.tidemark.simulation.process.ClusterExtension;
import io.tidemark.simulation.process.ClusterProcesses;
import io.tidemark.simulation.process.RemoteCluster;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What should not be in the log, or not in the table, through a whole cluster: refused by name, and nothing else is disturbed. */
@ExtendWith(ClusterExtension.class)
class RejectedRecordsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Shared by the tests: a request id that came twice would be a repetition. */
    private static final SplittableRandom RANDOM =
            new SplittableRandom(Long.getLong("tidemark.simulation.seed", System.nanoTime()));

    @Test
    void recordsThatNoReplicaCanApplyAreRejectedByAllAndListed(ClusterProcesses cluster) throws Exception {
        try (RemoteCluster remote = cluster.connect(RANDOM.split())) {
            TableRoute route = remote.table("rejections", Load.KEY_SCHEMA);
            remote.awaitServing(PATIENCE);
            ShardId shard = new ShardId(0);
            Log wal = cluster.openLog();
            Item item = item(keyOn(route, shard), "text");
            WalPayload sound = WalCodec.encode(Load.KEY_SCHEMA, envelope(Command.PutItem.of(route.tableId(), item)));
            TableId nobodys = new TableId(1 << 20);
            Item elsewhere = item(keyOn(route, new ShardId(1)), "text");
            List<Lsn> rejected = Stream.of(
                            undecodable(sound),
                            WalCodec.encode(Load.KEY_SCHEMA, envelope(Command.PutItem.of(nobodys, item))),
                            WalCodec.encode(Load.KEY_SCHEMA, envelope(Command.PutItem.of(route.tableId(), elsewhere))))
                    .map(payload ->
                            wal.append(shard, payload).toCompletableFuture().join())
                    .toList();

            remote.client().put(PutRequest.of("rejections", item));

            NodeReply.RejectionsResult listed = (NodeReply.RejectionsResult) remote.client()
                    .callAsync(shard, new NodeRequest.Rejections(shard, 100))
                    .join();
            assertThat(listed.latest().stream().filter(rejection -> rejected.contains(rejection.lsn())))
                    .extracting(NodeReply.Rejection::reason)
                    .containsExactlyInAnyOrder(
                            RejectReason.UNDECODABLE, RejectReason.UNKNOWN_TABLE, RejectReason.WRONG_RANGE);
            new ClusterCheck(remote.client(), wal, cluster.openObjectStore(), RANDOM.split())
                    .requireZonesAndArchiveToBeEqual();
        }
    }

    @Test
    void writesThatNoTableTakesAreRefusedInWords(ClusterProcesses cluster) throws Exception {
        try (RemoteCluster remote = cluster.connect(RANDOM.split())) {
            remote.table("refusals", Load.KEY_SCHEMA);
            remote.awaitServing(PATIENCE);
            refused(remote.client(), item("large", "x".repeat(400 << 10)), "Item size has exceeded the maximum");
            refused(remote.client(), item("", "text"), "empty");
            refused(remote.client(), Item.of(Map.of("text", new AttributeValue.S("keyless"))), "id");
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> AttributeValue.N.of("1e200"))
                    .withMessageContaining("magnitude");
            assertThatExceptionOfType(UnknownTableException.class)
                    .isThrownBy(() -> remote.client().put(PutRequest.of("nowhere", item("a", "b"))))
                    .withMessageContaining("nowhere");
        }
    }

    private static void refused(TidemarkClient client, Item item, String words) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> client.put(PutRequest.of("refusals", item)))
                .withMessageContaining(words);
    }

    private static String keyOn(TableRoute route, ShardId shard) {
        return Stream.iterate(0, i -> i + 1)
                .map(i -> "key-" + i)
                .filter(key -> route.shardOf(KeyEncoding.encode(
                                route.tableId(),
                                Load.KEY_SCHEMA,
                                KeyEncoding.primaryKeyOf(Load.KEY_SCHEMA, item(key, ""))))
                        .equals(shard))
                .findFirst()
                .orElseThrow();
    }

    private static Item item(String key, String text) {
        return Item.of(Map.of("id", new AttributeValue.S(key), "text", new AttributeValue.S(text)));
    }

    private Envelope envelope(Command command) {
        return Envelope.of(RequestId.random(RANDOM), command);
    }

    /** Bytes of no schema, with a checksum that is right: what a foreign producer could write. */
    private static WalPayload undecodable(WalPayload sound) {
        Bytes value = Bytes.wrap(new byte[] {1, 2, 3});
        CRC32C checksum = new CRC32C();
        checksum.update(sound.key().array());
        checksum.update(value.array());
        Bytes header = Bytes.wrap(ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array());
        List<RecordHeader> headers = sound.headers().stream()
                .map(each -> each.key().equals(RecordHeader.CRC32C) ? new RecordHeader(each.key(), header) : each)
                .toList();
        return new WalPayload(sound.key(), value, headers);
    }
}
