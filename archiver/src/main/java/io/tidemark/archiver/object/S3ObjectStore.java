package io.tidemark.archiver.object;

import io.tidemark.archiver.object.ObjectStoreException.Kind;
import io.tidemark.schema.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of S3 or a store that speaks its protocol. Thread-safe. */
public final class S3ObjectStore implements ObjectStore {
    /** Larger objects are not ours, and are refused instead of being read into memory. */
    static final long MAX_OBJECT_BYTES = 256L << 20;

    private static final int MAX_CONNECTIONS = 16;
    private static final int PAGE_KEYS = 1000;

    private final S3Settings settings;
    private final S3Client client;

    private S3ObjectStore(S3Settings settings, S3Client client) {
        this.settings = settings;
        this.client = client;
    }

    /**
     * Connects lazily: neither bucket nor endpoint are looked at.
     *
     * @throws ObjectStoreException with kind UNAUTHORIZED if credentials are wanted from the SDK's default chain, and it
     *     finds none
     */
    public static S3ObjectStore open(S3Settings settings) {
        AwsCredentialsProvider credentials = credentials(settings);
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                .requestChecksumCalculation(
                        settings.requestChecksums()
                                ? RequestChecksumCalculation.WHEN_SUPPORTED
                                : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(MAX_CONNECTIONS)
                        .connectionTimeout(settings.connectTimeout())
                        .socketTimeout(settings.attemptTimeout()))
                .overrideConfiguration(configuration -> configuration
                        .apiCallAttemptTimeout(settings.attemptTimeout())
                        .apiCallTimeout(settings.callTimeout())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(settings.maxAttempts())
                                .build()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return new S3ObjectStore(settings, builder.build());
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        if (settings.credentials().isPresent()) {
            S3Credentials given = settings.credentials().get();
            return StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(given.accessKeyId(), given.secretAccessKey()));
        }
        AwsCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
        try {
            chain.resolveCredentials();
            return chain;
        } catch (SdkException e) {
            throw new ObjectStoreException(
                    Kind.UNAUTHORIZED,
                    "no credentials for " + settings.location()
                            + ": set them in the configuration, or where the AWS SDK looks (environment, profile, role)",
                    e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, Bytes content) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(bucketKey(key))
                .ifNoneMatch("*")
                .build();
        RequestBody body = RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content.array()), content.length(), "application/octet-stream");
        return call("write " + key, () -> {
            try {
                client.putObject(request, body);
                return true;
            } catch (AwsServiceException e) {
                if (S3Errors.isKeyTaken(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<Bytes> get(String key) {
        String bucketKey = bucketKey(key);
        return call("read " + key, () -> {
            try {
                return Optional.of(client.getObject(
                        request -> request.bucket(settings.bucket()).key(bucketKey),
                        (response, content) -> readContent(key, response, content)));
            } catch (AwsServiceException e) {
                if (S3Errors.isNoSuchKey(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private Bytes readContent(String key, GetObjectResponse response, InputStream content) {
        long length = response.contentLength();
        if (length > MAX_OBJECT_BYTES) {
            throw new ObjectStoreException(
                    Kind.REFUSED,
                    "read " + key + " in " + settings.location() + ": it has " + length + " bytes, more than "
                            + MAX_OBJECT_BYTES + ": no such object was ever written here");
        }
        try {
            byte[] bytes = content.readNBytes((int) length);
            if (bytes.length < length) {
                throw RetryableException.create("connection ended after " + bytes.length + " of " + length + " bytes");
            }
            return Bytes.wrap(bytes);
        } catch (IOException e) {
            throw RetryableException.create("cannot read the content of " + key, e);
        }
    }

    @Override
    public List<ObjectSummary> list(String prefix, Optional<String> after, int limit) {
        List<ObjectSummary> found = new ArrayList<>();
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(settings.bucket()).prefix(settings.prefix() + prefix);
        after.ifPresent(key -> request.startAfter(settings.prefix() + key));
        while (found.size() < limit) {
            ListObjectsV2Request page =
                    request.maxKeys(Math.min(PAGE_KEYS, limit - found.size())).build();
            ListObjectsV2Response response = call("list " + prefix, () -> client.listObjectsV2(page));
            for (S3Object object : response.contents()) {
                found.add(new ObjectSummary(
                        object.key().substring(settings.prefix().length()), object.size()));
            }
            if (!Boolean.TRUE.equals(response.isTruncated())
                    || response.contents().isEmpty()) {
                break;
            }
            request.continuationToken(response.nextContinuationToken());
        }
        return List.copyOf(found);
    }

    @Override
    public void delete(String key) {
        String bucketKey = bucketKey(key);
        call(
                "delete " + key,
                () -> client.deleteObject(
                        request -> request.bucket(settings.bucket()).key(bucketKey)));
    }

    /** Makes the bucket unless it is there and belongs to these credentials. */
    public void createBucketIfAbsent() {
        call("create the bucket", () -> {
            try {
                return client.createBucket(request -> request.bucket(settings.bucket()));
            } catch (BucketAlreadyOwnedByYouException there) {
                return CreateBucketResponse.builder().build();
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }

    private String bucketKey(String key) {
        ObjectKey.encode(key);
        String bucketKey = settings.prefix() + key;
        ObjectKey.encode(bucketKey);
        return bucketKey;
    }

    private <T> T call(String action, Supplier<T> operation) {
        try {
            return operation.get();
        } catch (SdkException e) {
            if (e.getCause() instanceof ObjectStoreException own) {
                throw own;
            }
            throw S3Errors.toObjectStoreException(action, settings, e);
        }
    }
}
