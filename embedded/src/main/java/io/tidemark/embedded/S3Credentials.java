package io.tidemark.embedded;

/** What a client of the S3 server must sign its requests with. */
public record S3Credentials(String accessKey, String secretKey) {

    public S3Credentials {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("The S3 server needs an access key and a secret key");
        }
    }

    /** Names the access key alone. */
    @Override
    public String toString() {
        return "S3Credentials[accessKey=" + accessKey + "]";
    }
}
