package io.tidemark.launcher.config;

import java.net.URI;
import java.util.Optional;

/** The bucket that the archive lives in. */
public record S3Section(
        @Setting(meaning = "Address of the S3 service; leave out for AWS", byDefault = "")
        Optional<URI> endpoint,

        @Setting(meaning = "The bucket") String bucket,

        @Setting(meaning = "Make the bucket at the start if it is not there", byDefault = "false")
        boolean createBucket,

        @Setting(meaning = "Region", byDefault = "us-east-1")
        String region,

        @Setting(
                meaning = "Access key; write ${NAME} to take it from the environment. Left out with secretKey, the AWS"
                        + " default chain is asked",
                byDefault = "")
        Optional<String> accessKey,

        @Setting(meaning = "Secret key; write ${NAME} to take it from the environment", byDefault = "")
        Optional<String> secretKey,

        @Setting(
                meaning = "Bucket in the path, as MinIO and Ceph want it, and not in the host name",
                byDefault = "true")
        boolean pathStyle,

        @Setting(meaning = "Send the SDK's trailing checksums; some older stores refuse them", byDefault = "false")
        boolean trailingChecksums) {
    public S3Section {
        Checks.require(!bucket.isBlank(), "bucket", "must not be empty");
        Checks.require(
                accessKey.isPresent() == secretKey.isPresent(), "secretKey", "must be given together with accessKey");
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "S3Section[endpoint=" + endpoint + ", bucket=" + bucket + ", region=" + region + "]";
    }
}
