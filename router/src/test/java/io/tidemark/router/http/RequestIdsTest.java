package io.tidemark.router.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    @Test
    void idsOfManyRoutersNeverMeet() {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            RequestIds ids = new RequestIds(seed);
            for (int i = 0; i < 1_000; i++) {
                assertThat(seen.add(ids.next())).isTrue();
            }
        }
        assertThat(seen).allMatch(id -> id.matches("[0-9A-Z]{52}"));
    }
}
