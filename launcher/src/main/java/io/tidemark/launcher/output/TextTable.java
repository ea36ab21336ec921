package io.tidemark.launcher.output;

import java.util.ArrayList;
import java.util.List;

/** A table of plain text: columns as wide as their widest cell, two spaces between. Not thread-safe. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<Boolean> rightAligned;
    private final List<List<String>> rows = new ArrayList<>();

    private TextTable(List<String> header) {
        this.header = header.stream()
                .map(name -> name.startsWith(">") ? name.substring(1) : name)
                .toList();
        this.rightAligned = header.stream().map(name -> name.startsWith(">")).toList();
    }

    /** @param header names of the columns; one that begins with {@code >} is aligned to the right, as numbers are */
    public static TextTable withColumns(String... header) {
        return new TextTable(List.of(header));
    }

    /** @param cells one for each column */
    public TextTable row(Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + header.size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell).replaceAll("\\p{Cntrl}", " "));
        }
        rows.add(row);
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Header and rows, each line ended by a line feed, without spaces at the end. */
    public String render(String indent) {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = width(header.get(column));
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        StringBuilder text = new StringBuilder();
        appendRow(text, indent, header, widths);
        rows.forEach(row -> appendRow(text, indent, row, widths));
        return text.toString();
    }

    private void appendRow(StringBuilder text, String indent, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder(indent);
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - width(row.get(column)));
            line.append(column == 0 ? "" : GAP);
            line.append(rightAligned.get(column) ? padding + row.get(column) : row.get(column) + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
