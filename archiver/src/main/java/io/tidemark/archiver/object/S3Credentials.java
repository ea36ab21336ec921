package io.tidemark.archiver.object;

/** A static access key. Never printed. */
public record S3Credentials(String accessKeyId, String secretAccessKey) {
    public S3Credentials {
        if (accessKeyId.isBlank() || secretAccessKey.isBlank()) {
            throw new IllegalArgumentException("S3 credentials need an access key id and a secret access key");
        }
    }

    @Override
    public String toString() {
        return "S3Credentials[hidden]";
    }
}
