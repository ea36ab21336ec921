package io.tidemark.verifier.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How reports write their columns, numbers and times for people. */
final class ReportText {
    private ReportText() {}

    /**
     * Lines of columns that are as wide as they must be.
     *
     * @param rows of equal length, the headings first
     * @param firstNumberColumn from here on cells stand at the right of their column
     */
    static String rows(List<List<String>> rows, int firstNumberColumn) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String padding = " ".repeat(widths[column] - row.get(column).length());
                boolean number = column >= firstNumberColumn;
                line.append(column == 0 ? "" : "  ")
                        .append(number ? padding + row.get(column) : row.get(column) + padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String time(Duration duration) {
        return duration.toSeconds() < 1
                ? duration.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
