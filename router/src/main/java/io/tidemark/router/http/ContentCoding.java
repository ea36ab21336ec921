package io.tidemark.router.http;

import io.tidemark.router.error.ProtocolErrors;
import io.tidemark.router.error.SerializationErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** The codings of bodies that clients of the API use. */
enum ContentCoding {
    GZIP("gzip"),
    DEFLATE("deflate");

    /** Shorter answers are sent as they are; so does the service. */
    static final int MIN_ENCODED_BYTES = 4_096;

    private static final String IDENTITY = "identity";
    private static final String ANY = "*";

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }

    /**
     * @param encoding value of {@code Content-Encoding}
     * @return the decoded body
     * @throws io.tidemark.router.error.ApiException if it is not so encoded, or decodes to more than a body may have
     */
    static byte[] decode(String encoding, byte[] body) {
        String name = encoding.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals(IDENTITY)) {
            return body;
        }
        for (ContentCoding coding : values()) {
            if (coding.token.equals(name)) {
                return coding.decode(body);
            }
        }
        throw SerializationErrors.undecodableBody(encoding);
    }

    private byte[] decode(byte[] body) {
        try (InputStream in = decoder(new ByteArrayInputStream(body))) {
            byte[] decoded = in.readNBytes(RouterServer.MAX_REQUEST_BYTES + 1);
            if (decoded.length > RouterServer.MAX_REQUEST_BYTES) {
                throw ProtocolErrors.requestTooLarge(RouterServer.MAX_REQUEST_BYTES);
            }
            return decoded;
        } catch (IOException notEncoded) {
            throw SerializationErrors.undecodableBody(token);
        }
    }

    private InputStream decoder(InputStream in) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(in);
            case DEFLATE -> new InflaterInputStream(in);
        };
    }

    byte[] encode(byte[] body) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(body.length / 4);
        try (OutputStream out = encoder(encoded)) {
            out.write(body);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory is always written", impossible);
        }
        return encoded.toByteArray();
    }

    private OutputStream encoder(OutputStream out) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPOutputStream(out);
            case DEFLATE -> new DeflaterOutputStream(out);
        };
    }

    /**
     * What a client likes best of these, the first if it likes several alike; empty if none. What it names goes before what it
     * only admits by {@code *}.
     */
    static Optional<ContentCoding> preferred(@Nullable String acceptEncoding) {
        if (acceptEncoding == null || acceptEncoding.isEmpty() || acceptEncoding.equals(IDENTITY)) {
            return Optional.empty();
        }
        EnumSet<ContentCoding> unnamed = EnumSet.allOf(ContentCoding.class);
        ContentCoding best = null;
        double bestQuality = 0;
        double anyQuality = 0;
        for (String part : acceptEncoding.split(",", -1)) {
            int semicolon = part.indexOf(';');
            String name = (semicolon < 0 ? part : part.substring(0, semicolon)).strip();
            double quality = semicolon < 0 ? 1 : quality(part.substring(semicolon + 1));
            ContentCoding coding = named(name);
            if (coding != null) {
                unnamed.remove(coding);
                if (quality > bestQuality) {
                    best = coding;
                    bestQuality = quality;
                }
            } else if (name.equals(ANY)) {
                anyQuality = Math.max(anyQuality, quality);
            }
        }
        if (anyQuality > bestQuality && !unnamed.isEmpty()) {
            return unnamed.stream().findFirst();
        }
        return Optional.ofNullable(best);
    }

    private static @Nullable ContentCoding named(String name) {
        for (ContentCoding coding : values()) {
            if (coding.token.equalsIgnoreCase(name)) {
                return coding;
            }
        }
        return null;
    }

    /** Of the first parameter that is one; what is no number is none. */
    private static double quality(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals >= 0 && parameter.substring(0, equals).strip().equalsIgnoreCase("q")) {
                try {
                    return Math.min(
                            1,
                            Double.parseDouble(parameter.substring(equals + 1).strip()));
                } catch (NumberFormatException malformed) {
                    return 1;
                }
            }
        }
        return 1;
    }
}
