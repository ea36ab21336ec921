package io.tidemark.archiver.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.archiver.object.ObjectStoreException.Kind;
import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.embedded.S3Config;
import io.tidemark.schema.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedS3ObjectStoreTest extends ObjectStoreContract {
    private static final S3Credentials CREDENTIALS = new S3Credentials("tidemark", "tidemark-secret");

    @TempDir
    static Path directory;

    private static EmbeddedS3 server;
    private static int buckets;

    private String bucket;
    private ObjectStore store;

    @BeforeAll
    static void startServer() {
        server = EmbeddedS3.start(S3Config.inDirectory(
                directory,
                new io.tidemark.embedded.S3Credentials(CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey())));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void openStore() {
        bucket = "bucket-" + buckets++;
        server.createBucket(bucket);
        store = S3ObjectStore.open(settings(server.endpoint(), bucket, "", CREDENTIALS));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    ObjectStore store() {
        return store;
    }

    @Test
    void aStoreUnderAPrefixSeesItsOwnKeysOnly() {
        try (ObjectStore part = S3ObjectStore.open(settings(server.endpoint(), bucket, "cluster/one/", CREDENTIALS))) {
            part.putIfAbsent("wal/a", Bytes.EMPTY);
            part.putIfAbsent("wal/b", Bytes.EMPTY);
            store.putIfAbsent("wal/c", Bytes.EMPTY);

            assertThat(part.list("wal/", Optional.empty(), 10))
                    .extracting(ObjectStore.ObjectSummary::key)
                    .containsExactly("wal/a", "wal/b");
            assertThat(part.list("wal/", Optional.of("wal/a"), 10))
                    .extracting(ObjectStore.ObjectSummary::key)
                    .containsExactly("wal/b");
            assertThat(part.get("wal/c")).isEmpty();
            assertThat(store.get("cluster/one/wal/a")).isPresent();
        }
    }

    @Test
    void aMissingBucketIsNamedWithItsEndpoint() {
        try (ObjectStore missing = S3ObjectStore.open(settings(server.endpoint(), "no-such-bucket", "", CREDENTIALS))) {
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(() -> missing.putIfAbsent("key", Bytes.EMPTY))
                    .withMessageContaining("no-such-bucket")
                    .withMessageContaining(server.endpoint().toString())
                    .withMessageContaining("create it")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NO_BUCKET));
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(() -> missing.list("", Optional.empty(), 1))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NO_BUCKET));
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(() -> missing.get("key"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NO_BUCKET));
        }
    }

    @Test
    void wrongCredentialsAreToldApart() {
        for (S3Credentials wrong : new S3Credentials[] {
            new S3Credentials("nobody", CREDENTIALS.secretAccessKey()),
            new S3Credentials(CREDENTIALS.accessKeyId(), "wrong-secret")
        }) {
            try (ObjectStore refused = S3ObjectStore.open(settings(server.endpoint(), bucket, "", wrong))) {
                assertThatExceptionOfType(ObjectStoreException.class)
                        .isThrownBy(() -> refused.putIfAbsent("key", Bytes.EMPTY))
                        .withMessageContaining("check the credentials")
                        .withMessageNotContaining(wrong.secretAccessKey())
                        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED));
            }
        }
    }

    @Test
    void aStoreThatCannotBeReachedIsUnavailable() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (ObjectStore unreachable = S3ObjectStore.open(settings(nobody, bucket, "", CREDENTIALS))) {
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(() -> unreachable.get("key"))
                    .withMessageContaining(nobody.toString())
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsUnavailableAfterTheTimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ObjectStore waiting = S3ObjectStore.open(settings(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()),
                        bucket,
                        "",
                        CREDENTIALS,
                        Duration.ofMillis(300)))) {
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(() -> waiting.get("key"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        }
    }

    @Test
    void theBucketCheckPassesAndPassesAgain() {
        BucketCheck.run(store);
        BucketCheck.run(store);

        assertThat(store.list("", Optional.empty(), 10))
                .extracting(ObjectStore.ObjectSummary::key)
                .containsExactly(BucketCheck.PROBE_KEY);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3Settings.of(URI.create("localhost:9000"), "bucket", CREDENTIALS))
                .withMessageContaining("http://host:9000");
        assertThatIllegalArgumentException().isThrownBy(() -> S3Settings.of(server.endpoint(), " ", CREDENTIALS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(server.endpoint(), bucket, "no-slash", CREDENTIALS));
        assertThat(S3Settings.of(server.endpoint(), bucket, CREDENTIALS).toString())
                .doesNotContain(CREDENTIALS.secretAccessKey());
    }

    private static S3Settings settings(URI endpoint, String bucket, String prefix, S3Credentials credentials) {
        return settings(endpoint, bucket, prefix, credentials, Duration.ofSeconds(10));
    }

    private static S3Settings settings(
            URI endpoint, String bucket, String prefix, S3Credentials credentials, Duration attemptTimeout) {
        return new S3Settings(
                Optional.of(endpoint),
                S3Settings.DEFAULT_REGION,
                bucket,
                prefix,
                Optional.of(credentials),
                true,
                false,
                S3Settings.DEFAULT_CONNECT_TIMEOUT,
                attemptTimeout,
                Duration.ofSeconds(15),
                2);
    }
}
