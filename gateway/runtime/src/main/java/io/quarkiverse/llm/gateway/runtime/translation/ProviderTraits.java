package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.*;

import io.quarkiverse.llm.*;
import io.quarkiverse.llm.runtime.config.*;

public record ProviderTraits(int x) {
    public static ProviderTraits of(LlmProvider p, Optional<ProviderSettings> s) {
        return new ProviderTraits(1);
    }
}
