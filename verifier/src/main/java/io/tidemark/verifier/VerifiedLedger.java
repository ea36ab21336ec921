package io.tidemark.verifier;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.verifier.report.Conclusion;
import io.tidemark.verifier.report.ShardReport;
import io.tidemark.verifier.report.VerificationMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers, across restarts, up to where each shard was found equal. Thread-safe. */
final class VerifiedLedger {
    private static final Logger LOG = LoggerFactory.getLogger(VerifiedLedger.class);
    private static final String FILE = "verified";

    private final Path dataDirectory;
    private final Map<ShardId, VerifiedMark> marks = new ConcurrentHashMap<>();

    VerifiedLedger(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    VerifiedMark mark(ShardId shard) {
        return marks.computeIfAbsent(shard, this::read);
    }

    /** Takes note of a report in which everything is equal; others change nothing. */
    void note(ShardReport report) {
        if (report.conclusion() != Conclusion.EQUAL || report.barrier().isEmpty()) {
            return;
        }
        Lsn end = report.barrier().get().next();
        Instant deepAt = report.mode() == VerificationMode.DEEP
                ? report.startedAt()
                : mark(report.shard()).deepAt();
        VerifiedMark mark = new VerifiedMark(end, report.startedAt(), deepAt);
        marks.put(report.shard(), mark);
        try {
            mark.write(file(report.shard()));
        } catch (IOException e) {
            // The next process verifies again what this one has: nothing is lost but time.
            warn(report.shard(), e);
        }
    }

    private VerifiedMark read(ShardId shard) {
        try {
            return VerifiedMark.read(file(shard));
        } catch (IOException e) {
            warn(shard, e);
            return VerifiedMark.NONE;
        }
    }

    private Path file(ShardId shard) {
        return ReferenceFolders.of(dataDirectory, shard).resolve(FILE);
    }

    private static void warn(ShardId shard, IOException failure) {
        LOG.atWarn()
                .addKeyValue("shard", shard)
                .setCause(failure)
                .log("cannot read or keep how far a shard is verified");
    }
}
