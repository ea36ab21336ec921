package io.tidemark.launcher.command;

import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.node.Consistency;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a read promises. */
final class ConsistencyOptions {
    @Option(names = "--consistent", description = "See every write that was acknowledged before.")
    boolean consistent;

    @Option(
            names = "--after",
            paramLabel = "LSN",
            description = "See at least the write that returned this LSN; cheaper than --consistent.")
    Optional<Long> after = Optional.empty();

    Consistency consistency() {
        if (consistent && after.isPresent()) {
            throw new InvalidInputException("--consistent and --after exclude each other");
        }
        if (after.isPresent()) {
            if (after.get() < 0) {
                throw new InvalidInputException("--after is an LSN, which is not negative: " + after.get());
            }
            return new Consistency.AtLeast(new Lsn(after.get()));
        }
        return consistent ? Consistency.STRONG : Consistency.EVENTUAL;
    }
}
