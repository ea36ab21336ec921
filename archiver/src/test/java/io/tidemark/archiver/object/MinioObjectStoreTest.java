package io.tidemark.archiver.object;

import io.tidemark.embedded.ContainerImages;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
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

    private static MinIOContainer minio;

    @BeforeAll
    static void startServer() {
        ContainerImages.obstacle(IMAGE).ifPresent(Assumptions::abort);
        minio = new MinIOContainer(DockerImageName.parse(IMAGE));
        minio.start();
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
