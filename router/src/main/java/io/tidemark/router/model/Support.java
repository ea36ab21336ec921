package io.tidemark.router.model;

/** What becomes of a parameter. */
public sealed interface Support {
    Support SUPPORTED = new Supported();

    record Supported() implements Support {}

    /**
     * Accepted and told by DescribeTable, without further effect.
     *
     * @param reason what it does not do
     */
    record Kept(String reason) implements Support {}

    /**
     * Accepted, without effect.
     *
     * @param reason why that is no harm
     */
    record Ignored(String reason) implements Support {}

    /**
     * Answered with a ValidationException that says so: by the operation, whose own checks of what else was sent come first.
     *
     * @param what is not supported
     */
    record Refused(String what) implements Support {}

    /**
     * Answered as the service answers where there is nothing of the kind.
     *
     * @param how for the compatibility page
     */
    record Absent(String how) implements Support {}
}
