package io.tidemark.launcher.demo;

import io.tidemark.launcher.output.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells the demo's story as it happens and keeps every check, so that the end can say whether all of them held. For one thread. */
final class DemoLog {
    /** One step with its figures, by name, and its checks. */
    record Step(int number, String title, Map<String, Object> figures, List<Check> checks) {}

    record Check(String what, boolean held) {}

    private final Terminal terminal;
    private final boolean json;
    private final List<Step> steps = new ArrayList<>();

    /** @param json say nothing on standard output: the caller prints {@link #steps} at the end */
    DemoLog(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    void step(String title) {
        steps.add(new Step(steps.size() + 1, title, new LinkedHashMap<>(), new ArrayList<>()));
        print("");
        print(terminal.strong(steps.size() + "  " + title));
    }

    /** @param value a number, a text, or a list of maps; durations are kept in milliseconds */
    void figure(String name, Object value) {
        steps.getLast().figures().put(name, value instanceof Duration duration ? duration.toMillis() : value);
    }

    void say(String format, Object... arguments) {
        print("   " + String.format(Locale.ROOT, format, arguments));
    }

    void block(String text) {
        text.lines().forEach(line -> print("   " + line));
    }

    /** @return whether it held */
    boolean check(boolean held, String format, Object... arguments) {
        String what = String.format(Locale.ROOT, format, arguments);
        steps.getLast().checks().add(new Check(what, held));
        print("   " + (held ? terminal.good("✓") : terminal.bad("✗ FAILED")) + " " + what);
        return held;
    }

    long checks() {
        return steps.stream().mapToLong(step -> step.checks().size()).sum();
    }

    long failedChecks() {
        return steps.stream()
                .flatMap(step -> step.checks().stream())
                .filter(check -> !check.held())
                .count();
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    Terminal terminal() {
        return terminal;
    }

    private void print(String line) {
        if (!json) {
            terminal.out().println(line);
        }
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
