package io.tidemark.materializer.core.testing;

import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalRecord;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A log kept as a file with the hashes that applying it must give, for ever: one for each released semantics version. Records
 * start at LSN 0 of shard 0.
 */
public final class GoldenLog {
    private static final int MAGIC = 0x54_4D_47_4C;
    private static final String LOG = "log.bin.gz";
    private static final String EXPECTED = "expected.properties";

    private GoldenLog() {}

    /** What applying a log gave. */
    public record Result(int records, String itemsHash, String controlHash, String outcomesHash) {}

    public static Result apply(List<WalRecord> records) {
        PlainState state = new PlainState();
        MessageDigest outcomes = StateHash.sha256();
        for (WalRecord record : records) {
            Transition transition = state.apply(record);
            StateHash.add(
                    outcomes,
                    transition.lsn() + " " + transition.outcomeLsn() + " " + transition.requestId() + " "
                            + StateHash.hex(transition.outcome()));
        }
        return new Result(
                records.size(), StateHash.itemsHash(state), StateHash.controlHash(state), StateHash.hex(outcomes));
    }

    /** @param name of the folder below {@code golden}, such as {@code v1} */
    public static List<WalRecord> read(String name) throws IOException {
        try (DataInputStream input = new DataInputStream(new GZIPInputStream(open(name, LOG)))) {
            if (input.readInt() != MAGIC) {
                throw new IOException("no golden log: " + name);
            }
            int count = input.readInt();
            List<WalRecord> records = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                records.add(readRecord(input, new Lsn(i)));
            }
            return records;
        }
    }

    public static Result expected(String name) throws IOException {
        Properties properties = new Properties();
        try (InputStream input = open(name, EXPECTED)) {
            properties.load(input);
        }
        return new Result(
                Integer.parseInt(properties.getProperty("records")),
                properties.getProperty("items"),
                properties.getProperty("control"),
                properties.getProperty("outcomes"));
    }

    private static InputStream open(String name, String file) throws IOException {
        String path = "/golden/" + name + "/" + file;
        InputStream input = GoldenLog.class.getResourceAsStream(path);
        if (input == null) {
            throw new IOException("no resource " + path);
        }
        return input;
    }

    private static WalRecord readRecord(DataInputStream input, Lsn lsn) throws IOException {
        long timestampMs = input.readLong();
        Bytes key = readBytes(input);
        Bytes value = readBytes(input);
        List<RecordHeader> headers = new ArrayList<>();
        for (int i = input.readInt(); i > 0; i--) {
            headers.add(new RecordHeader(input.readUTF(), readBytes(input)));
        }
        return new WalRecord(new ShardId(0), lsn, timestampMs, key, value, headers);
    }

    private static Bytes readBytes(DataInputStream input) throws IOException {
        return Bytes.wrap(input.readNBytes(input.readInt()));
    }

    private static void write(List<WalRecord> records, OutputStream file) throws IOException {
        try (DataOutputStream output = new DataOutputStream(new GZIPOutputStream(file))) {
            output.writeInt(MAGIC);
            output.writeInt(records.size());
            for (WalRecord record : records) {
                output.writeLong(record.timestampMs());
                writeBytes(output, record.key());
                writeBytes(output, record.value());
                output.writeInt(record.headers().size());
                for (RecordHeader header : record.headers()) {
                    output.writeUTF(header.key());
                    writeBytes(output, header.value());
                }
            }
        }
    }

    private static void writeBytes(DataOutputStream output, Bytes bytes) throws IOException {
        output.writeInt(bytes.length());
        output.write(bytes.array());
    }

    /**
     * Writes the golden log of the current version: {@code DIRECTORY SEED RECORDS}. To be used once for each version, when it is
     * released; a golden log that no longer gives its hashes means that replicas would no longer agree.
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        List<WalRecord> records = Histories.generate(Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]));
        write(records, Files.newOutputStream(directory.resolve(LOG)));
        Result result = apply(records);
        TreeMap<String, String> properties = new TreeMap<>();
        properties.put("records", Integer.toString(result.records()));
        properties.put("items", result.itemsHash());
        properties.put("control", result.controlHash());
        properties.put("outcomes", result.outcomesHash());
        List<String> lines = new ArrayList<>();
        properties.forEach((key, value) -> lines.add(key + "=" + value));
        Files.write(directory.resolve(EXPECTED), lines);
    }
}
