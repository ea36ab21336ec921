package io.tidemark.schema.catalog;

import io.tidemark.schema.RequestId;

/**
 * A catalog command with all that its record says about it.
 *
 * @param semanticsVersion the rules that it was written for; a catalog that meets a newer one stops
 */
public record CatalogEnvelope(int semanticsVersion, RequestId requestId, CatalogCommand command) {
    /** The version of the catalog's rules that this build writes, and the newest that it can apply. */
    public static final int CURRENT_VERSION = 1;

    public CatalogEnvelope {
        if (semanticsVersion < 1) {
            throw new IllegalArgumentException("semantics version must be positive: " + semanticsVersion);
        }
    }

    public static CatalogEnvelope of(RequestId requestId, CatalogCommand command) {
        return new CatalogEnvelope(CURRENT_VERSION, requestId, command);
    }
}
