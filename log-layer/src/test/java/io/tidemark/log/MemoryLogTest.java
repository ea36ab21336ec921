package io.tidemark.log;

import java.time.InstantSource;

class MemoryLogTest extends LogContractTest {
    @Override
    Log openNewLog() {
        return new MemoryLog(2, InstantSource.system());
    }
}
