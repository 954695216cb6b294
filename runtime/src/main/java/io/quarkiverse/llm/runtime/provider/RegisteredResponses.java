package io.quarkiverse.llm.runtime.provider;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.StoredResponses;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The stored responses of a provider that may be replaced: each subscription asks the one of the moment. */
record RegisteredResponses(Supplier<StoredResponses> current) implements StoredResponses {

    @Override
    public Uni<LlmResponse> get(String responseId) {
        return uni(responses -> responses.get(responseId));
    }

    @Override
    public Uni<Void> delete(String responseId) {
        return uni(responses -> responses.delete(responseId));
    }

    @Override
    public Uni<LlmResponse> cancel(String responseId) {
        return uni(responses -> responses.cancel(responseId));
    }

    @Override
    public Uni<List<Item>> inputItems(String responseId) {
        return uni(responses -> responses.inputItems(responseId));
    }

    @Override
    public Multi<LlmEvent> resume(String responseId, long startingAfter) {
        checked(responses -> responses.resume(responseId, startingAfter));
        return Multi.createFrom().deferred(() -> current.get().resume(responseId, startingAfter));
    }

    private <T> Uni<T> uni(Function<StoredResponses, Uni<T>> operation) {
        checked(operation);
        return Uni.createFrom().deferred(() -> operation.apply(current.get()));
    }

    /** Nothing happens without a subscription, but what is wrong with the arguments fails at once. */
    private void checked(Function<StoredResponses, ?> operation) {
        operation.apply(current.get());
    }
}
