package io.tidemark.log;

import io.tidemark.log.LogException.Kind;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What a failure of Kafka's clients means for the caller of a log. */
public final class KafkaErrors {
    private KafkaErrors() {}

    /** @param action what was tried, on which topic and shard */
    public static LogException toLogException(String action, Throwable failure) {
        Throwable cause = unwrap(failure);
        return switch (cause) {
            case LogException already -> already;
            case BufferExhaustedException e ->
                new LogException(
                        Kind.OVERLOADED, action + ": the buffer of unsent records is full; wait, then retry", e);
            case RecordTooLargeException e -> tooLarge(action, e);
            case RecordBatchTooLargeException e -> tooLarge(action, e);
            case AuthenticationException e ->
                new LogException(
                        Kind.UNAUTHORIZED,
                        action + ": the brokers refused the credentials (" + e.getMessage()
                                + "); check the sasl.* and ssl.* client properties, then start again",
                        e);
            case AuthorizationException e ->
                new LogException(
                        Kind.UNAUTHORIZED,
                        action + ": not authorized (" + e.getMessage() + "); grant the ACL, then start again",
                        e);
            case UnknownTopicOrPartitionException e -> missing(action, e);
            case InvalidTopicException e -> missing(action, e);
            case UnsupportedVersionException e ->
                new LogException(
                        Kind.MISCONFIGURED,
                        action + ": the brokers are too old (" + e.getMessage() + "); run Kafka 4.0 or newer",
                        e);
            case ConfigException e ->
                new LogException(Kind.MISCONFIGURED, action + ": " + e.getMessage() + "; fix this setting", e);
            case NotEnoughReplicasException e -> tooFewReplicas(action, e);
            case NotEnoughReplicasAfterAppendException e -> tooFewReplicas(action, e);
            default -> unavailable(action, cause);
        };
    }

    static LogException closed(String action) {
        return new LogException(Kind.CLOSED, action + ": the log has been closed");
    }

    /** What futures and Kafka's constructors wrapped. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof CompletionException
                        || cause instanceof ExecutionException
                        || cause.getClass() == org.apache.kafka.common.KafkaException.class)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static LogException tooLarge(String action, Exception cause) {
        return new LogException(
                Kind.TOO_LARGE, action + ": the record is larger than the topic admits: " + cause.getMessage(), cause);
    }

    private static LogException missing(String action, Exception cause) {
        return new LogException(
                Kind.MISCONFIGURED,
                action + ": the topic or shard does not exist; was it deleted? (" + cause.getMessage() + ")",
                cause);
    }

    private static LogException tooFewReplicas(String action, Exception cause) {
        return new LogException(
                Kind.UNAVAILABLE,
                action + ": fewer brokers are in sync than min.insync.replicas demands; start the missing brokers and"
                        + " repeat with the same request id",
                cause);
    }

    private static LogException unavailable(String action, Throwable cause) {
        return new LogException(
                Kind.UNAVAILABLE,
                action + ": the brokers did not complete it ("
                        + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                        + "); it may or may not have taken effect: repeat it with the same request id",
                cause);
    }
}
