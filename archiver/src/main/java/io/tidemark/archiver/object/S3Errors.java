package io.tidemark.archiver.object;

import io.tidemark.archiver.object.ObjectStoreException.Kind;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What S3's answers mean to us (Amazon S3 API reference, "Error responses"). */
final class S3Errors {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;

    /** Sent with other status codes by some stores. */
    private static final Set<String> TEMPORARY_CODES = Set.of(
            "SlowDown", "Throttling", "RequestTimeout", "OperationAborted", "ServiceUnavailable", "InternalError");

    private S3Errors() {}

    /** 412: the key is taken; 409: somebody else is writing it at this moment. */
    static boolean isKeyTaken(AwsServiceException e) {
        return e.statusCode() == PRECONDITION_FAILED
                || (e.statusCode() == CONFLICT && code(e).equals("ConditionalRequestConflict"));
    }

    static boolean isNoSuchKey(AwsServiceException e) {
        return code(e).equals("NoSuchKey");
    }

    static ObjectStoreException toObjectStoreException(String action, S3Settings settings, SdkException e) {
        String subject = action + " in " + settings.location() + ": ";
        if (!(e instanceof AwsServiceException answer)) {
            return new ObjectStoreException(Kind.UNAVAILABLE, subject + "no answer: " + e.getMessage(), e);
        }
        String said = "the store answered " + answer.statusCode() + " " + code(answer);
        return switch (kind(answer)) {
            case UNAVAILABLE -> new ObjectStoreException(Kind.UNAVAILABLE, subject + said, e);
            case NO_BUCKET ->
                new ObjectStoreException(
                        Kind.NO_BUCKET,
                        subject
                                + "the bucket does not exist; create it, or correct bucket and endpoint in the configuration",
                        e);
            case UNAUTHORIZED ->
                new ObjectStoreException(
                        Kind.UNAUTHORIZED,
                        subject + said + "; check the credentials, what they are allowed to do, and the clock",
                        e);
            case REFUSED -> new ObjectStoreException(Kind.REFUSED, subject + said + ": " + e.getMessage(), e);
        };
    }

    private static Kind kind(AwsServiceException e) {
        String code = code(e);
        if (code.equals("NoSuchBucket")) {
            return Kind.NO_BUCKET;
        }
        if (e.statusCode() == UNAUTHORIZED || e.statusCode() == FORBIDDEN) {
            return Kind.UNAUTHORIZED;
        }
        if (e.statusCode() == NOT_IMPLEMENTED) {
            return Kind.REFUSED;
        }
        if (e.statusCode() >= FIRST_SERVER_ERROR
                || e.statusCode() == TOO_MANY_REQUESTS
                || e.statusCode() == REQUEST_TIMEOUT
                || TEMPORARY_CODES.contains(code)) {
            return Kind.UNAVAILABLE;
        }
        return Kind.REFUSED;
    }

    private static String code(AwsServiceException e) {
        if (e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null) {
            return "";
        }
        return e.awsErrorDetails().errorCode();
    }
}
