package io.tidemark.archiver.object;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The object store's contract against MinIO. Skipped where there is no Docker engine, or where it does not have the image;
 * {@code TIDEMARK_PULL_IMAGES=true} lets the test pull it.
 */
class MinioObjectStoreTest extends S3ObjectStoreContract {
    private static final String IMAGE = "minio/minio:RELEASE.2025-09-07T16-13-09Z";
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(5);

    private static MinIOContainer minio;

    @BeforeAll
    static void startServer() throws InterruptedException {
        if (!docker("version")) {
            abort("no Docker engine answers: the object store was not tested against " + IMAGE);
        }
        if (!docker("image", "inspect", IMAGE)) {
            if (!"true".equals(System.getenv("TIDEMARK_PULL_IMAGES"))) {
                abort("the Docker engine has no image " + IMAGE + "; pull it, or set TIDEMARK_PULL_IMAGES=true");
            }
            if (!docker("pull", IMAGE)) {
                abort("image " + IMAGE + " could not be pulled");
            }
        }
        minio = new MinIOContainer(DockerImageName.parse(IMAGE));
        minio.start();
    }

    /** Asks the engine before Testcontainers does, which would wait for minutes and fail where an engine or image is missing. */
    private static boolean docker(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(COMMAND_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void stopServer() {
        if (minio != null) {
            minio.stop();
        }
    }

    @Override
    URI endpoint() {
        return URI.create(minio.getS3URL());
    }

    @Override
    S3Credentials credentials() {
        return new S3Credentials(minio.getUserName(), minio.getPassword());
    }

    @Override
    void createBucket(String name) {
        S3Credentials credentials = credentials();
        try (S3Client client = S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.of(S3Settings.DEFAULT_REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey())))
                .build()) {
            client.createBucket(request -> request.bucket(name));
        }
    }
}
