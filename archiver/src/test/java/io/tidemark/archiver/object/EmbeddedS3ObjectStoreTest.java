package io.tidemark.archiver.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.archiver.object.ObjectStoreException.Kind;
import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.embedded.S3Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedS3ObjectStoreTest extends S3ObjectStoreContract {
    private static final S3Credentials CREDENTIALS = new S3Credentials("tidemark", "tidemark-secret");

    @TempDir
    static Path directory;

    private static EmbeddedS3 server;

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

    @Override
    URI endpoint() {
        return server.endpoint();
    }

    @Override
    S3Credentials credentials() {
        return CREDENTIALS;
    }

    @Override
    void createBucket(String name) {
        server.createBucket(name);
    }

    @Test
    void aStoreThatCannotBeReachedIsUnavailable() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (ObjectStore unreachable = S3ObjectStore.open(settings(nobody, bucket(), "", CREDENTIALS))) {
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
                        bucket(),
                        "",
                        CREDENTIALS,
                        Duration.ofMillis(300)))) {
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(() -> waiting.get("key"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        }
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3Settings.of(URI.create("localhost:9000"), "bucket", CREDENTIALS))
                .withMessageContaining("http://host:9000");
        assertThatIllegalArgumentException().isThrownBy(() -> S3Settings.of(server.endpoint(), " ", CREDENTIALS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(server.endpoint(), bucket(), "no-slash", CREDENTIALS));
        assertThat(S3Settings.of(server.endpoint(), bucket(), CREDENTIALS).toString())
                .doesNotContain(CREDENTIALS.secretAccessKey());
    }
}
