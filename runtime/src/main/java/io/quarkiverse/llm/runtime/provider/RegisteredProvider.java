package io.quarkiverse.llm.runtime.provider;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.StoredResponses;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * What the application holds: stays the same while the provider behind it is replaced. Each subscription takes the one of the
 * moment and keeps it to its end.
 */
final class RegisteredProvider implements LlmProvider {

    private final String name;
    private final Supplier<LlmProvider> current;

    /**
     * @param current is asked for each request, and quick
     */
    RegisteredProvider(String name, Supplier<LlmProvider> current) {
        this.name = Objects.requireNonNull(name, "name");
        this.current = Objects.requireNonNull(current, "current");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        return new CurrentEvents(() -> current.get().stream(request));
    }

    @Override
    public Uni<LlmResponse> complete(LlmRequest request) {
        return uni(provider -> provider.complete(request));
    }

    @Override
    public LlmResponse completeAndAwait(LlmRequest request) {
        return current.get().completeAndAwait(request);
    }

    @Override
    public Multi<String> streamText(LlmRequest request) {
        return multi(provider -> provider.streamText(request));
    }

    @Override
    public <T> Uni<T> parse(LlmRequest request, Class<T> type) {
        return uni(provider -> provider.parse(request, type));
    }

    @Override
    public <T> T parseAndAwait(LlmRequest request, Class<T> type) {
        return current.get().parseAndAwait(request, type);
    }

    @Override
    public <T> Multi<LlmEvent> parseStream(LlmRequest request, Class<T> type) {
        return multi(provider -> provider.parseStream(request, type));
    }

    @Override
    public Uni<List<LlmModel>> models() {
        return uni(LlmProvider::models);
    }

    @Override
    public Uni<Long> inputTokens(LlmRequest request) {
        return uni(provider -> provider.inputTokens(request));
    }

    @Override
    public LlmCapabilities capabilities() {
        return current.get().capabilities();
    }

    @Override
    public StoredResponses responses() {
        return new RegisteredResponses(() -> current.get().responses());
    }

    @Override
    public String toString() {
        return "LlmProvider " + name;
    }

    private <T> Multi<T> multi(Function<LlmProvider, Multi<T>> request) {
        return Multi.createFrom().deferred(() -> request.apply(current.get()));
    }

    private <T> Uni<T> uni(Function<LlmProvider, Uni<T>> request) {
        return Uni.createFrom().deferred(() -> request.apply(current.get()));
    }
}
