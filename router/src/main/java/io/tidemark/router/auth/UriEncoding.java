package io.tidemark.router.auth;

import java.nio.charset.StandardCharsets;

/** RFC 3986: what is not unreserved becomes a percent sign and two hexadecimal digits in upper case. */
final class UriEncoding {
    private static final String HEX_DIGITS = "0123456789ABCDEF";
    private static final int DIGIT_BITS = 4;
    private static final int DIGIT_MASK = 0xf;

    private UriEncoding() {}

    static String encode(String text) {
        return encode(text, false);
    }

    /** Slashes stay. */
    static String encodePath(String path) {
        return encode(path, true);
    }

    private static String encode(String text, boolean keepSlash) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b) || (keepSlash && b == '/')) {
                encoded.append((char) b);
            } else {
                encoded.append('%')
                        .append(HEX_DIGITS.charAt((b >> DIGIT_BITS) & DIGIT_MASK))
                        .append(HEX_DIGITS.charAt(b & DIGIT_MASK));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }
}
