package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/** Translations of what a client of the Responses API sends. */
final class Translations {

    static final Seal SEAL = new Seal(Sealing.of(List.of(Secret.of("a secret of the tests"))), "somebody");

    private Translations() {
    }

    static ReceivedRequest received(LlmRequest request) {
        return new ReceivedRequest(request, true, false, Map.of(), Map.of(), List.of());
    }

    static Translation of(LlmRequest request, ProviderTraits traits) {
        return of(request, traits, DegradeMode.PLACEHOLDER);
    }

    static Translation of(LlmRequest request, ProviderTraits traits, DegradeMode mode) {
        return Translation.of(received(request), WireApi.RESPONSES, traits, mode, Set.of(), SEAL);
    }

    static List<Item> chat(Item... items) {
        return of(LlmRequest.builder().items(List.of(items)).build(), Providers.CHAT).request().input();
    }

    static List<Item> responses(Item... items) {
        return of(LlmRequest.builder().items(List.of(items)).build(), Providers.RESPONSES).request().input();
    }

    static List<String> notes(Translation translation) {
        return translation.degradations().stream().map(Degradation::toString).toList();
    }
}
