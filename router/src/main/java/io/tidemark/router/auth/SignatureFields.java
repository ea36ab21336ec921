package io.tidemark.router.auth;

import io.tidemark.router.error.SignatureErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its own signature.
 *
 * @param date ISO-8601 basic format, not yet checked
 * @param signedHeaders names in lower case
 * @param expires of a presigned request: seconds from {@code date}, not yet checked
 */
record SignatureFields(
        String algorithm,
        String credential,
        List<String> signedHeaders,
        String signature,
        String date,
        boolean presigned,
        Optional<String> expires) {
    static final String SIGNATURE_PARAMETER = "X-Amz-Signature";

    private static final String SCHEME = "AWS4-";
    private static final String ALGORITHM_PARAMETER = "X-Amz-Algorithm";
    private static final List<String> HEADER_PARAMETERS = List.of("Credential", "Signature", "SignedHeaders");
    private static final List<String> QUERY_PARAMETERS =
            List.of(ALGORITHM_PARAMETER, "X-Amz-Credential", SIGNATURE_PARAMETER, "X-Amz-SignedHeaders", "X-Amz-Date");

    /** @throws io.tidemark.router.error.ApiException if something is missing */
    static SignatureFields of(SignedRequest request, Query query) {
        String header = request.header("authorization");
        boolean presigned = query.has(ALGORITHM_PARAMETER);
        if (header != null && presigned) {
            throw SignatureErrors.signedTwice();
        }
        if (presigned) {
            return ofQuery(query);
        }
        if (header == null || !header.startsWith(SCHEME)) {
            throw SignatureErrors.missingToken();
        }
        return ofHeader(request, header);
    }

    private static SignatureFields ofQuery(Query query) {
        List<String> missing = new ArrayList<>();
        for (String name : QUERY_PARAMETERS) {
            if (query.value(name).isEmpty()) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw SignatureErrors.incompleteQuery(missing);
        }
        return new SignatureFields(
                query.value(ALGORITHM_PARAMETER),
                query.value("X-Amz-Credential"),
                headerNames(query.value("X-Amz-SignedHeaders")),
                query.value(SIGNATURE_PARAMETER),
                query.value("X-Amz-Date"),
                true,
                query.has("X-Amz-Expires") ? Optional.of(query.value("X-Amz-Expires")) : Optional.empty());
    }

    private static SignatureFields ofHeader(SignedRequest request, String header) {
        int space = header.indexOf(' ');
        String algorithm = space < 0 ? header : header.substring(0, space);
        Map<String, String> parameters = parameters(header, algorithm.length());
        List<String> missing = new ArrayList<>();
        for (String name : HEADER_PARAMETERS) {
            if (parameters.getOrDefault(name, "").isEmpty()) {
                missing.add(name);
            }
        }
        String date = date(request);
        if (!missing.isEmpty() || date == null) {
            throw SignatureErrors.incompleteHeader(missing, date == null, header);
        }
        return new SignatureFields(
                algorithm,
                parameters.getOrDefault("Credential", ""),
                headerNames(parameters.getOrDefault("SignedHeaders", "")),
                parameters.getOrDefault("Signature", ""),
                date,
                false,
                Optional.empty());
    }

    private static Map<String, String> parameters(String header, int start) {
        Map<String, String> parameters = new HashMap<>();
        int length = header.length();
        int position = start;
        while (position < length) {
            int end = position;
            while (end < length && header.charAt(end) != ',' && header.charAt(end) != ' ') {
                end++;
            }
            if (end > position) {
                String part = header.substring(position, end);
                int equals = part.indexOf('=');
                if (equals < 0) {
                    throw SignatureErrors.notKeyAndValue(part, header);
                }
                parameters.put(part.substring(0, equals), part.substring(equals + 1));
            }
            position = end + 1;
        }
        return parameters;
    }

    private static @Nullable String date(SignedRequest request) {
        String date = request.header("x-amz-date");
        return date != null ? date : request.header("date");
    }

    private static List<String> headerNames(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).split(";", -1));
    }
}
