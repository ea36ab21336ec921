package io.tidemark.client;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** What went wrong on the way to another process, in words that help to mend it. */
public final class NetworkFailure {
    /** Causes of causes that are looked at. */
    private static final int MAX_DEPTH = 8;

    private NetworkFailure() {}

    /** @param failure of whatever library: never named in the answer where its meaning is known */
    public static String describe(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            String known = known(cause);
            if (!known.isEmpty()) {
                return known;
            }
            cause = cause.getCause();
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? "it failed without a word (" + name(failure) + ")" : message;
    }

    private static String known(Throwable cause) {
        return switch (cause) {
            case UnknownHostException host -> "no host of that name is known";
            case UnresolvedAddressException host -> "no host of that name is known";
            case NoRouteToHostException route -> "there is no way to that host";
            case ConnectException connect -> notConnected(connect);
            default -> "";
        };
    }

    private static String notConnected(ConnectException connect) {
        if (isUnresolved(connect)) {
            return "no host of that name is known";
        }
        String message = String.valueOf(connect.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("timed out") || name(connect).contains("Timeout")
                ? "no answer: a wrong address, a firewall, or the host is down"
                : "nothing listens there";
    }

    /** The JDK's HTTP client says so in the cause alone. */
    private static boolean isUnresolved(Throwable connect) {
        return connect.getCause() instanceof UnresolvedAddressException
                || (connect.getCause() != null && connect.getCause().getCause() instanceof UnresolvedAddressException);
    }

    private static String name(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
