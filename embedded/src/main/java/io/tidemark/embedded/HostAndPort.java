package io.tidemark.embedded;

/**
 * A TCP address, written {@code host:port}; an IPv6 host is written in brackets.
 *
 * @param host a name or an IP address, without brackets
 * @param port 0 stands for any free port, where the context allows that
 */
public record HostAndPort(String host, int port) {

    private static final int MAX_PORT = 65_535;

    public HostAndPort {
        if (host.isBlank()) {
            throw new IllegalArgumentException("An address needs a host before its port " + port);
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("A port is between 0 and " + MAX_PORT + ", got " + port);
        }
    }

    /** The loopback address; {@code port} 0 stands for any free port. */
    public static HostAndPort loopback(int port) {
        return new HostAndPort("127.0.0.1", port);
    }

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException if {@code text} is not of that form
     */
    public static HostAndPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("An address is written host:port, got '" + text + "'");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        int port;
        try {
            port = Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("An address is written host:port, got '" + text + "'", notANumber);
        }
        return new HostAndPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    HostAndPort withPort(int newPort) {
        return new HostAndPort(host, newPort);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
