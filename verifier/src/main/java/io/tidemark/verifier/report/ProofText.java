package io.tidemark.verifier.report;

import static io.tidemark.verifier.report.ReportText.count;
import static io.tidemark.verifier.report.ReportText.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A proof as plain text for people: a table, the hashes, what is wrong or missing, a summary. Ends with a line end. */
public final class ProofText {
    private static final List<String> COLUMNS =
            List.of("shard", "chain", "LSNs", "segments", "records", "rejected", "items", "time");
    private static final int FIRST_NUMBER_COLUMN = 3;

    private ProofText() {}

    public static String of(ProofReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(COLUMNS);
        report.shards().forEach(shard -> rows.add(row(shard)));
        StringBuilder text = new StringBuilder(ReportText.rows(rows, FIRST_NUMBER_COLUMN));
        report.shards().forEach(shard -> appendHashes(text, shard));
        report.shards().forEach(shard -> appendFinding(text, shard));
        text.append('\n')
                .append(word(report.conclusion()).toUpperCase(Locale.ROOT))
                .append(": ")
                .append(report.shards().stream()
                        .filter(shard -> shard.conclusion() == Conclusion.EQUAL)
                        .count())
                .append(" of ")
                .append(report.shards().size())
                .append(" chains whole; ")
                .append(count(report.records()))
                .append(" records in ")
                .append(count(report.segments()))
                .append(" segments, ")
                .append(count(report.bytes()))
                .append(" bytes, read and replayed in ")
                .append(time(report.duration()))
                .append('\n');
        return text.toString();
    }

    /** What a conclusion is called where a chain is meant. */
    static String word(Conclusion conclusion) {
        return switch (conclusion) {
            case EQUAL -> "whole";
            case UNKNOWN -> "unknown";
            case DIFFERENT -> "broken";
        };
    }

    private static List<String> row(ShardProof shard) {
        ArchiveReport archive = shard.archive();
        return List.of(
                shard.shard().toString(),
                word(shard.conclusion()),
                archive.records() == 0
                        ? "-"
                        : archive.checkedFrom() + ".." + (archive.checkedEnd().offset() - 1),
                count(archive.segments()),
                count(archive.records()),
                shard.state().map(state -> count(state.rejected())).orElse("-"),
                shard.state().map(state -> count(state.items())).orElse("-"),
                time(archive.duration()));
    }

    private static void appendHashes(StringBuilder text, ShardProof shard) {
        shard.state()
                .ifPresent(state -> text.append("\nshard ")
                        .append(shard.shard())
                        .append("  chain head  ")
                        .append(state.chainHead())
                        .append("\n         state hash  ")
                        .append(state.stateHash())
                        .append("  before LSN ")
                        .append(state.nextLsn())
                        .append('\n'));
    }

    private static void appendFinding(StringBuilder text, ShardProof shard) {
        switch (shard.archive().verdict()) {
            case Verdict.Equal ignored -> {}
            case Verdict.Unknown unknown ->
                text.append("\nshard ")
                        .append(shard.shard())
                        .append(": UNKNOWN: ")
                        .append(unknown.reason())
                        .append('\n');
            case Verdict.Different different -> {
                text.append("\nshard ")
                        .append(shard.shard())
                        .append(": BROKEN: ")
                        .append(different.why())
                        .append('\n');
                different
                        .damage()
                        .forEach(damage ->
                                text.append("  damaged: ").append(damage).append('\n'));
            }
        }
    }
}
