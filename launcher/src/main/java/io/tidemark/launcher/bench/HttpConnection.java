package io.tidemark.launcher.bench;

import io.tidemark.schema.Bytes;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kept connection over which requests go as they are, byte for byte, each answered before the next one: as little as a client
 * can do, so that what is measured is the server. Knows no answers but those with a Content-Length (RFC 9112, section 6.3). For
 * one thread at a time.
 */
final class HttpConnection implements Closeable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** Of an answer, head and body. */
    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private static final Pattern HEAD = Pattern.compile(
            "HTTP/1\\.1 (\\d{3}).*?\\r\\ncontent-length: *(\\d+)\\r\\n.*?\\r\\n\\r\\n",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final Socket socket;
    private final byte[] buffer = new byte[MAX_ANSWER_BYTES];

    HttpConnection(URI endpoint) throws IOException {
        socket = new Socket(endpoint.getHost(), endpoint.getPort());
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setSoTimeout((int) TIMEOUT.toMillis());
    }

    /** Returns the answer's status when all of it has arrived. */
    int exchange(Bytes request) throws IOException {
        socket.getOutputStream().write(request.array());
        InputStream in = socket.getInputStream();
        int read = 0;
        while (true) {
            int more = in.read(buffer, read, buffer.length - read);
            if (more <= 0) {
                throw new EOFException("the connection ended, or the answer is larger than " + MAX_ANSWER_BYTES
                        + " bytes: " + new String(Arrays.copyOf(buffer, read), StandardCharsets.ISO_8859_1));
            }
            read += more;
            Matcher head = HEAD.matcher(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
            if (head.lookingAt() && read >= head.end() + Integer.parseInt(head.group(2))) {
                return Integer.parseInt(head.group(1));
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
