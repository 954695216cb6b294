package io.quarkiverse.llm.gateway.runtime.state;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.smallrye.mutiny.Uni;

/**
 * One request and its answer, as a part of a conversation.
 *
 * @param owner to whom it belongs
 * @param asked the conversation up to the end of the request's input
 * @param continues whether it goes on with a response
 * @param whole whether the request has all of it, word for word
 * @param stored whether the answer is kept
 * @param conversation the one that input and answer are added to, where the client has named one
 * @param kept where; empty where nothing is
 */
public record Turn(String owner, Window asked, boolean continues, boolean whole, boolean stored, Optional<String> conversation,
        Optional<Kept> kept) {

    /** The conversation with that output at its end. */
    public Window answered(List<RawJson> output) {
        return asked.with(output);
    }

    /** Adds input and output to the conversation that the client has named, unless the response has no end. */
    public Uni<Void> append(RawJson resource, List<RawJson> output) {
        return conversation.isEmpty() || !StoredResponse.isContinuable(resource) ? Uni.createFrom().voidItem()
                : kept.orElseThrow().conversations().append(owner, conversation.get(), answered(output).notKept())
                        .replaceWithVoid();
    }

    /** As {@link ResponseStore#keep}. */
    public Uni<Window> keep(RawJson resource, List<RawJson> output, Optional<byte[]> events) {
        return kept.orElseThrow().responses().keep(owner, resource, asked, output, events);
    }
}
