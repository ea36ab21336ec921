package io.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulation.linearizability.AllOrders;
import io.tidemark.simulation.linearizability.HistoryText;
import io.tidemark.simulation.linearizability.Input;
import io.tidemark.simulation.linearizability.Linearizability;
import io.tidemark.simulation.linearizability.Operation;
import io.tidemark.simulation.linearizability.Output;
import io.tidemark.simulation.linearizability.Verdict;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker that the fault tests trust: histories that are known to be good and bad, and all orders tried by hand. */
class LinearizabilityTest {
    private static final long SEED = Long.getLong("tidemark.simulation.seed", System.nanoTime());
    private static final int RANDOM_HISTORIES = 4_000;
    private static final int MAX_OPERATIONS = 6;

    static List<Path> good() throws IOException, URISyntaxException {
        return files("good");
    }

    static List<Path> bad() throws IOException, URISyntaxException {
        return files("bad");
    }

    private static List<Path> files(String kind) throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(LinearizabilityTest.class.getResource("/histories/" + kind))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Verdict check(List<Operation> history) {
        return Linearizability.check(history, Linearizability.DEFAULT_MAX_STEPS);
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodHistoryIsAccepted(Path file) throws IOException {
        List<Operation> history = HistoryText.parse(Files.readString(file));

        assertThat(history).isNotEmpty();
        assertThat(check(history)).as(file.toString()).isInstanceOf(Verdict.Linearizable.class);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadHistoryIsRefusedWithItsKey(Path file) throws IOException {
        List<Operation> history = HistoryText.parse(Files.readString(file));

        assertThat(check(history))
                .as(file.toString())
                .isInstanceOfSatisfying(
                        Verdict.NotLinearizable.class,
                        verdict -> assertThat(verdict.key()).isEqualTo("item"));
    }

    @Test
    void historiesAreWrittenAsTheyAreRead() throws IOException, URISyntaxException {
        for (Path file : good()) {
            List<Operation> history = HistoryText.parse(Files.readString(file));
            assertThat(HistoryText.parse(HistoryText.format(history))).isEqualTo(history);
        }
    }

    /** Random answers make most of these bad; small numbers make some of them good. */
    @Test
    void theSearchFindsAnOrderWheneverThereIsOne() {
        SplittableRandom random = new SplittableRandom(SEED);
        int good = 0;
        for (int i = 0; i < RANDOM_HISTORIES; i++) {
            List<Operation> history = history(random);
            boolean linearizable = AllOrders.isLinearizable(history);
            good += linearizable ? 1 : 0;
            assertThat(check(history) instanceof Verdict.Linearizable)
                    .as("seed %d, history %d:%n%s", SEED, i, HistoryText.format(history))
                    .isEqualTo(linearizable);
        }
        assertThat(good).as("good histories, seed %d", SEED).isBetween(RANDOM_HISTORIES / 50, RANDOM_HISTORIES);
    }

    private static List<Operation> history(SplittableRandom random) {
        return IntStream.rangeClosed(1, random.nextInt(1, MAX_OPERATIONS + 1))
                .mapToObj(number -> operation(number, random))
                .toList();
    }

    private static Operation operation(int client, SplittableRandom random) {
        Input input = switch (random.nextInt(6)) {
            case 0 -> new Input.Put(random.nextInt(3));
            case 1 -> new Input.Add(1);
            case 2 -> new Input.Delete();
            case 3 -> new Input.CompareAndSet(value(random), random.nextInt(3));
            default -> new Input.Get();
        };
        Output output = input instanceof Input.CompareAndSet && random.nextBoolean()
                ? new Output.Refused(value(random))
                : new Output.Done(value(random));
        long invoked = random.nextInt(12);
        boolean unknown = random.nextInt(4) == 0;
        return new Operation(
                invoked,
                unknown ? OptionalLong.empty() : OptionalLong.of(invoked + random.nextInt(12)),
                "c" + client,
                "item",
                input,
                unknown ? new Output.Unknown() : output);
    }

    private static Optional<Long> value(SplittableRandom random) {
        int value = random.nextInt(-1, 3);
        return value < 0 ? Optional.empty() : Optional.of((long) value);
    }

    @Test
    void aSearchThatWouldTakeTooLongIsNotCalledGood() {
        List<Operation> history = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            history.add(new Operation(
                    0, OptionalLong.empty(), "c" + i, "item", new Input.Add(1L << i), new Output.Unknown()));
        }
        history.add(new Operation(
                1, OptionalLong.of(2), "reader", "item", new Input.Get(), new Output.Done(Optional.of(-1L))));

        assertThat(Linearizability.check(history, 10_000)).isEqualTo(new Verdict.Undecided("item", 10_000));
    }
}
