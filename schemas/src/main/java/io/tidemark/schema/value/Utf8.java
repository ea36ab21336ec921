package io.tidemark.schema.value;

/** What the UTF-8 encoding of a text is like, without encoding it. */
public final class Utf8 {
    /** What Java's decoder puts where bytes are no UTF-8. */
    public static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Whether every surrogate is one of a pair; a text with an unpaired one has no UTF-8 encoding. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** @throws InvalidValueException unless the text is well-formed */
    static String requireWellFormed(String text) {
        if (!isWellFormed(text)) {
            throw new InvalidValueException("text has an unpaired surrogate, for which UTF-8 has no encoding");
        }
        return text;
    }

    /** Bytes of the encoding of a well-formed text. */
    public static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A pair of surrogates is two characters and four bytes.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
