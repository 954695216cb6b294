package io.quarkiverse.llm.runtime.provider;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.StoredResponses;
import io.quarkiverse.llm.runtime.provider.ReadingItems.Page;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Responses stored by the server of a provider. */
final class WireStoredResponses implements StoredResponses {

    private final WireProvider provider;
    private final StoredRequests requests;

    WireStoredResponses(WireProvider provider, StoredRequests requests) {
        this.provider = provider;
        this.requests = requests;
    }

    @Override
    public Uni<LlmResponse> get(String responseId) {
        String id = StoredRequests.checked(responseId);
        return provider.lookUp(() -> requests.get(id), StoredRequests.ANY, provider.failures());
    }

    @Override
    public Uni<Void> delete(String responseId) {
        String id = StoredRequests.checked(responseId);
        return provider.whole(() -> requests.delete(id), () -> new ReadingDeletion(provider.name()), provider.failures());
    }

    @Override
    public Uni<LlmResponse> cancel(String responseId) {
        String id = StoredRequests.checked(responseId);
        return provider.lookUp(() -> requests.cancel(id), StoredRequests.ANY, provider.failures());
    }

    @Override
    public Uni<List<Item>> inputItems(String responseId) {
        String id = StoredRequests.checked(responseId);
        return Uni.createFrom().deferred(() -> pages(id).collect()
                .with(Collectors.flatMapping(page -> page.items().stream(), Collectors.toUnmodifiableList())));
    }

    /** Ends, too, with a page that the server says to be followed by itself. */
    private Multi<Page> pages(String id) {
        AtomicReference<Optional<String>> after = new AtomicReference<>(Optional.empty());
        Supplier<Uni<? extends Page>> next = () -> {
            Optional<String> begin = after.get();
            return provider.whole(() -> requests.inputItems(id, begin), ReadingItems::new, provider.failures())
                    .invoke(page -> after.set(page.last().filter(last -> !begin.equals(Optional.of(last)))));
        };
        return Multi.createBy().repeating().uni(next).whilst(page -> after.get().isPresent());
    }

    @Override
    public Multi<LlmEvent> resume(String responseId, long startingAfter) {
        String id = StoredRequests.checked(responseId);
        return provider.storedStream(id, StoredRequests.checked(startingAfter));
    }
}
