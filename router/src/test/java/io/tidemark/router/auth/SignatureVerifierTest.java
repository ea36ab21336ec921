package io.tidemark.router.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.router.auth.ClientRequest.Signing;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final URI ENDPOINT = URI.create("http://localhost:8000/");
    private static final KeyPair KEY = KeyPair.unrestricted("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "application/x-amz-json-1.0",
            "X-Amz-Target", "DynamoDB_20120810.ListTables",
            "amz-sdk-invocation-id", "4c2a0b44-4d0c-4d7c-8f0a-0d4f1f8f8f10",
            "amz-sdk-request", "attempt=1; max=3");
    private static final byte[] BODY = "{\"Limit\":  1}".getBytes(StandardCharsets.UTF_8);

    private final SignatureVerifier verifier =
            new SignatureVerifier(Credentials.of(List.of(KEY)), InstantSource.fixed(NOW));

    private static ClientRequest signed(Signing signing) {
        return ClientRequest.sign(ENDPOINT, HEADERS, BODY, signing);
    }

    private static ClientRequest signed() {
        return signed(Signing.of(KEY, NOW));
    }

    private void assertRefused(ClientRequest request, ErrorType type, String message) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> verifier.verify(request));
        assertThat(refusal).isNotNull();
        assertThat(refusal.message()).isEqualTo(message);
        assertThat(refusal.type()).isEqualTo(type);
    }

    private void assertMismatch(ClientRequest request) {
        assertRefused(
                request,
                ErrorType.INVALID_SIGNATURE,
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                        + " Access Key and signing method. Consult the service documentation for details.");
    }

    @Test
    void whatTheSdkSignsIsAccepted() {
        assertThat(verifier.verify(signed())).isEqualTo(KEY);
        assertThat(verifier.verify(signed(Signing.of(KEY, NOW).inRegion("eu-central-1"))))
                .isEqualTo(KEY);
    }

    @Test
    void whatTheSdkPresignsIsAcceptedAsLongAsItIsValid() {
        Signing signing = Signing.of(KEY, NOW.minusSeconds(3_000)).presign(Duration.ofHours(1));
        ClientRequest request = signed(signing);
        assertThat(request.headers()).doesNotContainKey("authorization");
        assertThat(verifier.verify(request)).isEqualTo(KEY);
        assertThat(catchThrowableOfType(
                                ApiException.class,
                                () -> verifier.verify(signed(
                                        Signing.of(KEY, NOW.minusSeconds(3_601)).presign(Duration.ofHours(1)))))
                        .message())
                .startsWith("Signature expired: 20260304T040606Z is now earlier than ");
        assertMismatch(request.withPath(request.path().replace("X-Amz-Expires=3600", "X-Amz-Expires=7200")));
    }

    @Test
    void anyBodyHeaderAndQueryIsVerified() {
        long seed = 7_301;
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            Map<String, String> headers = new HashMap<>(HEADERS);
            headers.put("x-custom-" + random.nextInt(5), text(random, " abc  dé=\"/,;") + "x");
            String query =
                    random.nextBoolean() ? "" : "?b=" + random.nextInt() + "&a%20=%2F~" + random.nextInt() + "&c";
            Signing signing = Signing.of(KEY, NOW.plusSeconds(random.nextInt(600) - 300));
            if (random.nextBoolean()) {
                signing = signing.presign(Duration.ofMinutes(10));
            }
            ClientRequest request = ClientRequest.sign(URI.create(ENDPOINT + query), headers, body, signing);
            assertThat(verifier.verify(request))
                    .as("seed %s, request %s", seed, i)
                    .isEqualTo(KEY);
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder("v");
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void anyChangeToWhatWasSignedIsNoticed() {
        assertMismatch(signed().withBody("{\"Limit\": 2}"));
        assertMismatch(signed().with("x-amz-target", "DynamoDB_20120810.DeleteTable"));
        assertMismatch(signed().with("host", "elsewhere:8000"));
        assertMismatch(signed().withPath("/?a=b"));
        assertMismatch(signed().withPath("/other"));
        assertMismatch(signed(Signing.of(KeyPair.unrestricted(KEY.accessKeyId(), "another secret"), NOW)));
        String authorization = signed().header("authorization");
        assertThat(authorization).isNotNull();
        char last = authorization.charAt(authorization.length() - 1);
        assertMismatch(signed().with(
                        "authorization",
                        authorization.substring(0, authorization.length() - 1) + (last == '0' ? '1' : '0')));
    }

    @Test
    void anUnknownKeyIsUnrecognized() {
        assertRefused(
                signed(Signing.of(KeyPair.unrestricted("AKIDOTHER", "x"), NOW)),
                ErrorType.UNRECOGNIZED_CLIENT,
                "The security token included in the request is invalid.");
    }

    @Test
    void aSessionTokenIsUnrecognized() {
        ClientRequest request =
                ClientRequest.sign(ENDPOINT, Map.of("X-Amz-Security-Token", "session"), BODY, Signing.of(KEY, NOW));
        assertRefused(request, ErrorType.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid");
    }

    @Test
    void aClockMayBeOffByFiveMinutes() {
        assertThat(verifier.verify(signed(Signing.of(KEY, NOW.minusSeconds(300)))))
                .isEqualTo(KEY);
        assertThat(verifier.verify(signed(Signing.of(KEY, NOW.plusSeconds(300)))))
                .isEqualTo(KEY);
        assertRefused(
                signed(Signing.of(KEY, NOW.minusSeconds(301))),
                ErrorType.INVALID_SIGNATURE,
                "Signature expired: 20260304T050106Z is now earlier than 20260304T050107Z (20260304T050607Z - 5 min.)");
        assertRefused(
                signed(Signing.of(KEY, NOW.plusSeconds(301))),
                ErrorType.INVALID_SIGNATURE,
                "Signature not yet current: 20260304T051108Z is still later than 20260304T051107Z (20260304T050607Z +"
                        + " 5 min.)");
    }

    @Test
    void whatIsNotSignedLacksAToken() {
        String message = "Request is missing Authentication Token";
        assertRefused(signed().without("authorization"), ErrorType.MISSING_AUTHENTICATION_TOKEN, message);
        for (String header : List.of("AWS4", "X", "Basic dXNlcjpwYXNz", "")) {
            assertRefused(signed().with("authorization", header), ErrorType.MISSING_AUTHENTICATION_TOKEN, message);
        }
        assertRefused(
                signed().without("authorization")
                        .withPath("/?X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=c&X-Amz-Date=d"),
                ErrorType.MISSING_AUTHENTICATION_TOKEN,
                message);
    }

    @Test
    void whatIsSignedTwiceIsInvalid() {
        assertRefused(
                signed().withPath("/?X-Amz-Algorithm"),
                ErrorType.INVALID_SIGNATURE,
                "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    }

    @Test
    void whatIsMissingInTheHeaderIsNamed() {
        ClientRequest request = signed().without("x-amz-date");
        assertRefused(
                request.with("authorization", "AWS4-"),
                ErrorType.INCOMPLETE_SIGNATURE,
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature'"
                        + " parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header"
                        + " requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-");
        for (String header : List.of(
                "AWS4- Signature=b Credential=a",
                "AWS4- Signature=b,Credential=a",
                "AWS4- Signature=b, Credential=a")) {
            assertRefused(
                    request.with("date", "a").with("authorization", header),
                    ErrorType.INCOMPLETE_SIGNATURE,
                    "Authorization header requires 'SignedHeaders' parameter. Authorization=" + header);
        }
        assertRefused(
                signed().with("authorization", "AWS4-HMAC-SHA256 Credential"),
                ErrorType.INCOMPLETE_SIGNATURE,
                "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header:"
                        + " 'AWS4-HMAC-SHA256 Credential'.");
    }

    @Test
    void whatIsMissingInTheQueryIsNamed() {
        ClientRequest request = signed().without("authorization");
        assertRefused(
                request.withPath("/?X-Amz-Algorithm"),
                ErrorType.INCOMPLETE_SIGNATURE,
                "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string parameters must include"
                        + " 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS"
                        + " query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must"
                        + " include 'X-Amz-Date'. Re-examine the query-string parameters.");
        assertRefused(
                request.withPath("/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d"),
                ErrorType.INCOMPLETE_SIGNATURE,
                "AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string"
                        + " parameters.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"201", "Wed, 04 Mar 2026 05:06:07 GMT", "20260304T256799Z", "2026-03-04T05:06:07Z"})
    void aDateThatCannotBeReadIsIncomplete(String date) {
        assertRefused(
                signed().with("x-amz-date", date),
                ErrorType.INCOMPLETE_SIGNATURE,
                "Date must be in ISO-8601 'basic format'. Got '" + date
                        + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=x-amz-date, Signature=1"
                        + " | 'Host' must be a 'SignedHeader' in the AWS Authorization.",
                "AWS4-HMAC-SHA25 Credential=a/b/c/d/e, SignedHeaders=HOST, Signature=1"
                        + " | \"Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). \"",
                "AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=1"
                        + " | Credential must have exactly 5 slash-delimited elements, e.g."
                        + " keyid/date/region/service/term, got 'a/b/c/d'",
                "AWS4-HMAC-SHA256 Credential=a/b/C/d/e, SignedHeaders=host, Signature=1"
                        + " | \"Credential should be scoped to a valid region, not 'C'. Credential should be scoped to"
                        + " correct service: 'dynamodb'. Credential should be scoped with a valid terminator:"
                        + " 'aws4_request', not 'e'. Date in Credential scope does not match YYYYMMDD from ISO-8601"
                        + " version of date from HTTP: 'b' != '20260304', from '20260304T050607Z'. \"",
            })
    void whatIsWrongInTheCredentialIsNamed(String authorization, String message) {
        ApiException refusal = catchThrowableOfType(
                ApiException.class, () -> verifier.verify(signed().with("authorization", authorization)));
        assertThat(refusal.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "604801", "-1", "", "1e3", "99999999999999999999"})
    void anExpiryThatIsNoneIsIncomplete(String seconds) {
        ClientRequest request = signed(Signing.of(KEY, NOW).presign(Duration.ofHours(1)));
        ApiException refusal = catchThrowableOfType(
                ApiException.class,
                () -> verifier.verify(request.withPath(request.path().replace("Expires=3600", "Expires=" + seconds))));
        assertThat(refusal.type()).isEqualTo(ErrorType.INCOMPLETE_SIGNATURE);
    }

    @Test
    void randomHeadersNeverBreakTheVerifier() {
        long seed = 99_173;
        Random random = new Random(seed);
        String alphabet = "AWS4-HMAC-SHA256 Credential=a/,; SignedHeaders=host=Signature%&?é";
        for (int i = 0; i < 2_000; i++) {
            ClientRequest request = signed().with(
                            "authorization", "AWS4-" + text(random, alphabet) + text(random, alphabet))
                    .with("x-amz-date", random.nextBoolean() ? "20260304T050607Z" : text(random, "0123TZ"));
            if (random.nextBoolean()) {
                request = request.without("authorization")
                        .withPath("/?X-Amz-Algorithm=" + text(random, alphabet) + "&" + text(random, alphabet));
            }
            ClientRequest sent = request;
            assertThat(catchThrowableOfType(ApiException.class, () -> verifier.verify(sent)))
                    .as("seed %s, request %s", seed, i)
                    .isNotNull();
        }
    }
}
