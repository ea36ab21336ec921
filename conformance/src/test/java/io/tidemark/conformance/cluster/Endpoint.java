package io.tidemark.conformance.cluster;

import io.tidemark.conformance.http.ApiClient;
import java.net.URI;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Where a service listens, and a key pair that may do everything. */
public record Endpoint(URI uri, AwsCredentialsIdentity credentials) {
    /** A client of its own. */
    public ApiClient client() {
        return new ApiClient(uri, credentials);
    }
}
