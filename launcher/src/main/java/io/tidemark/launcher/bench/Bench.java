package io.tidemark.launcher.bench;

import io.tidemark.launcher.output.Terminal;
import java.util.SplittableRandom;

/** Measures what the options name. */
public final class Bench {
    private Bench() {}

    /**
     * Runs everything, clusters first; takes minutes.
     *
     * @param terminal shows the progress
     * @param random of keys and contents
     * @throws BenchException if something could not be measured
     */
    public static BenchReport run(BenchOptions options, Terminal terminal, SplittableRandom random)
            throws InterruptedException {
        if (options.parts().contains(Part.API)) {
            var unused = options.dynamoDbLocalJars();
        }
        BenchReport report = new BenchReport();
        new ClusterParts(options, terminal, report, random.split()).run();
        new ApiParts(options, terminal, report, random.split()).run();
        new LocalParts(options, terminal, report, random.split()).run();
        return report;
    }
}
