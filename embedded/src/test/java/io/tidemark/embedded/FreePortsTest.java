package io.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void theyDifferAndCanBeListenedOn() throws Exception {
        List<Integer> ports = FreePorts.find(20);
        assertThat(ports).hasSize(20).doesNotHaveDuplicates();
        for (int port : ports) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(FreePorts.find(20)).doesNotContain(socket.getLocalPort());
            }
        }
    }

    @Test
    void noneIsAPortOfOutgoingConnections() {
        assertThat(FreePorts.find(100)).allMatch(port -> port >= 1024 && port < 32_768);
    }
}
