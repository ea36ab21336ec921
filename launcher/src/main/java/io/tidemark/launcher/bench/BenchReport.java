package io.tidemark.launcher.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.launcher.output.TextTable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Collects what was measured and shows it. Not thread-safe. */
public final class BenchReport {
    private final List<LatencyFigure> latencies = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final double loadBefore = load();

    void add(LatencyFigure figure) {
        latencies.add(figure);
    }

    void add(Figure figure) {
        figures.add(figure);
    }

    void add(Target target) {
        targets.add(target);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Tables for people. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        if (!latencies.isEmpty()) {
            text.append(latencyTable().render("  ")).append('\n');
        }
        if (!figures.isEmpty()) {
            text.append(figureTable().render("  ")).append('\n');
        }
        return text.append(targetTable().render("  "))
                .append(String.format(
                        Locale.ROOT,
                        "%n  %d processors, load %.1f before and %.1f after, Java %s%n",
                        Runtime.getRuntime().availableProcessors(),
                        loadBefore,
                        load(),
                        Runtime.version()))
                .toString();
    }

    private TextTable targetTable() {
        TextTable table = TextTable.withColumns("target", ">measured", "must be", "");
        for (Target target : targets) {
            table.row(
                    target.name(),
                    number(target.measured()) + " " + target.unit(),
                    target.bound().words() + " " + number(target.limit()) + " " + target.unit(),
                    target.met() ? "met" : "MISSED");
        }
        return table;
    }

    private TextTable latencyTable() {
        TextTable table = TextTable.withColumns(
                "operation",
                ">callers",
                ">p50 ms",
                ">p99 ms",
                ">per second",
                ">CPU µs each",
                ">p50 ratio",
                ">rate ratio");
        for (LatencyFigure figure : latencies) {
            table.row(
                    figure.operation(),
                    figure.callers(),
                    number(figure.p50Millis()),
                    number(figure.p99Millis()),
                    number(figure.perSecond()),
                    number(figure.processorMicros()),
                    ratio(figure.p50Ratio()),
                    ratio(figure.rateRatio()));
        }
        return table;
    }

    private TextTable figureTable() {
        TextTable table = TextTable.withColumns("figure", ">value", "unit");
        figures.forEach(figure -> table.row(figure.name(), number(figure.value()), figure.unit()));
        return table;
    }

    private static String ratio(Optional<Double> ratio) {
        return ratio.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 1_000 ? "%,.0f" : value >= 100 ? "%.1f" : "%.2f", value);
    }

    /** The same for programs. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("java", Runtime.version().toString());
        json.put("loadBefore", loadBefore);
        json.put("loadAfter", load());
        ArrayNode operations = json.putArray("operations");
        for (LatencyFigure figure : latencies) {
            ObjectNode node = operations.addObject();
            node.put("operation", figure.operation());
            node.put("callers", figure.callers());
            node.put("count", figure.count());
            node.put("p50Millis", figure.p50Millis());
            node.put("p99Millis", figure.p99Millis());
            node.put("perSecond", figure.perSecond());
            node.put("processorMicros", figure.processorMicros());
            figure.p50Ratio().ifPresent(ratio -> node.put("p50Ratio", ratio));
            figure.rateRatio().ifPresent(ratio -> node.put("rateRatio", ratio));
        }
        ArrayNode values = json.putArray("figures");
        for (Figure figure : figures) {
            values.addObject()
                    .put("name", figure.name())
                    .put("value", figure.value())
                    .put("unit", figure.unit());
        }
        ArrayNode goals = json.putArray("targets");
        for (Target target : targets) {
            goals.addObject()
                    .put("name", target.name())
                    .put("measured", target.measured())
                    .put("bound", target.bound().words())
                    .put("limit", target.limit())
                    .put("unit", target.unit())
                    .put("met", target.met());
        }
        return json;
    }
}
