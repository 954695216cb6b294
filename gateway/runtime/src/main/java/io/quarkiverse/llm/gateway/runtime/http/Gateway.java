package io.quarkiverse.llm.gateway.runtime.http;

import java.util.Set;

import io.quarkiverse.llm.gateway.runtime.routing.ModelRouter;
import io.quarkiverse.llm.gateway.runtime.routing.Target;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.translation.ProviderTraits;
import io.quarkiverse.llm.gateway.runtime.translation.Translation;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/**
 * What the routes have in common. Thread-safe.
 *
 * @param seal of every caller, as long as they are not told apart
 */
record Gateway(LlmRegistry registry, ModelRouter router, RequestBody body, GatewayTimes times, DegradeMode degrade,
        Set<String> passThrough, Via via, Seal seal) {

    /** The request as that provider can take it. */
    Translation translate(ReceivedRequest received, WireApi clientApi, Target target) {
        ProviderTraits traits = ProviderTraits.of(target.provider(), registry.settings(target.name()));
        return Translation.of(received, clientApi, traits, degrade, passThrough, seal);
    }

    /** The model that the provider is asked for, as far as that is known; else the provider's name. */
    String modelOf(Target target) {
        return target.model().or(() -> registry.settings(target.name()).flatMap(ProviderSettings::model))
                .orElseGet(() -> target.provider().name());
    }
}
