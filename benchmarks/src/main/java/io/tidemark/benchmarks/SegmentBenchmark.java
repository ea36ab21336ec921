package io.tidemark.benchmarks;

import io.tidemark.archiver.segment.Segment;
import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.archiver.segment.SegmentWriter;
import io.tidemark.archiver.segment.Sha256;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.wire.WalRecord;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Writing and reading an archived segment, for each record. Reading checks every bit of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SegmentBenchmark {
    static final int RECORDS = 40_000;

    private final List<WalRecord> records = new Workload(RECORDS).puts(RECORDS - 1);
    private final Segment segment = write();

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Segment write() {
        SegmentWriter writer = new SegmentWriter(Workload.SHARD, Lsn.FIRST, Sha256.ZERO);
        records.forEach(writer::append);
        return writer.finish();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void read(Blackhole blackhole) {
        SegmentReader.open(segment.name().key(), segment.content()).forEach(blackhole::consume);
    }
}
