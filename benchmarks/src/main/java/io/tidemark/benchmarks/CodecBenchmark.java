package io.tidemark.benchmarks;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.ItemCodec;
import io.tidemark.schema.wire.UndecodableException;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding and decoding of one record and one item. The floor of the checksum is a CRC32C over the same bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CodecBenchmark {
    private Envelope envelope = Envelope.of(new RequestId(1, 2), Command.PutItem.of(Workload.TABLE, Item.EMPTY));
    private Item item = Item.EMPTY;
    private byte[] encodedItem = new byte[0];
    private WalRecord record = new Workload(1).open();

    /** Makes the inputs. */
    @Setup
    public void encodeInputs() {
        Workload workload = new Workload(1);
        item = workload.item(0);
        encodedItem = ItemCodec.encode(item);
        envelope = Envelope.of(new RequestId(1, 2), Command.PutItem.of(Workload.TABLE, item));
        record = Workload.record(Lsn.FIRST, WalCodec.encode(Workload.KEY_SCHEMA, envelope));
    }

    @Benchmark
    public WalPayload encodeRecord() {
        return WalCodec.encode(Workload.KEY_SCHEMA, envelope);
    }

    @Benchmark
    public Envelope decodeRecord() throws UndecodableException {
        return WalCodec.decode(record);
    }

    @Benchmark
    public boolean checksumOfRecord() {
        return WalCodec.checksumMatches(record);
    }

    @Benchmark
    public long bareChecksum() {
        CRC32C crc = new CRC32C();
        crc.update(record.key().array());
        crc.update(record.value().array());
        return crc.getValue();
    }

    @Benchmark
    public byte[] encodeItem() {
        return ItemCodec.encode(item);
    }

    @Benchmark
    public Item decodeItem() throws UndecodableException {
        return ItemCodec.decode(encodedItem, 0, encodedItem.length);
    }
}
