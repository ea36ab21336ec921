package io.tidemark.router.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.netty.util.AsciiString;
import io.tidemark.router.operation.ReadToken;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What every answer to one request has around its body.
 *
 * @param crossOrigin whether a browser sent the request from elsewhere: every origin is allowed
 * @param plainJson whether the client says {@code application/json}; the answer then does, too
 */
record Envelope(String requestId, boolean crossOrigin, boolean plainJson, Optional<ContentCoding> coding) {
    static final String AMAZON_JSON = "application/x-amz-json-1.0";
    static final String PLAIN_JSON = "application/json";

    private static final MediaType AMAZON_JSON_TYPE = MediaType.parse(AMAZON_JSON);
    private static final MediaType PLAIN_JSON_TYPE = MediaType.parse(PLAIN_JSON);
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-amzn-requestid");
    private static final AsciiString CRC = AsciiString.cached("x-amz-crc32");
    private static final AsciiString READ_TOKEN = AsciiString.cached(ReadTokens.HEADER);
    private static final String EXPOSED_HEADERS =
            "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date," + ReadTokens.HEADER;
    private static final int PREFLIGHT_SECONDS = 172_800;
    private static final byte[] NOT_FOUND = "<UnknownOperationException/>\n".getBytes(StandardCharsets.UTF_8);

    static Envelope of(RequestHeaders request, String requestId) {
        String contentType = request.get(HttpHeaderNames.CONTENT_TYPE);
        return new Envelope(
                requestId,
                request.contains(HttpHeaderNames.ORIGIN),
                contentType == null || baseType(contentType).equals(PLAIN_JSON),
                ContentCoding.preferred(request.getLast(HttpHeaderNames.ACCEPT_ENCODING)));
    }

    /** Without parameters. */
    static String baseType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    }

    HttpResponse json(int status, byte[] body, ReadToken readToken) {
        ResponseHeadersBuilder headers =
                headers(HttpStatus.valueOf(status)).contentType(plainJson ? PLAIN_JSON_TYPE : AMAZON_JSON_TYPE);
        if (!readToken.lsns().isEmpty()) {
            headers.add(READ_TOKEN, ReadTokens.format(readToken));
        }
        byte[] sent = body;
        if (coding.isPresent() && body.length >= ContentCoding.MIN_ENCODED_BYTES) {
            sent = coding.get().encode(body);
            headers.add(HttpHeaderNames.CONTENT_ENCODING, coding.get().token());
        }
        return response(headers, sent);
    }

    HttpResponse text(String text) {
        return response(
                headers(HttpStatus.OK).contentType(MediaType.PLAIN_TEXT_UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of what is no request of the API. */
    HttpResponse notFound() {
        return response(headers(HttpStatus.NOT_FOUND), NOT_FOUND);
    }

    /** Of a browser that asks what it may send. */
    HttpResponse preflight(RequestHeaders request) {
        if (!crossOrigin) {
            return notFound();
        }
        ResponseHeadersBuilder headers = headers(HttpStatus.OK)
                .addInt(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS)
                .contentLength(0);
        String names = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (names != null) {
            headers.add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, names);
        }
        String method = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        if (method != null) {
            headers.add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, method);
        }
        return HttpResponse.of(headers.build());
    }

    private ResponseHeadersBuilder headers(HttpStatus status) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(status).add(REQUEST_ID, requestId);
        if (crossOrigin) {
            headers.add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                    .add(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS);
        }
        return headers;
    }

    /** The checksum is of the bytes as they are sent: the SDKs compare before they decode. */
    private static HttpResponse response(ResponseHeadersBuilder headers, byte[] sent) {
        CRC32 crc = new CRC32();
        crc.update(sent);
        headers.addLong(CRC, crc.getValue());
        return HttpResponse.of(headers.build(), HttpData.wrap(sent));
    }
}
