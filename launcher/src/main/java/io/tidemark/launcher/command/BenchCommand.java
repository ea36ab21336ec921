package io.tidemark.launcher.command;

import io.tidemark.launcher.bench.ApiOptions;
import io.tidemark.launcher.bench.Bench;
import io.tidemark.launcher.bench.BenchOptions;
import io.tidemark.launcher.bench.BenchReport;
import io.tidemark.launcher.bench.Part;
import io.tidemark.launcher.item.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark bench}. */
@Command(
        name = "bench",
        description = {
            "Measure a cluster of three zones in this process beside what its parts could do at best.",
            "",
            "Writes are compared with raw Kafka acknowledgements of the same brokers, reads with writes, the deep scan with"
                    + " a bare RocksDB iterator, the DynamoDB API with DynamoDB Local. They take turns, so that ratios hold on"
                    + " a busy machine too; the figures themselves need an idle one.",
            "The end is 0 if everything was measured, whether the targets were met or not."
        },
        footer = {
            "  tidemark bench                       everything, about twenty-five minutes",
            "  tidemark bench --quick               everything, about six minutes, less exact",
            "  tidemark bench --only replay,scan    what needs no cluster",
            "  tidemark bench --only writes --callers 1,64 --seconds 20",
            "  tidemark bench --only api            the DynamoDB API beside DynamoDB Local",
            "  tidemark bench --only saturation --minutes 10"
        })
final class BenchCommand extends BaseCommand {
    private static final Duration MEASUREMENT = Duration.ofSeconds(9);
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final int ROUNDS = 3;
    private static final int RECORDS = 400_000;
    private static final int ITEMS = 1_000_000;
    private static final List<Integer> CALLERS = List.of(1, 16, 256);
    private static final List<Integer> API_CALLERS = List.of(1, 16, 64);
    private static final String DYNAMODB_LOCAL_VARIABLE = "TIDEMARK_DYNAMODB_LOCAL";

    private static final Duration QUICK_MEASUREMENT = Duration.ofSeconds(2);
    private static final Duration QUICK_WARM_UP = Duration.ofSeconds(10);
    private static final int QUICK_ROUNDS = 1;
    private static final int QUICK_RECORDS = 100_000;
    private static final int QUICK_ITEMS = 100_000;

    /** The same keys and contents in every run. */
    private static final long SEED = 20_150_912;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description =
                    "Parts to measure: writes, reads, http (both over HTTP too), replay, scan, restart, api, saturation. All"
                            + " but saturation by default.")
    List<String> only = List.of();

    @Option(
            names = "--callers",
            split = ",",
            paramLabel = "N",
            description = "Numbers of callers. Default: 1,16,256; of the part api 1,16,64.")
    List<Integer> callers = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long each operation is measured with each number of callers. Default: 9.")
    Optional<Integer> seconds = Optional.empty();

    @Option(names = "--rounds", paramLabel = "N", description = "Turns in which that is done. Default: 3.")
    Optional<Integer> rounds = Optional.empty();

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Seconds before the first turn, five times as many for the part api. Default: 60.")
    Optional<Integer> warmUp = Optional.empty();

    @Option(names = "--records", paramLabel = "N", description = "Records to replay. Default: 400000.")
    Optional<Integer> records = Optional.empty();

    @Option(names = "--items", paramLabel = "N", description = "Items of the restarted zone. Default: 1000000.")
    Optional<Integer> items = Optional.empty();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long saturation lasts. Default: ${DEFAULT-VALUE}.")
    int minutes = 10;

    @Option(
            names = "--dynamodb-local",
            paramLabel = "DIR",
            description = "Folder with the jars of DynamoDB Local. Default: those that ./tidemark fetches.")
    Optional<Path> dynamoDbLocal = Optional.empty();

    @Option(names = "--archiver", description = "Let the archiver work while writes are measured.")
    boolean archiver;

    @Option(names = "--quick", description = "Less of everything that no other option sets.")
    boolean quick;

    BenchCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws InterruptedException {
        BenchReport report = Bench.run(options(), context().terminal(), new SplittableRandom(SEED));
        output().print(report.toJson(), report::toText);
        return ExitCode.DONE;
    }

    private BenchOptions options() {
        try {
            return new BenchOptions(
                    parts(),
                    callers.isEmpty() ? CALLERS : callers,
                    seconds.map(BenchCommand::seconds).orElse(quick ? QUICK_MEASUREMENT : MEASUREMENT),
                    rounds.orElse(quick ? QUICK_ROUNDS : ROUNDS),
                    warmUp.map(BenchCommand::seconds).orElse(quick ? QUICK_WARM_UP : WARM_UP),
                    records.orElse(quick ? QUICK_RECORDS : RECORDS),
                    items.orElse(quick ? QUICK_ITEMS : ITEMS),
                    archiver,
                    new ApiOptions(
                            callers.isEmpty() ? API_CALLERS : callers,
                            Duration.ofMinutes(minutes),
                            dynamoDbLocal.or(() -> Optional.ofNullable(
                                            context().environment().get(DYNAMODB_LOCAL_VARIABLE))
                                    .map(Path::of))));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    private Set<Part> parts() {
        if (only.isEmpty()) {
            return EnumSet.complementOf(EnumSet.of(Part.SATURATION));
        }
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : only) {
            try {
                parts.add(Part.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException(
                        "--only takes writes, reads, http, replay, scan, restart, api and saturation, not '" + name
                                + "'",
                        e);
            }
        }
        return parts;
    }
}
