package io.tidemark.router.auth;

import io.tidemark.router.error.SignatureErrors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Verifies AWS Signature Version 4, in the header or in the query of a presigned request. Checks in the order of the service.
 * Thread-safe. Source: "Create a signed AWS API request" of the AWS IAM user guide.
 */
public final class SignatureVerifier {
    /** How far a client's clock may be off. */
    static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HOST = "host";
    private static final String SESSION_TOKEN = "X-Amz-Security-Token";
    private static final long MAX_EXPIRY_SECONDS = Duration.ofDays(7).toSeconds();
    private static final int MAX_EXPIRY_DIGITS = 6;
    private static final DateTimeFormatter BASIC_FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final Credentials credentials;
    private final InstantSource clock;
    private final SigningKeys signingKeys = new SigningKeys();

    public SignatureVerifier(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * @return whose key signed the request
     * @throws io.tidemark.router.error.ApiException if it is not signed, or not rightly
     */
    public KeyPair verify(SignedRequest request) {
        String target = request.path();
        int questionMark = target.indexOf('?');
        Query query = questionMark < 0 ? Query.EMPTY : Query.parse(target.substring(questionMark + 1));
        SignatureFields fields = SignatureFields.of(request, query);
        requireCurrent(fields);
        if (!fields.signedHeaders().contains(HOST)) {
            throw SignatureErrors.hostNotSigned();
        }
        if (!fields.algorithm().equals(ALGORITHM)) {
            throw SignatureErrors.unsupportedAlgorithm(fields.algorithm());
        }
        CredentialScope scope = CredentialScope.parse(fields.credential());
        scope.require(fields.date());
        KeyPair keyPair = credentials.keyPair(scope.accessKeyId()).orElseThrow(SignatureErrors::unknownKey);
        String path = questionMark < 0 ? target : target.substring(0, questionMark);
        requireSignature(request, path, query, fields, scope, keyPair);
        if (request.header(SESSION_TOKEN.toLowerCase(Locale.ROOT)) != null || query.has(SESSION_TOKEN)) {
            throw SignatureErrors.unknownSessionToken();
        }
        return keyPair;
    }

    private void requireCurrent(SignatureFields fields) {
        Instant signed = instant(fields.date());
        Instant now = clock.instant();
        Duration validity = MAX_CLOCK_SKEW;
        if (fields.expires().isPresent()) {
            validity = expiry(fields.expires().get());
        }
        if (signed.isBefore(now.minus(validity))) {
            throw SignatureErrors.expired(fields.date(), text(now.minus(validity)), text(now), validity.toMinutes());
        }
        if (signed.isAfter(now.plus(MAX_CLOCK_SKEW))) {
            throw SignatureErrors.notYetCurrent(
                    fields.date(), text(now.plus(MAX_CLOCK_SKEW)), text(now), MAX_CLOCK_SKEW.toMinutes());
        }
    }

    private static Duration expiry(String seconds) {
        if (!seconds.isEmpty()
                && seconds.length() <= MAX_EXPIRY_DIGITS
                && seconds.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long value = Long.parseLong(seconds);
            if (value > 0 && value <= MAX_EXPIRY_SECONDS) {
                return Duration.ofSeconds(value);
            }
        }
        throw SignatureErrors.unsupportedExpiry(seconds);
    }

    private static Instant instant(String date) {
        try {
            return LocalDateTime.parse(date, BASIC_FORMAT).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            throw SignatureErrors.unreadableDate(date);
        }
    }

    private static String text(Instant instant) {
        return BASIC_FORMAT.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    private void requireSignature(
            SignedRequest request,
            String path,
            Query query,
            SignatureFields fields,
            CredentialScope scope,
            KeyPair keyPair) {
        String canonical = canonicalRequest(request, path, query, fields);
        String stringToSign = ALGORITHM + "\n" + fields.date() + "\n" + scope.text() + "\n"
                + Sha256.hex(canonical.getBytes(StandardCharsets.UTF_8));
        String expected = HexFormat.of().formatHex(signingKeys.sign(scope, keyPair, stringToSign));
        if (!MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), fields.signature().getBytes(StandardCharsets.UTF_8))) {
            throw SignatureErrors.signatureMismatch();
        }
    }

    private static String canonicalRequest(SignedRequest request, String path, Query query, SignatureFields fields) {
        StringBuilder text = new StringBuilder(512)
                .append(request.method())
                .append('\n')
                .append(path.isEmpty() ? "/" : UriEncoding.encodePath(path))
                .append('\n')
                .append(query.canonical(SignatureFields.SIGNATURE_PARAMETER))
                .append('\n');
        for (String name : fields.signedHeaders()) {
            text.append(name).append(':');
            appendValues(text, request.headers(name));
            text.append('\n');
        }
        return text.append('\n')
                .append(String.join(";", fields.signedHeaders()))
                .append('\n')
                .append(request.bodySha256())
                .toString();
    }

    /** Joined by commas, each trimmed, runs of spaces made one. */
    private static void appendValues(StringBuilder text, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            String value = values.get(i).strip();
            for (int j = 0; j < value.length(); j++) {
                char c = value.charAt(j);
                if (c != ' ' || value.charAt(j - 1) != ' ') {
                    text.append(c);
                }
            }
        }
    }
}
