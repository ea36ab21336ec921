package io.tidemark.router.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/** What becomes of a parameter. */
public sealed interface Support {
    Support SUPPORTED = new Supported();

    record Supported() implements Support {}

    /**
     * Accepted, without effect.
     *
     * @param reason why that is no harm
     */
    record Ignored(String reason) implements Support {}

    /**
     * Answered with an error.
     *
     * @param what is not supported: the error and the compatibility page name it
     * @param when whether a value of the parameter asks for it
     */
    record Refused(String what, Predicate<JsonNode> when) implements Support {}

    /**
     * Answered as the service answers where there is nothing of the kind.
     *
     * @param how for the compatibility page
     */
    record Absent(String how) implements Support {}
}
