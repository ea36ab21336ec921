package io.tidemark.launcher.demo;

/** A step of the demo failed in a way that leaves nothing to go on with; its log has said why. */
final class DemoFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
