package io.tidemark.verifier.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VerificationReportTest {
    private static final Verdict EQUAL = new Verdict.Equal();
    private static final Verdict UNKNOWN = new Verdict.Unknown("zone b gave no digest of its replica");
    private static final Verdict DIFFERENT = new Verdict.Different(
            Suspect.REPLICA,
            "1 of 256 lanes differ; the archive agrees with zones a, c",
            new TreeSet<>(List.of(17)),
            new ItemDifferences(
                    List.of(new ItemDifference(7, "page=\"Anna\"", ItemDifference.Kind.CHANGED)), 3, Optional.empty()),
            List.of("file 000012.sst fails its checksum"));

    private static VerificationReport report(Verdict archive, Verdict... replicas) {
        List<ReplicaReport> reports = new ArrayList<>();
        List<String> zones = List.of("a", "b", "c");
        for (int i = 0; i < replicas.length; i++) {
            boolean present = replicas[i].conclusion() != Conclusion.UNKNOWN;
            reports.add(new ReplicaReport(
                    new Zone(zones.get(i)),
                    replicas[i],
                    present ? Optional.of(new Lsn(1_001)) : Optional.empty(),
                    present ? Optional.of(Bytes.wrap(new byte[32])) : Optional.empty(),
                    present ? 500 : 0,
                    Duration.ofMillis(120)));
        }
        ArchiveReport checked = new ArchiveReport(
                archive, Lsn.FIRST, new Lsn(1_001), 2, 1_001, 34_567, 1_001, Optional.empty(), Duration.ofMillis(90));
        ShardReport shard = new ShardReport(
                new ShardId(4),
                VerificationMode.DEEP,
                Optional.of(new Lsn(1_000)),
                checked,
                reports,
                List.of(),
                Instant.ofEpochSecond(1_700_000_000),
                Duration.ofMillis(230));
        VerificationDebt debt = new VerificationDebt(Optional.of(12L), Optional.of(Duration.ofSeconds(90)));
        return new VerificationReport(
                VerificationMode.DEEP,
                Instant.ofEpochSecond(1_700_000_000),
                Duration.ofMillis(1_250),
                6,
                List.of(shard),
                debt);
    }

    @Test
    void theWorstVerdictDecides() {
        assertThat(report(EQUAL, EQUAL, EQUAL, EQUAL).exitCode()).isZero();
        assertThat(report(EQUAL, EQUAL, UNKNOWN, EQUAL).exitCode()).isEqualTo(3);
        assertThat(report(EQUAL, EQUAL, UNKNOWN, DIFFERENT).exitCode()).isEqualTo(1);
        assertThat(report(UNKNOWN, EQUAL, EQUAL, EQUAL).exitCode()).isEqualTo(3);
        assertThat(report(DIFFERENT, EQUAL, EQUAL, EQUAL).exitCode()).isEqualTo(1);
    }

    @Test
    void whatWasNotLookedAtIsUnknown() {
        assertThat(report(EQUAL).conclusion()).isEqualTo(Conclusion.UNKNOWN);
        VerificationReport none = new VerificationReport(
                VerificationMode.DEEP, Instant.EPOCH, Duration.ZERO, 6, List.of(), VerificationDebt.UNKNOWN);
        assertThat(none.exitCode()).isEqualTo(3);
    }

    @Test
    void theTableSaysWhoAndWhatDiffers() {
        assertThat(ReportTable.of(report(EQUAL, EQUAL, DIFFERENT, EQUAL)).lines())
                .containsExactly(
                        "shard  zone     verdict     LSN      items    time",
                        "4      a        equal      1001        500  120 ms",
                        "4      b        different  1001        500  120 ms",
                        "4      c        equal      1001        500  120 ms",
                        "4      archive  equal      1001  1,001 rec   90 ms",
                        "shard 4, zone b: DIFFERENT: 1 of 256 lanes differ; the archive agrees with zones a, c",
                        "  damaged: file 000012.sst fails its checksum",
                        "  changed: table 7, page=\"Anna\"",
                        "  and 2 more items",
                        "",
                        "DIFFERENT (deep): 2 of 3 replicas equal, 1 of 6 shards verified in 1.3 s",
                        "checked: 1,500 items in replicas; 1,001 records in 2 segments, 34,567 bytes",
                        "not verified yet: 12 records, the oldest 90.0 s old");
    }

    @Test
    void theJsonHasStableNames() {
        ObjectNode json = ReportJson.of(report(EQUAL, EQUAL, DIFFERENT, UNKNOWN));
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("verdict", "mode", "startedAt", "durationMs", "summary", "shards");
        assertThat(json.path("summary").toString())
                .isEqualTo(
                        "{\"shards\":1,\"shardsOfCluster\":6,\"replicas\":3,\"replicasEqual\":1,\"replicasUnknown\":1,"
                                + "\"replicasDifferent\":1,\"items\":1000,\"segments\":2,\"records\":1001,\"bytes\":34567,"
                                + "\"repairs\":0,\"debtRecords\":12,\"debtAgeMs\":90000}");
        assertThat(json.at("/shards/0/replicas/1").toString())
                .isEqualTo(
                        "{\"zone\":\"b\",\"verdict\":\"different\",\"reason\":\"1 of 256 lanes differ; the archive agrees"
                                + " with zones a, c\",\"suspect\":\"replica\",\"lanes\":[17],\"damage\":[\"file 000012.sst fails its"
                                + " checksum\"],\"differingItems\":3,\"differences\":[{\"tableId\":7,\"key\":\"page=\\\"Anna\\\"\","
                                + "\"kind\":\"changed\"}],\"nextLsn\":1001,\"stateHash\":\"" + "00".repeat(32)
                                + "\",\"items\":500,\"durationMs\":120}");
        assertThat(json.at("/shards/0/replicas/2").toString())
                .isEqualTo(
                        "{\"zone\":\"c\",\"verdict\":\"unknown\",\"reason\":\"zone b gave no digest of its replica\","
                                + "\"items\":0,\"durationMs\":120}");
        assertThat(json.at("/shards/0/archive/verdict").asText()).isEqualTo("equal");
        assertThat(json.at("/shards/0/barrierLsn").asLong()).isEqualTo(1_000);
    }
}
