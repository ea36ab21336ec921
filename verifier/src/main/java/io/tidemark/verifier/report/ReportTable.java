package io.tidemark.verifier.report;

import static io.tidemark.verifier.report.ReportText.count;
import static io.tidemark.verifier.report.ReportText.time;

import io.tidemark.schema.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A report as plain text for people: a table, what is wrong or missing, a summary. Ends with a line end. */
public final class ReportTable {
    /** Items that are named for each replica; the JSON form has more. */
    private static final int MAX_ITEMS = 10;

    private static final List<String> COLUMNS = List.of("shard", "zone", "verdict", "LSN", "items", "time");
    private static final int FIRST_NUMBER_COLUMN = 3;
    private static final String ARCHIVE = "archive";

    private ReportTable() {}

    public static String of(VerificationReport report) {
        StringBuilder text = new StringBuilder();
        List<List<String>> rows = new ArrayList<>();
        rows.add(COLUMNS);
        report.shards().forEach(shard -> addRows(shard, rows));
        text.append(ReportText.rows(rows, FIRST_NUMBER_COLUMN));
        report.shards().forEach(shard -> appendFindings(text, shard));
        appendSummary(text, report);
        return text.toString();
    }

    private static void addRows(ShardReport shard, List<List<String>> rows) {
        String name = shard.shard().toString();
        for (ReplicaReport replica : shard.replicas()) {
            rows.add(List.of(
                    name,
                    replica.zone().name(),
                    word(replica.verdict()),
                    replica.nextLsn().map(Lsn::toString).orElse("-"),
                    replica.nextLsn().isPresent() ? count(replica.items()) : "-",
                    time(replica.duration())));
        }
        ArchiveReport archive = shard.archive();
        rows.add(List.of(
                name,
                ARCHIVE,
                word(archive.verdict()),
                archive.checkedEnd().toString(),
                count(archive.records()) + " rec",
                time(archive.duration())));
    }

    private static void appendFindings(StringBuilder text, ShardReport shard) {
        Consumer<String> lines = line -> text.append(line).append('\n');
        String prefix = "shard " + shard.shard() + ", ";
        shard.repairs()
                .forEach(repair -> lines.accept(prefix + "zone " + repair.zone() + ": "
                        + (repair.succeeded() ? "healed" : "not healed") + " in " + time(repair.duration()) + ": "
                        + repair.detail()
                        + repair.evidence()
                                .map(folder -> "\n  evidence: " + folder + " on the node")
                                .orElse("")
                        + "\n  before: " + describe(repair.before())));
        shard.replicas().forEach(replica -> appendVerdict(prefix + "zone " + replica.zone(), replica.verdict(), lines));
        appendVerdict(prefix + ARCHIVE, shard.archive().verdict(), lines);
        shard.archive()
                .rebuilt()
                .ifPresent(why -> lines.accept(prefix + "reference: built again from the first segment: " + why));
    }

    private static void appendVerdict(String subject, Verdict verdict, Consumer<String> lines) {
        if (verdict.conclusion() == Conclusion.EQUAL) {
            return;
        }
        lines.accept(subject + ": " + word(verdict).toUpperCase(Locale.ROOT) + ": " + describe(verdict));
        if (verdict instanceof Verdict.Different different) {
            different.damage().stream().limit(MAX_ITEMS).forEach(damage -> lines.accept("  damaged: " + damage));
            appendItems(different.items(), lines);
        }
    }

    private static void appendItems(ItemDifferences items, Consumer<String> lines) {
        items.listed().stream()
                .limit(MAX_ITEMS)
                .forEach(item -> lines.accept("  " + item.kind().name().toLowerCase(Locale.ROOT) + ": table "
                        + item.tableId() + ", " + item.key()));
        long more = items.total() - Math.min(MAX_ITEMS, items.listed().size());
        if (more > 0) {
            lines.accept("  and " + count(more) + " more items");
        }
        items.incomplete().ifPresent(why -> lines.accept("  " + why));
    }

    private static String describe(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Equal ignored -> "equal";
            case Verdict.Unknown unknown -> unknown.reason();
            case Verdict.Different different -> different.why();
        };
    }

    private static void appendSummary(StringBuilder text, VerificationReport report) {
        text.append('\n')
                .append(report.conclusion())
                .append(" (")
                .append(report.mode().name().toLowerCase(Locale.ROOT))
                .append("): ")
                .append(report.replicas(Conclusion.EQUAL))
                .append(" of ")
                .append(report.replicas())
                .append(" replicas equal, ")
                .append(report.shards().size())
                .append(" of ")
                .append(report.shardCount())
                .append(" shards verified in ")
                .append(time(report.duration()))
                .append('\n')
                .append("checked: ")
                .append(count(report.items()))
                .append(" items in replicas; ")
                .append(count(report.records()))
                .append(" records in ")
                .append(count(report.segments()))
                .append(" segments, ")
                .append(count(report.bytes()))
                .append(" bytes\n")
                .append("not verified yet: ")
                .append(debt(report.debt()))
                .append('\n');
    }

    private static String debt(VerificationDebt debt) {
        if (debt.records().isEmpty()) {
            return "unknown, the log does not answer";
        }
        long records = debt.records().get();
        if (records == 0) {
            return "nothing";
        }
        Optional<String> age = debt.oldestAge().map(ReportText::time);
        return count(records) + " records"
                + age.map(text -> ", the oldest " + text + " old").orElse("");
    }

    private static String word(Verdict verdict) {
        return verdict.conclusion().name().toLowerCase(Locale.ROOT);
    }
}
