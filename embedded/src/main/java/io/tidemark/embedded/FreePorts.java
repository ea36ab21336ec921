package io.tidemark.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback address that nobody listened on a moment ago, for processes that must be told a port before they run,
 * and for those that keep theirs over a restart. Where a process can choose by itself, port 0 is the better way.
 *
 * <p>They lie below port 32,768, where Linux begins to take the ports of outgoing connections
 * ({@code net.ipv4.ip_local_port_range}). From there on, a port that nobody listens on may be any connection's own at the next
 * moment; even that of a connection to this very port, which TCP lets connect to itself. Thread-safe.
 */
public final class FreePorts {
    private static final int START = 10_000;
    private static final int END = 32_768;

    /** Where to look next; each process begins elsewhere, so that two of them seldom ask for the same port. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 127 % (END - START)));

    private FreePorts() {}

    /** @throws StartException if no port is free */
    public static int find() {
        return find(1).getFirst();
    }

    /**
     * Different ones, which this process is not given again before all others were.
     *
     * @throws StartException if so many are not free
     */
    public static List<Integer> find(int count) {
        List<Integer> free = new ArrayList<>();
        for (int tried = 0; tried < END - START && free.size() < count; tried++) {
            int port = START + Math.floorMod(NEXT.getAndIncrement(), END - START);
            if (isFree(port)) {
                free.add(port);
            }
        }
        if (free.size() < count) {
            throw new StartException(
                    StartException.Reason.PORT_IN_USE,
                    "Of the ports from " + START + " to " + (END - 1) + " only " + free.size() + " are free, and "
                            + count + " are needed: stop what listens on them");
        }
        return List.copyOf(free);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
