package io.tidemark.embedded;

/**
 * Where a broker listens.
 *
 * @param clients where clients and the other brokers connect; port 0 takes any free port
 * @param advertised what clients and the other brokers are told to connect to; its port 0 stands for the port that
 *     {@code clients} got
 * @param controller where the controllers of the cluster connect to each other
 */
public record BrokerListeners(HostAndPort clients, HostAndPort advertised, HostAndPort controller) {

    public BrokerListeners {
        if (advertised.host().equals("0.0.0.0") || advertised.host().equals("::")) {
            throw new IllegalArgumentException("A broker cannot be reached at " + advertised
                    + ": advertise a name or an address of this machine that its clients and the other brokers know");
        }
    }

    /** Every listener on the loopback address, the controller's on {@code controllerPort}. */
    public static BrokerListeners loopback(int clientPort, int controllerPort) {
        HostAndPort clients = HostAndPort.loopback(clientPort);
        return new BrokerListeners(clients, clients, HostAndPort.loopback(controllerPort));
    }
}
