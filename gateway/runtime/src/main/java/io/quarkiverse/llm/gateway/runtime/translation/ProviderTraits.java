package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.Objects;

import io.quarkiverse.llm.runtime.config.preset.WireApi;

/**
 * What of a request a provider can take.
 *
 * @param api the wire API that its requests go out in: Chat Completions where that is open, since what it carries every server
 *        takes
 * @param onlyFunctions whether all tools must be functions outside of any namespace
 * @param images whether its model sees images; {@code false} only where that is known
 * @param files whether it takes files
 * @param audio whether its model hears; {@code false} only where that is known
 */
public record ProviderTraits(WireApi api, boolean onlyFunctions, boolean images, boolean files, boolean audio) {

    public ProviderTraits {
        Objects.requireNonNull(api, "api");
    }
}
