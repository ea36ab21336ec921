package io.tidemark.benchmarks;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.hash.ItemHash;
import io.tidemark.schema.hash.LaneSum;
import io.tidemark.schema.wire.ItemCodec;
import io.tidemark.schema.wire.WalPayload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What keeping the state hash up to date costs for each item written. The floor is SHA-256 over the same bytes, in one call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class StateHashBenchmark {
    private final MessageDigest digest = newSha256();
    private final LaneSum lane = new LaneSum();
    private final Bytes key;
    private final Bytes storedItem;
    private final byte[] together;

    public StateHashBenchmark() {
        Workload workload = new Workload(1);
        WalPayload put = workload.put(0);
        key = put.key();
        storedItem = Bytes.wrap(ItemCodec.encode(workload.item(0)));
        together = new byte[Integer.BYTES + key.length() + storedItem.length()];
    }

    @Benchmark
    public byte[] bareSha256() {
        return digest.digest(together);
    }

    @Benchmark
    public byte[] hashOfItem() {
        return ItemHash.sha256(key, storedItem);
    }

    @Benchmark
    public LaneSum hashAndAdd() {
        lane.add(ItemHash.sha256(key, storedItem));
        return lane;
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
