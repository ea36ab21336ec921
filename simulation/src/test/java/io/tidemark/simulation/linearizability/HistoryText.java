package io.tidemark.simulation.linearizability;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Histories as files, a line an operation: {@code invoked answered client key operation arguments -> answer}. A time that never
 * came is {@code -}, an answer that never came {@code ?}, an item that is not there {@code none}. {@code #} begins a comment.
 */
public final class HistoryText {
    private static final String NEVER = "-";
    private static final String ARROW = "->";
    private static final String NONE = "none";

    private HistoryText() {}

    /** @throws IllegalArgumentException that names the line */
    public static List<Operation> parse(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(HistoryText::operation)
                .toList();
    }

    public static String format(Collection<Operation> history) {
        return history.stream().map(HistoryText::format).collect(Collectors.joining("\n", "", "\n"));
    }

    public static String format(Operation operation) {
        return String.format(
                Locale.ROOT,
                "%d %s %s %s %s %s %s",
                operation.invoked(),
                operation.answered().isPresent() ? operation.answered().getAsLong() : NEVER,
                operation.client(),
                operation.key(),
                format(operation.input()),
                ARROW,
                format(operation.output()));
    }

    private static String format(Input input) {
        return switch (input) {
            case Input.Get get -> "get";
            case Input.Put put -> "put " + put.value();
            case Input.CompareAndSet set -> "compare-and-set " + format(set.expected()) + " " + set.value();
            case Input.Add add -> "add " + add.amount();
            case Input.Delete delete -> "delete";
        };
    }

    private static String format(Output output) {
        return switch (output) {
            case Output.Done done -> format(done.value());
            case Output.Refused refused -> "refused " + format(refused.actual());
            case Output.Unknown unknown -> "?";
        };
    }

    private static String format(Optional<Long> value) {
        return value.map(String::valueOf).orElse(NONE);
    }

    private static Operation operation(String line) {
        try {
            List<String> words = Arrays.asList(line.split("\\s+", -1));
            int arrow = words.indexOf(ARROW);
            return new Operation(
                    Long.parseLong(words.get(0)),
                    words.get(1).equals(NEVER) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(words.get(1))),
                    words.get(2),
                    words.get(3),
                    input(words.subList(4, arrow)),
                    output(words.subList(arrow + 1, words.size())));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not an operation of a history: " + line, e);
        }
    }

    private static Input input(List<String> words) {
        return switch (words.get(0)) {
            case "get" -> new Input.Get();
            case "put" -> new Input.Put(Long.parseLong(words.get(1)));
            case "compare-and-set" -> new Input.CompareAndSet(value(words.get(1)), Long.parseLong(words.get(2)));
            case "add" -> new Input.Add(Long.parseLong(words.get(1)));
            case "delete" -> new Input.Delete();
            default -> throw new IllegalArgumentException("no operation: " + words);
        };
    }

    private static Output output(List<String> words) {
        return switch (words.get(0)) {
            case "?" -> new Output.Unknown();
            case "refused" -> new Output.Refused(value(words.get(1)));
            default -> new Output.Done(value(words.get(0)));
        };
    }

    private static Optional<Long> value(String word) {
        return word.equals(NONE) ? Optional.empty() : Optional.of(Long.parseLong(word));
    }
}
