package io.tidemark.embedded;

import io.tidemark.embedded.StartException.Reason;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;

/**
 * The listening sockets of one broker, bound before the broker exists. Thus the ports of every broker are known before
 * the first one starts, nobody else can take them in between, and a taken port is reported as such.
 */
final class BrokerSockets implements AutoCloseable {

    private static final int BACKLOG_CONNECTIONS = 128;

    private final ServerSocketChannel clients;
    private final ServerSocketChannel controller;

    private BrokerSockets(ServerSocketChannel clients, ServerSocketChannel controller) {
        this.clients = clients;
        this.controller = controller;
    }

    /**
     * Binds both listeners; a port of 0 takes any free port.
     *
     * @throws StartException if an address cannot be bound
     */
    static BrokerSockets bind(BrokerListeners listeners) {
        ServerSocketChannel clients = bind(listeners.clients());
        try {
            return new BrokerSockets(clients, bind(listeners.controller()));
        } catch (StartException cannotBind) {
            closeQuietly(clients);
            throw cannotBind;
        }
    }

    private static ServerSocketChannel bind(HostAndPort address) {
        InetSocketAddress socketAddress = new InetSocketAddress(address.host(), address.port());
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.configureBlocking(false);
            return channel.bind(socketAddress, BACKLOG_CONNECTIONS);
        } catch (IOException | UnresolvedAddressException cannotBind) {
            if (channel != null) {
                closeQuietly(channel);
            }
            throw explain(address, cannotBind);
        }
    }

    static StartException explain(HostAndPort address, Exception cause) {
        boolean taken = cause instanceof BindException
                && String.valueOf(cause.getMessage()).contains("in use");
        return taken
                ? new StartException(
                        Reason.PORT_IN_USE,
                        "Port " + address.port() + " on " + address.host()
                                + " is taken: stop the process that listens on it, or choose another port",
                        cause)
                : new StartException(
                        Reason.ADDRESS_UNUSABLE,
                        "Cannot listen on " + address + " (" + cause + "): choose an address and a port that this"
                                + " process may use",
                        cause);
    }

    int clientPort() {
        return clients.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    /** Who asks for a channel closes it; closing it here once more does no harm. */
    ServerSocketChannel clients() {
        return clients;
    }

    /** Who asks for a channel closes it; closing it here once more does no harm. */
    ServerSocketChannel controller() {
        return controller;
    }

    @Override
    public void close() {
        closeQuietly(clients);
        closeQuietly(controller);
    }

    private static void closeQuietly(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyUseless) {
            // A listening socket holds nothing that could be lost.
        }
    }
}
