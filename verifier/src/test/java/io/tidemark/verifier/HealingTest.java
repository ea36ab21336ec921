package io.tidemark.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.verifier.report.ArchiveReport;
import io.tidemark.verifier.report.ItemDifferences;
import io.tidemark.verifier.report.ReplicaReport;
import io.tidemark.verifier.report.ShardReport;
import io.tidemark.verifier.report.Suspect;
import io.tidemark.verifier.report.Verdict;
import io.tidemark.verifier.report.VerificationMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HealingTest {
    private static final Verdict EQUAL = new Verdict.Equal();
    private static final Verdict UNKNOWN = new Verdict.Unknown("it is down");

    private static Verdict different(Suspect suspect) {
        return new Verdict.Different(suspect, "why", new TreeSet<>(), ItemDifferences.NONE, List.of());
    }

    private static Optional<String> patient(Verdict archive, Verdict... replicas) {
        List<ReplicaReport> reports = new ArrayList<>();
        for (int i = 0; i < replicas.length; i++) {
            reports.add(ReplicaReport.without(new Zone("zone-" + i), replicas[i], Duration.ZERO));
        }
        ShardReport report = new ShardReport(
                new ShardId(0),
                VerificationMode.DEEP,
                Optional.of(new Lsn(8)),
                ArchiveReport.of(archive),
                reports,
                List.of(),
                Instant.EPOCH,
                Duration.ZERO);
        return Healing.patient(report).map(replica -> replica.zone().name());
    }

    @Test
    void theReplicaThatIsWrongIsRebuilt() {
        assertThat(patient(EQUAL, EQUAL, different(Suspect.REPLICA), EQUAL)).contains("zone-1");
    }

    @Test
    void nothingIsRebuiltWhereAllAreEqual() {
        assertThat(patient(EQUAL, EQUAL, EQUAL, EQUAL)).isEmpty();
    }

    @Test
    void nothingIsRebuiltWhileTheArchiveIsNotWhole() {
        assertThat(patient(different(Suspect.ARCHIVE), EQUAL, different(Suspect.REPLICA), EQUAL))
                .isEmpty();
        assertThat(patient(UNKNOWN, EQUAL, different(Suspect.REPLICA), EQUAL)).isEmpty();
    }

    @Test
    void nothingIsRebuiltWithoutAMajorityOfEqualZones() {
        assertThat(patient(EQUAL, EQUAL, different(Suspect.REPLICA), UNKNOWN)).isEmpty();
        assertThat(patient(EQUAL, EQUAL, different(Suspect.REPLICA), different(Suspect.REPLICA)))
                .isEmpty();
        assertThat(patient(EQUAL, different(Suspect.REPLICA))).isEmpty();
    }

    @Test
    void aReplicaThatIsNotSuspectItselfIsNotRebuilt() {
        assertThat(patient(EQUAL, EQUAL, EQUAL, different(Suspect.REFERENCE))).isEmpty();
        assertThat(patient(EQUAL, EQUAL, EQUAL, different(Suspect.UNDECIDED))).isEmpty();
        assertThat(patient(EQUAL, EQUAL, EQUAL, UNKNOWN)).isEmpty();
    }
}
