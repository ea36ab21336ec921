package io.tidemark.schema.catalog;

import io.tidemark.schema.RequestId;

/**
 * A catalog command with all that its record says about it.
 *
 * @param semanticsVersion the rules that it was written for; a catalog that meets a newer one stops
 */
public record CatalogEnvelope(int semanticsVersion, RequestId requestId, CatalogCommand command) {
    /**
     * The newest version of the catalog's rules that this build can apply. Version 2 added capacity, deletion protection, tags
     * and time to live, version 3 the table's class and the limits of tables on demand; what was written for an older version
     * means what it meant.
     */
    public static final int CURRENT_VERSION = 3;

    public CatalogEnvelope {
        if (semanticsVersion < command.sinceVersion()) {
            throw new IllegalArgumentException(
                    "semantics version must be at least " + command.sinceVersion() + ": " + semanticsVersion);
        }
    }

    /** For the oldest rules that know the command. */
    public static CatalogEnvelope of(RequestId requestId, CatalogCommand command) {
        return new CatalogEnvelope(command.sinceVersion(), requestId, command);
    }
}
