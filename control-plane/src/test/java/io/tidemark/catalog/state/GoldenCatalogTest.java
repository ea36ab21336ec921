package io.tidemark.catalog.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.catalog.LimitChange;
import io.tidemark.schema.catalog.OnDemandLimits;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableClass;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableSettings;
import io.tidemark.schema.catalog.Tags;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The log of a catalog as each version writes it, kept as a file: each line is a record (time, key, value, headers) or what must
 * have come of it. Builds of every later version must read it alike, and go on writing alike what that version knew.
 */
class GoldenCatalogTest {
    private static final Path FOLDER = Path.of("src/test/resources");

    /** A version's log. */
    enum Golden {
        V1 {
            @Override
            List<CatalogCommand> commands() {
                return commandsOfVersion1();
            }

            // Version 1 knew no settings: its tables have those that nothing was said of, and its file is silent of
            // them.
            @Override
            String describe(CatalogStep step) {
                String text = super.describe(step);
                for (TableDescription table : tables(step)) {
                    assertThat(table.settings()).isEqualTo(TableSettings.initial(table.createdAt()));
                    text = text.replace(", settings=" + table.settings(), "");
                }
                return text;
            }
        },
        V2 {
            @Override
            List<CatalogCommand> commands() {
                return commandsOfVersion2();
            }

            // Version 2 knew neither classes nor limits.
            @Override
            String describe(CatalogStep step) {
                for (TableDescription table : tables(step)) {
                    assertThat(table.settings().tableClass()).isEmpty();
                    assertThat(table.settings().onDemandLimits()).isEqualTo(OnDemandLimits.NONE);
                }
                return super.describe(step)
                        .replace(", tableClass=Optional.empty, onDemandLimits=" + OnDemandLimits.NONE, "");
            }
        },
        V3 {
            @Override
            List<CatalogCommand> commands() {
                return commandsOfVersion3();
            }
        };

        Path file() {
            return FOLDER.resolve("catalog-" + name().toLowerCase(Locale.ROOT) + ".golden");
        }

        abstract List<CatalogCommand> commands();

        String describe(CatalogStep step) {
            String what = step instanceof CatalogStep.Applied applied
                    ? applied.requestId() + " " + applied.outcome()
                    : "skipped";
            return "gives " + what + " | " + state(step);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theKeptLogGivesTheKeptOutcomes(Golden golden) {
        List<String> lines = read(golden);
        CatalogState state = CatalogState.EMPTY;
        int records = 0;
        for (int i = 0; i < lines.size(); i += 2) {
            CatalogStep step = CatalogStateMachine.apply(state, parse(lines.get(i), records++));
            assertThat(golden.describe(step)).as("record %s", records - 1).isEqualTo(lines.get(i + 1));
            state = state(step);
        }
        assertThat(records).isEqualTo(golden.commands().size() + 1);
    }

    /** What is written today is what was written then, byte by byte. */
    @ParameterizedTest
    @EnumSource
    void theKeptLogIsWrittenAlikeToday(Golden golden) {
        assertThat(lines(golden)).containsExactlyElementsOf(read(golden));
    }

    private static List<CatalogCommand> commandsOfVersion1() {
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

    private static List<CatalogCommand> commandsOfVersion2() {
        return List.of(
                new CatalogCommand.CreateTable(
                        "pages",
                        CatalogRecords.KEYS,
                        1,
                        3,
                        new Capacity.Provisioned(5, 10),
                        true,
                        new Tags(Map.of("team", "wiki", "stage", ""))),
                CatalogRecords.createTable("edits"),
                change("pages", new TableChange.SetDeletionProtection(false)),
                new CatalogCommand.TableOpened(new TableId(1)),
                new CatalogCommand.TableOpened(new TableId(2)),
                change("pages", new TableChange.SetCapacity(new Capacity.Provisioned(20, 4))),
                change("pages", new TableChange.SetCapacity(new Capacity.Provisioned(20, 3))),
                change("pages", new TableChange.SetCapacity(new Capacity.Provisioned(20, 3))),
                change("pages", new TableChange.SetCapacity(Capacity.ON_DEMAND)),
                change("pages", new TableChange.AddTags(new Tags(Map.of("stage", "test", "owner", "größte")))),
                change("pages", new TableChange.RemoveTags(new TreeSet<>(Set.of("team", "none")))),
                new CatalogCommand.DeleteTable("pages"),
                change("pages", new TableChange.SetTimeToLive("expires", true)),
                change("pages", new TableChange.SetTimeToLive("expires", true)),
                change("pages", new TableChange.SetTimeToLive("other", false)),
                change("pages", new TableChange.SetTimeToLive("expires", false)),
                change("pages", new TableChange.SetDeletionProtection(false)),
                new CatalogCommand.DeleteTable("pages"),
                change("pages", new TableChange.SetDeletionProtection(true)),
                change("nothing", new TableChange.SetDeletionProtection(true)));
    }

    private static List<CatalogCommand> commandsOfVersion3() {
        return List.of(
                new CatalogCommand.CreateTable(
                        "pages",
                        CatalogRecords.KEYS,
                        1,
                        3,
                        Capacity.ON_DEMAND,
                        false,
                        Tags.NONE,
                        Optional.of(TableClass.STANDARD_INFREQUENT_ACCESS),
                        new OnDemandLimits(Optional.of(5L), Optional.empty())),
                new CatalogCommand.TableOpened(new TableId(1)),
                change("pages", new TableChange.SetTableClass(TableClass.STANDARD)),
                change(
                        "pages",
                        new TableChange.SetOnDemandLimits(LimitChange.REMOVE, new LimitChange.Replace(40_000), false)),
                change("pages", new TableChange.SetCapacity(new Capacity.Provisioned(1, 2))),
                change("pages", new TableChange.SetOnDemandLimits(new LimitChange.Replace(3), LimitChange.KEEP, false)),
                change("pages", new TableChange.SetOnDemandLimits(new LimitChange.Replace(3), LimitChange.KEEP, true)),
                change("nothing", new TableChange.SetTableClass(TableClass.STANDARD)));
    }

    private static CatalogCommand change(String table, TableChange change) {
        return new CatalogCommand.ChangeTable(table, change);
    }

    private static List<String> lines(Golden golden) {
        CatalogRecords records = new CatalogRecords();
        List<WalRecord> log = new ArrayList<>();
        for (CatalogCommand command : golden.commands()) {
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
            lines.add(golden.describe(step));
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

    private static List<TableDescription> tables(CatalogStep step) {
        List<TableDescription> tables = new ArrayList<>(state(step).tables(Optional.empty(), Integer.MAX_VALUE));
        if (step instanceof CatalogStep.Applied applied && applied.outcome() instanceof CatalogOutcome.TableIs is) {
            tables.add(is.table());
        }
        return tables;
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

    private static List<String> read(Golden golden) {
        try {
            return Files.readAllLines(golden.file());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Writes the file anew: only for a new version's own file. */
    public static void main(String[] arguments) throws IOException {
        Golden golden = Golden.valueOf(arguments[0]);
        Files.write(golden.file(), lines(golden));
    }
}
