package io.tidemark.catalog.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The log of a catalog as version 1 writes it, kept as a file: each line is a record (time, key, value, headers) or what must
 * have come of it. Builds of every later version must read it alike.
 */
class GoldenCatalogTest {
    private static final Path FILE = Path.of("src/test/resources/catalog-v1.golden");

    @Test
    void theKeptLogGivesTheKeptOutcomes() {
        List<String> lines = read();
        CatalogState state = CatalogState.EMPTY;
        int records = 0;
        for (int i = 0; i < lines.size(); i += 2) {
            CatalogStep step = CatalogStateMachine.apply(state, parse(lines.get(i), records++));
            assertThat(describe(step)).as("record %s", records - 1).isEqualTo(lines.get(i + 1));
            state = state(step);
        }
        assertThat(records).isEqualTo(commands().size() + 1);
    }

    /** What is written today is what was written then, byte by byte. */
    @Test
    void theKeptLogIsWrittenAlikeToday() {
        assertThat(lines()).containsExactlyElementsOf(read());
    }

    private static List<CatalogCommand> commands() {
        return List.of(
                CatalogRecords.createTable("pages"),
                new CatalogCommand.CreateTable("edits", CatalogRecords.SORTED_KEYS, 2, 3),
                new CatalogCommand.TableOpened(new TableId(1)),
                CatalogRecords.createTable("pages"),
                CatalogRecords.createTable("?"),
                new CatalogCommand.BindSource(
                        new BindingSpec("wiki.edits", "pages", SourceFormat.JSON, SourceKey.RECORD_KEY)),
                new CatalogCommand.BindSource(new BindingSpec(
                        "wiki.edits",
                        "edits",
                        new SourceFormat.Avro("{\"type\":\"record\",\"name\":\"Edit\",\"fields\":[]}"),
                        new SourceKey.Fields("channel", Optional.of("time")))),
                new CatalogCommand.UnbindSource(1),
                new CatalogCommand.DeleteTable("edits"),
                new CatalogCommand.TableRemoved(new TableId(2)),
                new CatalogCommand.Barrier(),
                new CatalogCommand.CreateTable("edits", CatalogRecords.SORTED_KEYS, 1, 3));
    }

    private static List<String> lines() {
        CatalogRecords records = new CatalogRecords();
        List<WalRecord> log = new ArrayList<>();
        for (CatalogCommand command : commands()) {
            records.advanceMs(1_000);
            log.add(records.record(CatalogEnvelope.of(new RequestId(1, log.size()), command)));
        }
        log.add(records.record(new WalPayload(
                Bytes.wrap(new byte[] {1}), Bytes.wrap("foreign".getBytes(StandardCharsets.UTF_8)), List.of())));
        List<String> lines = new ArrayList<>();
        CatalogState state = CatalogState.EMPTY;
        for (WalRecord record : log) {
            CatalogStep step = CatalogStateMachine.apply(state, record);
            lines.add(format(record));
            lines.add(describe(step));
            state = state(step);
        }
        return lines;
    }

    private static CatalogState state(CatalogStep step) {
        return switch (step) {
            case CatalogStep.Applied applied -> applied.state();
            case CatalogStep.Skipped skipped -> skipped.state();
            case CatalogStep.TooNew tooNew -> throw new AssertionError(tooNew);
        };
    }

    private static String describe(CatalogStep step) {
        String what =
                step instanceof CatalogStep.Applied applied ? applied.requestId() + " " + applied.outcome() : "skipped";
        return "gives " + what + " | " + state(step);
    }

    private static String format(WalRecord record) {
        StringBuilder line = new StringBuilder()
                .append(record.timestampMs())
                .append(' ')
                .append(record.key())
                .append(' ')
                .append(record.value());
        for (RecordHeader header : record.headers()) {
            line.append(' ').append(header.key()).append('=').append(header.value());
        }
        return line.toString();
    }

    private static WalRecord parse(String line, int lsn) {
        String[] fields = line.split(" ");
        List<RecordHeader> headers = new ArrayList<>();
        for (int i = 3; i < fields.length; i++) {
            String[] header = fields[i].split("=");
            headers.add(new RecordHeader(header[0], hex(header[1])));
        }
        return new WalRecord(
                new ShardId(0), new Lsn(lsn), Long.parseLong(fields[0]), hex(fields[1]), hex(fields[2]), headers);
    }

    private static Bytes hex(String text) {
        return Bytes.wrap(HexFormat.of().parseHex(text));
    }

    private static List<String> read() {
        try {
            return Files.readAllLines(FILE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Writes the file anew: only for a new version's own file. */
    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[0]), lines());
    }
}
