package io.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.embedded.StartException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class EmbeddedS3Test {

    private static final S3Credentials CREDENTIALS = new S3Credentials("access", "secret");
    private static final String BUCKET = "archive";
    private static final int PRECONDITION_FAILED = 412;

    @TempDir
    Path directory;

    @Test
    void anObjectIsListedAndReadBackAsItWasWritten() {
        try (EmbeddedS3 server = start();
                S3Client client = client(server.endpoint(), CREDENTIALS)) {
            server.createBucket(BUCKET);
            put(client, "wal/0/00000000000000000007.avro", "seven");
            put(client, "wal/0/00000000000000000000.avro", "zero");
            put(client, "wal/1/00000000000000000000.avro", "other shard");

            List<String> keys =
                    client.listObjectsV2(request -> request.bucket(BUCKET).prefix("wal/0/")).contents().stream()
                            .map(S3Object::key)
                            .toList();

            assertThat(keys).containsExactly("wal/0/00000000000000000000.avro", "wal/0/00000000000000000007.avro");
            assertThat(get(client, "wal/0/00000000000000000007.avro")).isEqualTo("seven");
        }
    }

    @Test
    void oneOfManyRacingWritersOfANewObjectWins() throws Exception {
        try (EmbeddedS3 server = start();
                S3Client client = client(server.endpoint(), CREDENTIALS);
                ExecutorService writers = Executors.newFixedThreadPool(8)) {
            server.createBucket(BUCKET);
            List<Future<Boolean>> writes = IntStream.range(0, 8)
                    .mapToObj(writer -> writers.submit(() -> putIfAbsent(client, "key", "writer " + writer)))
                    .toList();

            int winner = -1;
            int winners = 0;
            for (int writer = 0; writer < writes.size(); writer++) {
                if (writes.get(writer).get()) {
                    winner = writer;
                    winners++;
                }
            }

            assertThat(winners).isEqualTo(1);
            assertThat(get(client, "key")).isEqualTo("writer " + winner);
        }
    }

    @Test
    void aRestartKeepsTheObjectsAndTheirPreconditions() {
        try (EmbeddedS3 server = start();
                S3Client client = client(server.endpoint(), CREDENTIALS)) {
            server.createBucket(BUCKET);
            put(client, "key", "before");
        }
        try (EmbeddedS3 server = start();
                S3Client client = client(server.endpoint(), CREDENTIALS)) {
            server.createBucket(BUCKET);
            assertThat(get(client, "key")).isEqualTo("before");
            assertThat(putIfAbsent(client, "key", "after")).isFalse();
            assertThat(get(client, "key")).isEqualTo("before");
        }
    }

    @Test
    void aNewServerHasNoBuckets() {
        try (EmbeddedS3 server = start();
                S3Client client = client(server.endpoint(), CREDENTIALS)) {
            assertThat(client.listBuckets().buckets()).isEmpty();
            assertThatExceptionOfType(NoSuchBucketException.class).isThrownBy(() -> put(client, "key", "value"));
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        try (EmbeddedS3 server = start();
                S3Client client = client(server.endpoint(), new S3Credentials("access", "wrong"))) {
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(client::listBuckets)
                    .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void aDirectoryInUseIsRefusedByName() {
        try (EmbeddedS3 server = start()) {
            assertThat(server.endpoint().getPort()).isPositive();
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(this::start)
                    .withMessageContaining(directory.toString())
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_IN_USE));
        }
    }

    @Test
    void aTakenPortIsRefusedByNumberAndLeavesTheDirectoryFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            S3Config config = new S3Config(directory, HostAndPort.loopback(port), CREDENTIALS);
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> EmbeddedS3.start(config))
                    .withMessageContaining("Port " + port)
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.PORT_IN_USE));
        }
        start().close();
    }

    @Test
    void credentialsAreNeitherEmptyNorPrinted() {
        assertThatThrownBy(() -> new S3Credentials("access", "")).hasMessageContaining("secret key");
        assertThat(CREDENTIALS.toString()).doesNotContain("secret");
    }

    private EmbeddedS3 start() {
        return EmbeddedS3.start(S3Config.inDirectory(directory, CREDENTIALS));
    }

    private static S3Client client(URI endpoint, S3Credentials credentials) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
                .build();
    }

    private static void put(S3Client client, String key, String content) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private static boolean putIfAbsent(S3Client client, String key, String content) {
        try {
            client.putObject(
                    request -> request.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString(content));
            return true;
        } catch (S3Exception refused) {
            assertThat(refused.statusCode()).isEqualTo(PRECONDITION_FAILED);
            return false;
        }
    }

    private static String get(S3Client client, String key) {
        return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asUtf8String();
    }
}
