package io.quarkiverse.llm.gateway.runtime.state;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesBody;
import io.smallrye.mutiny.Uni;

/** Finds what requests go on with. Thread-safe. */
public final class Turns {

    private final Optional<ResponseStore> responses;

    public Turns(ResponseStore responses) {
        this(Optional.of(responses));
    }

    /**
     * @param responses empty where nothing is kept but what is remembered
     */
    public Turns(Optional<ResponseStore> responses) {
        this.responses = responses;
    }

    /**
     * The turn that a request begins. Fails with an {@link InvalidRequestException} where the response is not there that it
     * goes
     * on with, and with a {@link NotKeptException} where an item is not.
     *
     * @param remembered finds conversations that are kept nowhere, by the id of their last response
     */
    public Uni<Turn> of(String owner, ResponsesBody body, Function<String, Optional<Window>> remembered) {
        Map<Integer, String> references = body.references();
        Optional<String> previous = body.previousResponseId();
        boolean whole = references.isEmpty() && previous.isEmpty();
        return before(owner, previous, remembered).chain(before -> input(owner, body, references).map(
                input -> new Turn(owner, before.with(input), previous.isPresent(), whole,
                        body.isStored() && responses.isPresent(), responses)));
    }

    private Uni<Window> before(String owner, Optional<String> previous, Function<String, Optional<Window>> remembered) {
        if (previous.isEmpty()) {
            return Uni.createFrom().item(Window.EMPTY);
        }
        Optional<Window> near = remembered.apply(previous.get());
        return near.isPresent() ? Uni.createFrom().item(near.get())
                : responses.map(store -> store.window(owner, previous.get())).orElse(Uni.createFrom().item(Optional.empty()))
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
        if (responses.isEmpty()) {
            return Uni.createFrom().failure(NotKeptException.item(references.values().iterator().next()));
        }
        return responses.get().items(owner, new LinkedHashSet<>(references.values())).map(found -> {
            List<RawJson> input = new ArrayList<>(body.input());
            references.forEach((place, id) -> input.set(place, Optional.ofNullable(found.get(id))
                    .orElseThrow(() -> NotKeptException.item(id))));
            return input;
        });
    }
}
