package io.tidemark.router.auth;

import io.tidemark.router.error.SignatureErrors;
import java.util.ArrayList;
import java.util.List;

/**
 * A parsed credential: {@code keyid/date/region/service/aws4_request}.
 *
 * @param date eight digits
 */
record CredentialScope(String accessKeyId, String date, String region, String service, String terminator) {
    private static final String SERVICE = "dynamodb";
    private static final String TERMINATOR = "aws4_request";
    private static final int PARTS = 5;
    private static final int DATE_LENGTH = 8;

    /** @throws io.tidemark.router.error.ApiException if it has not five parts */
    static CredentialScope parse(String credential) {
        String trimmed = credential;
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        String[] parts = trimmed.split("/", -1);
        if (parts.length != PARTS) {
            throw SignatureErrors.malformedCredential(credential);
        }
        return new CredentialScope(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    /**
     * @param signed ISO-8601 basic format
     * @throws io.tidemark.router.error.ApiException naming all that is wrong
     */
    void require(String signed) {
        List<String> faults = new ArrayList<>();
        if (!isRegion(region)) {
            faults.add("Credential should be scoped to a valid region, not '" + region + "'.");
        }
        if (!service.equals(SERVICE)) {
            faults.add("Credential should be scoped to correct service: '" + SERVICE + "'.");
        }
        if (!terminator.equals(TERMINATOR)) {
            faults.add("Credential should be scoped with a valid terminator: '" + TERMINATOR + "', not '" + terminator
                    + "'.");
        }
        String signedDate = signed.substring(0, DATE_LENGTH);
        if (!date.equals(signedDate)) {
            faults.add("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                    + date + "' != '" + signedDate + "', from '" + signed + "'.");
        }
        if (!faults.isEmpty()) {
            throw SignatureErrors.wrongScope(faults);
        }
    }

    /** What is signed with the request. */
    String text() {
        return date + "/" + region + "/" + service + "/" + terminator;
    }

    /** Every region is this one; a name that could be none is refused. */
    private static boolean isRegion(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }
}
