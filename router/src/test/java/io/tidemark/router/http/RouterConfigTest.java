package io.tidemark.router.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.router.http.RouterConfig.Authentication;
import io.tidemark.router.http.RouterConfig.Limits;
import io.tidemark.router.http.RouterConfig.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RouterConfigTest {
    @Test
    void theDefaultsAreThese() {
        RouterConfig config = RouterConfig.of("127.0.0.1", RouterConfig.DEFAULT_PORT);
        assertThat(config.port()).isEqualTo(8000);
        assertThat(config.region()).isEqualTo("us-east-1");
        assertThat(config.authentication()).isEqualTo(Authentication.SIGNATURE);
        assertThat(config.tls()).isEmpty();
        assertThat(config.limits()).isEqualTo(new Limits(4_096, 67_108_864, 10_000));
        assertThat(config.timeouts())
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofMinutes(5), Duration.ofSeconds(5)));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> RouterConfig.of(" ", 0)).hasMessageContaining("host");
        assertThatThrownBy(() -> RouterConfig.of("localhost", 65_536)).hasMessageContaining("port");
        assertThatThrownBy(() -> RouterConfig.of("localhost", 0).withRegion("US EAST"))
                .hasMessageContaining("region");
        assertThatThrownBy(() -> new Limits(0, 64 << 20, 1)).hasMessageContaining("one request");
        assertThatThrownBy(() -> new Limits(1, 1 << 20, 1)).hasMessageContaining("maxInFlightBytes");
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Timeouts(Duration.ZERO, second, second, second))
                .hasMessageContaining("positive");
    }
}
