package io.tidemark.launcher.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out that a port is taken before anything slow is started. */
final class Ports {
    private Ports() {}

    /**
     * @param option that chooses another port
     * @throws ClusterStartException if something else listens there; port 0 is always free
     */
    static void requireFree(String host, int port, String option) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new ClusterStartException(
                    "port " + port + " of " + host + " is taken (" + e.getMessage()
                            + "): stop what listens there, or choose another one with " + option,
                    e);
        }
    }
}
