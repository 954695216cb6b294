package io.quarkiverse.llm;

import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

record NoStoredResponses(String provider) implements StoredResponses {

    @Override
    public Uni<LlmResponse> get(String responseId) {
        return unsupported();
    }

    @Override
    public Uni<Void> delete(String responseId) {
        return unsupported();
    }

    @Override
    public Uni<LlmResponse> cancel(String responseId) {
        return unsupported();
    }

    @Override
    public Uni<List<Item>> inputItems(String responseId) {
        return unsupported();
    }

    @Override
    public Multi<LlmEvent> resume(String responseId, long startingAfter) {
        return this.<LlmEvent> unsupported().toMulti();
    }

    private <T> Uni<T> unsupported() {
        return Uni.createFrom().failure(() -> new LlmUnsupportedException(provider, "stored responses"));
    }
}
