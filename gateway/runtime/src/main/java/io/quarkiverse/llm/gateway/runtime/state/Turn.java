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
 * @param continues whether the conversation began before this request
 * @param whole whether the request has all of it, word for word
 * @param stored whether the answer is kept
 * @param store where; empty where nothing is
 */
public record Turn(String owner, Window asked, boolean continues, boolean whole, boolean stored,
        Optional<ResponseStore> store) {

    /** The conversation with that output at its end. */
    public Window answered(List<RawJson> output) {
        return asked.with(output);
    }

    /** As {@link ResponseStore#keep}. */
    public Uni<Window> keep(RawJson resource, List<RawJson> output, Optional<byte[]> events) {
        return store.orElseThrow().keep(owner, resource, asked, output, events);
    }
}
