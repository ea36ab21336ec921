package io.tidemark.archiver.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.archiver.object.ObjectStoreException.Kind;
import io.tidemark.schema.Bytes;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every server that speaks S3's protocol must do for us. */
abstract class S3ObjectStoreContract extends ObjectStoreContract {
    private static int buckets;

    private String bucket;
    private ObjectStore store;

    abstract URI endpoint();

    abstract S3Credentials credentials();

    abstract void createBucket(String name);

    @BeforeEach
    void openStore() {
        bucket = "bucket-" + buckets++;
        createBucket(bucket);
        store = S3ObjectStore.open(settings(endpoint(), bucket, "", credentials()));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    ObjectStore store() {
        return store;
    }

    String bucket() {
        return bucket;
    }

    @Test
    void aStoreUnderAPrefixSeesItsOwnKeysOnly() {
        try (ObjectStore part = S3ObjectStore.open(settings(endpoint(), bucket, "cluster/one/", credentials()))) {
            part.putIfAbsent("wal/a", Bytes.EMPTY);
            part.putIfAbsent("wal/b", Bytes.EMPTY);
            store().putIfAbsent("wal/c", Bytes.EMPTY);

            assertThat(part.list("wal/", Optional.empty(), 10))
                    .extracting(ObjectStore.ObjectSummary::key)
                    .containsExactly("wal/a", "wal/b");
            assertThat(part.list("wal/", Optional.of("wal/a"), 10))
                    .extracting(ObjectStore.ObjectSummary::key)
                    .containsExactly("wal/b");
            assertThat(part.get("wal/c")).isEmpty();
            assertThat(store().get("cluster/one/wal/a")).isPresent();
        }
    }

    @Test
    void aMissingBucketIsNamedWithItsEndpoint() {
        try (ObjectStore missing = S3ObjectStore.open(settings(endpoint(), "no-such-bucket", "", credentials()))) {
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(() -> missing.putIfAbsent("key", Bytes.EMPTY))
                    .withMessageContaining("no-such-bucket")
                    .withMessageContaining(endpoint().toString())
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
            new S3Credentials("nobody", credentials().secretAccessKey()),
            new S3Credentials(credentials().accessKeyId(), "wrong-secret")
        }) {
            try (ObjectStore refused = S3ObjectStore.open(settings(endpoint(), bucket, "", wrong))) {
                assertThatExceptionOfType(ObjectStoreException.class)
                        .isThrownBy(() -> refused.putIfAbsent("key", Bytes.EMPTY))
                        .withMessageContaining("check the credentials")
                        .withMessageNotContaining(wrong.secretAccessKey())
                        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED));
            }
        }
    }

    @Test
    void theBucketCheckPassesAndPassesAgain() {
        BucketCheck.run(store());
        BucketCheck.run(store());

        assertThat(store().list("", Optional.empty(), 10))
                .extracting(ObjectStore.ObjectSummary::key)
                .containsExactly(BucketCheck.PROBE_KEY);
    }

    static S3Settings settings(URI endpoint, String bucket, String prefix, S3Credentials credentials) {
        return settings(endpoint, bucket, prefix, credentials, Duration.ofSeconds(10));
    }

    static S3Settings settings(
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

    @Test
    void aBucketThatIsMadeTwiceKeepsItsObjects() {
        try (S3ObjectStore store = S3ObjectStore.open(settings(endpoint(), "made-by-store", "", credentials()))) {
            store.createBucketIfAbsent();
            store.putIfAbsent("key", Bytes.wrap(new byte[] {1}));

            store.createBucketIfAbsent();

            assertThat(store.get("key")).contains(Bytes.wrap(new byte[] {1}));
        }
    }
}
