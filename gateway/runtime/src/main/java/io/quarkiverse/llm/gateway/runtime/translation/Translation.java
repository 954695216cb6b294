package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.*;
import java.util.function.*;

import io.quarkiverse.llm.*;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.*;

public record Translation(ReceivedRequest r) {
    public static Translation of(ReceivedRequest r, WireApi c, ProviderTraits t, DegradeMode m, Set<String> p) {
        return new Translation(r);
    }

    public LlmRequest request() {
        return r.request();
    }

    public List<Degradation> degradations() {
        return List.of();
    }

    public Consumer<LlmEvent> restoring(Consumer<LlmEvent> n) {
        return n;
    }

    public LlmResponse restored(LlmResponse x) {
        return x;
    }
}
