package io.tidemark.router.error;

import java.util.List;

/** What is said of a request that is not signed, or not signed rightly, or whose signer may not do what it asks for. */
public final class SignatureErrors {
    private static final String INVALID_TOKEN = "The security token included in the request is invalid";

    private SignatureErrors() {}

    public static ApiException missingToken() {
        return new ApiException(ErrorType.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
    }

    public static ApiException signedTwice() {
        return invalid("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    }

    /** @param missing at least one of the header's parameters; {@code header} is the header's value */
    public static ApiException incompleteHeader(List<String> missing, boolean dateMissing, String header) {
        StringBuilder text = new StringBuilder();
        missing.forEach(parameter ->
                text.append("Authorization header requires '").append(parameter).append("' parameter. "));
        if (dateMissing) {
            text.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        return incomplete(text.append("Authorization=").append(header).toString());
    }

    /** @param part of the header that has no equals sign */
    public static ApiException notKeyAndValue(String part, String header) {
        return incomplete("'" + part + "' not a valid key=value pair (missing equal-sign) in Authorization header: '"
                + header + "'.");
    }

    public static ApiException incompleteQuery(List<String> missing) {
        StringBuilder text = new StringBuilder();
        missing.forEach(parameter -> text.append("AWS query-string parameters must include '")
                .append(parameter)
                .append("'. "));
        return incomplete(text.append("Re-examine the query-string parameters.").toString());
    }

    public static ApiException unreadableDate(String date) {
        return incomplete("Date must be in ISO-8601 'basic format'. Got '" + date
                + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    public static ApiException unsupportedAlgorithm(String algorithm) {
        return incomplete("Unsupported AWS 'algorithm': '" + algorithm + "' (only AWS4-HMAC-SHA256 for now). ");
    }

    public static ApiException malformedCredential(String credential) {
        return incomplete("Credential must have exactly 5 slash-delimited elements, e.g."
                + " keyid/date/region/service/term, got '" + credential + "'");
    }

    /** @param faults whole sentences, one for each part of the credential's scope that is wrong */
    public static ApiException wrongScope(List<String> faults) {
        return invalid(String.join(" ", faults) + " ");
    }

    public static ApiException hostNotSigned() {
        return invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
    }

    /** Times in ISO-8601 basic format. */
    public static ApiException expired(String signed, String earliest, String now, long skewMinutes) {
        return invalid("Signature expired: " + signed + " is now earlier than " + earliest + " (" + now + " - "
                + skewMinutes + " min.)");
    }

    /** Times in ISO-8601 basic format. */
    public static ApiException notYetCurrent(String signed, String latest, String now, long skewMinutes) {
        return invalid("Signature not yet current: " + signed + " is still later than " + latest + " (" + now + " + "
                + skewMinutes + " min.)");
    }

    public static ApiException unsupportedExpiry(String seconds) {
        return incomplete("X-Amz-Expires must be a number of seconds from 1 to 604800, got '" + seconds + "'");
    }

    public static ApiException signatureMismatch() {
        return invalid("The request signature we calculated does not match the signature you provided. Check your AWS"
                + " Secret Access Key and signing method. Consult the service documentation for details.");
    }

    public static ApiException unknownKey() {
        return new ApiException(ErrorType.UNRECOGNIZED_CLIENT, INVALID_TOKEN + ".");
    }

    /** A session token: key pairs here have none. */
    public static ApiException unknownSessionToken() {
        return new ApiException(ErrorType.UNRECOGNIZED_CLIENT, INVALID_TOKEN);
    }

    public static ApiException accessDenied(String user, String action, String resource) {
        return new ApiException(
                ErrorType.ACCESS_DENIED,
                "User: " + user + " is not authorized to perform: " + action + " on resource: " + resource
                        + " because no identity-based policy allows the " + action + " action");
    }

    private static ApiException incomplete(String message) {
        return new ApiException(ErrorType.INCOMPLETE_SIGNATURE, message);
    }

    private static ApiException invalid(String message) {
        return new ApiException(ErrorType.INVALID_SIGNATURE, message);
    }
}
