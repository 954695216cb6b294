package io.quarkiverse.llm.gateway.runtime.state;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesBody;
import io.smallrye.mutiny.Uni;

/** Finds what requests go on with. Thread-safe. */
public final class Turns {

    private final Optional<Kept> kept;

    /**
     * @param kept empty where nothing is kept but what is remembered
     */
    public Turns(Optional<Kept> kept) {
        this.kept = kept;
    }

    public Optional<ConversationStore> conversations() {
        return kept.map(Kept::conversations);
    }

    /**
     * The turn that a request begins. Fails with an {@link InvalidRequestException} where the response is not there
     * that it goes on with, and with a {@link NotKeptException} where a conversation or an item is not.
     *
     * @param remembered finds conversations that are kept nowhere, by the id of their last response
     */
    public Uni<Turn> of(String owner, ResponsesBody body, Function<String, Optional<Window>> remembered) {
        Map<Integer, String> references = body.references();
        Optional<String> previous = body.previousResponseId();
        // both together are refused where the request is decoded
        Optional<String> conversation = body.conversation().filter(id -> previous.isEmpty());
        boolean whole = references.isEmpty() && previous.isEmpty() && conversation.isEmpty();
        return before(owner, previous, conversation, remembered).chain(before -> input(owner, body, references).map(
                input -> new Turn(owner, before.with(input), previous.isPresent(), whole,
                        body.isStored() && kept.isPresent(), conversation, kept)));
    }

    private Uni<Window> before(String owner, Optional<String> previous, Optional<String> conversation,
            Function<String, Optional<Window>> remembered) {
        if (previous.isEmpty()) {
            return conversation.isEmpty() ? Uni.createFrom().item(Window.EMPTY)
                    : kept.map(store -> store.conversations().window(owner, conversation.get()))
                            .orElseGet(() -> Uni.createFrom().failure(NotKeptException.conversation(conversation.get())));
        }
        Optional<Window> near = remembered.apply(previous.get());
        return near.isPresent() ? Uni.createFrom().item(near.get())
                : kept.map(store -> store.responses().window(owner, previous.get()))
                        .orElse(Uni.createFrom().item(Optional.empty()))
                        .map(found -> found.orElseThrow(() -> notFound(previous.get())));
    }

    private static InvalidRequestException notFound(String response) {
        return new InvalidRequestException("Previous response with id '" + response + "' not found.", "previous_response_id",
                "previous_response_not_found");
    }

    /** With the items that others only stand for. */
    private Uni<List<RawJson>> input(String owner, ResponsesBody body, Map<Integer, String> references) {
        if (references.isEmpty()) {
            return Uni.createFrom().item(body.input());
        }
        if (kept.isEmpty()) {
            return Uni.createFrom().failure(NotKeptException.item(references.values().iterator().next()));
        }
        Set<String> ids = new LinkedHashSet<>(references.values());
        return Uni.combine().all().unis(kept.get().responses().items(owner, ids),
                kept.get().conversations().items(owner, ids)).with((found, said) -> {
                    List<RawJson> input = new ArrayList<>(body.input());
                    references.forEach((place, id) -> input.set(place, Optional.ofNullable(found.getOrDefault(id, said.get(id)))
                            .orElseThrow(() -> NotKeptException.item(id))));
                    return input;
                });
    }
}
