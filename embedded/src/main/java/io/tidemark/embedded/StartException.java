package io.tidemark.embedded;

/** A broker or the S3 server could not be started; what it had taken is given back. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Reason {
        /** Another process, or another server of this one, uses the data directory: stop it, or name another directory. */
        DIRECTORY_IN_USE,
        /** The data directory cannot be read or written. */
        DIRECTORY_UNUSABLE,
        /** The data directory was written by another cluster, or by one with other zones. */
        DIRECTORY_OF_ANOTHER_CLUSTER,
        /** Something else listens on the port: stop it, or choose another port. */
        PORT_IN_USE,
        /** The address is not one of this machine, or the port is reserved to privileged users. */
        ADDRESS_UNUSABLE,
        /** The server did not start in time, or failed while starting; the cause says more. */
        FAILED
    }

    private final Reason reason;

    StartException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    StartException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
