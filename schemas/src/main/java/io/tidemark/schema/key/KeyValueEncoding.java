package io.tidemark.schema.key;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.value.Utf8;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One key value as bytes whose unsigned order is DynamoDB's order of the values. No encoding is a prefix of another.
 *
 * <ul>
 *   <li>Text and binary: type tag, the bytes (text as UTF-8) with 00 written as {@code 00 FF}, and {@code 00 01} at the end.
 *   <li>Numbers: type tag, then a sign byte (1 negative, 2 zero, 3 positive). Unless zero: the decimal exponent of the leading
 *       digit plus 130 in one byte, the significant digits two a byte as 1 to 100 (an odd last digit followed by 0), and 00 at
 *       the end. After a negative sign all these bytes are complemented.
 * </ul>
 */
final class KeyValueEncoding {
    /** Length of what ends text and binary. */
    static final int TERMINATOR_BYTES = 2;

    private static final byte TAG_NUMBER = 1;
    private static final byte TAG_STRING = 2;
    private static final byte TAG_BINARY = 3;

    private static final byte ESCAPED_ZERO = (byte) 0xFF;
    private static final byte TERMINATOR = 1;

    private static final int NEGATIVE = 1;
    private static final int ZERO = 2;
    private static final int POSITIVE = 3;

    private KeyValueEncoding() {}

    /** @throws IllegalArgumentException if the value is of a type that keys cannot have */
    static byte[] encode(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S text -> escape(TAG_STRING, text.value().getBytes(StandardCharsets.UTF_8));
            case AttributeValue.B binary -> escape(TAG_BINARY, binary.value().array());
            case AttributeValue.N number -> number(number.value().value());
            default -> throw new IllegalArgumentException("no key value: " + value.type());
        };
    }

    private static byte[] escape(byte tag, byte[] content) {
        int zeros = 0;
        for (byte b : content) {
            if (b == 0) {
                zeros++;
            }
        }
        byte[] encoded = new byte[1 + content.length + zeros + TERMINATOR_BYTES];
        int position = 0;
        encoded[position++] = tag;
        for (byte b : content) {
            encoded[position++] = b;
            if (b == 0) {
                encoded[position++] = ESCAPED_ZERO;
            }
        }
        encoded[position + 1] = TERMINATOR;
        return encoded;
    }

    private static byte[] number(BigDecimal value) {
        int signum = value.signum();
        if (signum == 0) {
            return new byte[] {TAG_NUMBER, ZERO};
        }
        String digits = value.unscaledValue().abs().toString();
        int pairs = (digits.length() + 1) / 2;
        byte[] encoded = new byte[3 + pairs + 1];
        encoded[0] = TAG_NUMBER;
        encoded[1] = (byte) (signum < 0 ? NEGATIVE : POSITIVE);
        encoded[2] = (byte) (digits.length() - value.scale() - 1 - Decimal.MIN_EXPONENT);
        for (int i = 0; i < pairs; i++) {
            int high = digits.charAt(2 * i) - '0';
            int low = 2 * i + 1 < digits.length() ? digits.charAt(2 * i + 1) - '0' : 0;
            encoded[3 + i] = (byte) (10 * high + low + 1);
        }
        if (signum < 0) {
            for (int i = 2; i < encoded.length; i++) {
                encoded[i] = (byte) ~encoded[i];
            }
        }
        return encoded;
    }

    /** Reads encoded values one after the other; strictly, so that every value has one encoding. */
    static final class Cursor {
        private final byte[] bytes;
        private int position;

        Cursor(byte[] bytes, int start) {
            this.bytes = bytes;
            this.position = start;
        }

        /** @throws IllegalArgumentException if no value of that type starts here */
        AttributeValue read(KeyType type) {
            return switch (type) {
                case S -> new AttributeValue.S(text(unescape(TAG_STRING)));
                case B -> new AttributeValue.B(Bytes.wrap(unescape(TAG_BINARY)));
                case N -> new AttributeValue.N(readNumber());
            };
        }

        /** @throws IllegalArgumentException if bytes are left */
        void requireEnd() {
            if (position != bytes.length) {
                throw damaged("bytes after the end");
            }
        }

        private String text(byte[] utf8) {
            String text = new String(utf8, StandardCharsets.UTF_8);
            if (text.indexOf(Utf8.REPLACEMENT) >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
                throw damaged("text that is not UTF-8");
            }
            return text;
        }

        private byte[] unescape(byte tag) {
            requireTag(tag);
            ByteArrayOutputStream content = new ByteArrayOutputStream(bytes.length - position);
            while (true) {
                byte next = next();
                if (next != 0) {
                    content.write(next);
                    continue;
                }
                byte after = next();
                if (after == TERMINATOR) {
                    return content.toByteArray();
                }
                if (after != ESCAPED_ZERO) {
                    throw damaged("an unknown escape");
                }
                content.write(0);
            }
        }

        private Decimal readNumber() {
            requireTag(TAG_NUMBER);
            int sign = next();
            if (sign == ZERO) {
                return Decimal.ZERO;
            }
            if (sign != NEGATIVE && sign != POSITIVE) {
                throw damaged("an unknown sign");
            }
            int mask = sign == NEGATIVE ? 0xFF : 0;
            int exponent = nextUnsigned(mask) + Decimal.MIN_EXPONENT;
            StringBuilder digits = new StringBuilder();
            for (int pair = nextUnsigned(mask); pair != 0; pair = nextUnsigned(mask)) {
                if (pair > 100 || digits.length() >= Decimal.MAX_PRECISION) {
                    throw damaged("digits that are none");
                }
                digits.append((char) ('0' + (pair - 1) / 10)).append((char) ('0' + (pair - 1) % 10));
            }
            return toDecimal(sign == NEGATIVE, exponent, digits);
        }

        private Decimal toDecimal(boolean negative, int exponent, StringBuilder digits) {
            if (digits.isEmpty() || digits.charAt(0) == '0' || digits.lastIndexOf("00") == digits.length() - 2) {
                throw damaged("a number that is not in its shortest form");
            }
            BigInteger unscaled = new BigInteger(digits.toString());
            try {
                return new Decimal(
                        new BigDecimal(negative ? unscaled.negate() : unscaled, digits.length() - 1 - exponent));
            } catch (InvalidValueException e) {
                throw new IllegalArgumentException("store key holds a number out of range", e);
            }
        }

        private void requireTag(byte tag) {
            if (next() != tag) {
                throw damaged("a value of another type");
            }
        }

        private int nextUnsigned(int mask) {
            return (next() & 0xFF) ^ mask;
        }

        private byte next() {
            if (position == bytes.length) {
                throw damaged("a value that does not end");
            }
            return bytes[position++];
        }

        private IllegalArgumentException damaged(String what) {
            return new IllegalArgumentException(
                    "store key holds " + what + " at byte " + position + " of " + bytes.length);
        }
    }
}
