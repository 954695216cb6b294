package io.quarkiverse.llm.runtime.provider;

import java.util.List;
import java.util.function.BiFunction;
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
        return uni(responseId, StoredResponses::get);
    }

    @Override
    public Uni<Void> delete(String responseId) {
        return uni(responseId, StoredResponses::delete);
    }

    @Override
    public Uni<LlmResponse> cancel(String responseId) {
        return uni(responseId, StoredResponses::cancel);
    }

    @Override
    public Uni<List<Item>> inputItems(String responseId) {
        return uni(responseId, StoredResponses::inputItems);
    }

    @Override
    public Multi<LlmEvent> resume(String responseId, long startingAfter) {
        String id = StoredRequests.checked(responseId);
        long after = StoredRequests.checked(startingAfter);
        return Multi.createFrom().deferred(() -> current.get().resume(id, after));
    }

    private <T> Uni<T> uni(String responseId, BiFunction<StoredResponses, String, Uni<T>> operation) {
        String id = StoredRequests.checked(responseId);
        return Uni.createFrom().deferred(() -> operation.apply(current.get(), id));
    }
}
