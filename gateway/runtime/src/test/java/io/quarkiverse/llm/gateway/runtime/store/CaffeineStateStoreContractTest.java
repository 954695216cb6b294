package io.quarkiverse.llm.gateway.runtime.store;

import java.time.Duration;

class CaffeineStateStoreContractTest extends StateStoreContract {

    private final StateStore store = new CaffeineStateStore(Duration.ofHours(1), 100_000, 100L << 20);

    @Override
    StateStore store() {
        return store;
    }
}
