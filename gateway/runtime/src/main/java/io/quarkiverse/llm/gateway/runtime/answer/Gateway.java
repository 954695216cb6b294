package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.gateway.runtime.limits.Limits;
import io.quarkiverse.llm.gateway.runtime.routing.ClientKeys;
import io.quarkiverse.llm.gateway.runtime.routing.ModelRouter;
import io.quarkiverse.llm.gateway.runtime.routing.Target;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
import io.quarkiverse.llm.gateway.runtime.state.Turns;
import io.quarkiverse.llm.gateway.runtime.translation.ProviderTraits;
import io.quarkiverse.llm.gateway.runtime.translation.Translation;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/**
 * What all requests have in common. Thread-safe.
 *
 * @param turns finds what requests go on with; empty where nothing is kept
 * @param streamEvents whether the events of kept answers are kept, too
 * @param limits of all callers
 * @param clientKeys where the keys of clients go
 * @param sealing of what clients bring back and may not read
 */
public record Gateway(LlmRegistry registry, ModelRouter router, GatewayTimes times, DegradeMode degrade,
        Set<String> passThrough, Via via, Optional<Turns> turns, boolean streamEvents, Limits limits, ClientKeys clientKeys,
        Sealing sealing) {

    private static final String ENCRYPTED_REASONING = "reasoning.encrypted_content";

    /** The same for clients whose connections remember their conversations, whether any are kept or not. */
    public Gateway remembering() {
        return turns.isPresent() ? this
                : new Gateway(registry, router, times, degrade, passThrough, via, Optional.of(new Turns(Optional.empty())),
                        streamEvents, limits, clientKeys, sealing);
    }

    /**
     * The request as that provider can take it.
     *
     * @param owner of what is sealed in it and its answer
     */
    Translation translate(Asked asked, String owner, WireApi clientApi, Target target) {
        ProviderTraits traits = ProviderTraits.of(target.provider(), registry.settings(target.name()));
        boolean kept = asked.turn().isPresent() && traits.stores();
        return Translation.of(kept ? withReasoning(asked.whole()) : asked.whole(), clientApi, traits, degrade, passThrough,
                new Seal(sealing, owner));
    }

    /** A provider that could keep its reasoning, and is asked not to, must hand it out. */
    private static ReceivedRequest withReasoning(ReceivedRequest received) {
        LlmRequest request = received.request();
        return request.include().contains(ENCRYPTED_REASONING) ? received
                : received.withRequest(request.toBuilder().include(ENCRYPTED_REASONING).build());
    }

    /** The model that the provider is asked for, as far as that is known; else the provider's name. */
    String modelOf(Target target) {
        return target.model().or(() -> registry.settings(target.name()).flatMap(ProviderSettings::model))
                .orElseGet(() -> target.provider().name());
    }
}
