package io.tidemark.archiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.archiver.object.BucketCheck;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.S3Credentials;
import io.tidemark.archiver.object.S3ObjectStore;
import io.tidemark.archiver.object.S3Settings;
import io.tidemark.embedded.BrokersConfig;
import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.embedded.S3Config;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.Log;
import io.tidemark.log.TopicSpec;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.wire.WalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, and S3 over HTTP. */
class KafkaArchiverTest {
    private static final ShardId SHARD = new ShardId(0);
    private static final S3Credentials CREDENTIALS = new S3Credentials("tidemark", "tidemark-secret");

    @TempDir
    Path directory;

    @Test
    void aKafkaLogThatIsTrimmedBehindTheArchiveIsWholeInIt() {
        try (EmbeddedS3 server = startServer();
                EmbeddedBrokers brokers = EmbeddedBrokers.start(
                        new BrokersConfig(directory.resolve("kafka"), List.of("a"), Optional.empty()));
                Log log = openLog(brokers);
                ObjectStore store = S3ObjectStore.open(S3Settings.of(server.endpoint(), "archive", CREDENTIALS))) {
            BucketCheck.run(store);
            Archive archive = new Archive(store);
            TestShard shard = new TestShard(log, SHARD, new Random(19));
            List<WalRecord> expected = new ArrayList<>();
            for (int run = 0; run < 2; run++) {
                Lsn start = shard.end();
                shard.append(100);
                shard.appendBarrier(BarrierKind.VERIFY);
                try (Archiver archiver = start(log, store)) {
                    awaitArchived(archiver, shard.end());
                    shard.append(100);
                    shard.appendBarrier(BarrierKind.VERIFY);
                    awaitArchived(archiver, shard.end());
                }
                expected.addAll(shard.logged(start));
                log.trim(SHARD, shard.end()).toCompletableFuture().join();
            }

            assertThat(TestShard.archived(archive, SHARD)).isEqualTo(expected);
            assertThat(archive.end(SHARD)).isEqualTo(shard.end());
            assertThat(archive.end(new ShardId(1))).isEqualTo(Lsn.FIRST);
        }
    }

    private EmbeddedS3 startServer() {
        EmbeddedS3 server = EmbeddedS3.start(S3Config.inDirectory(
                directory.resolve("s3"),
                new io.tidemark.embedded.S3Credentials(CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey())));
        server.createBucket("archive");
        return server;
    }

    private static Log openLog(EmbeddedBrokers brokers) {
        TopicSpec topic = TopicSpec.of("wal", 2).withReplication(1, 1);
        return KafkaLog.open(KafkaLogConfig.of(KafkaConnection.to(brokers.bootstrapServers()), topic));
    }

    private static Archiver start(Log log, ObjectStore store) {
        return Archiver.start(
                log,
                store,
                ArchiverSettings.defaults(),
                InstantSource.system(),
                new SplittableRandom(7),
                new SimpleMeterRegistry());
    }

    private static void awaitArchived(Archiver archiver, Lsn end) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> archiver.status().getFirst().end().equals(Optional.of(end)));
    }
}
