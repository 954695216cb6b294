package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Ids;

/**
 * What an answer is called: its model as the client called it, since some clients look for that name again, and its id in the
 * style of the wire API.
 */
final class Naming {

    private static final String RESPONSE = "resp";

    private final Optional<String> model;
    private final String otherwise;
    private final boolean responses;
    private final boolean own;
    private String made;

    /**
     * @param model as the client called it
     * @param otherwise what is said where neither the client nor the provider has said a model
     * @param own whether the id is the gateway's in any case: servers are known to give the same one twice
     */
    Naming(Optional<String> model, String otherwise, WireApi api, boolean own) {
        this.model = model;
        this.otherwise = otherwise;
        this.own = own;
        this.responses = api == WireApi.RESPONSES;
    }

    private String id(String ofProvider) {
        if (!responses || !own && ofProvider.startsWith(RESPONSE + "_")) {
            return ofProvider;
        }
        return made();
    }

    /** An id for an answer of which nothing is known yet. */
    String made() {
        if (made == null) {
            made = responses ? Ids.made(RESPONSE) : Ids.chatCompletion();
        }
        return made;
    }

    String model(String ofProvider) {
        return model.orElse(ofProvider.isBlank() ? otherwise : ofProvider);
    }

    LlmResponse of(LlmResponse response) {
        return response.toBuilder().id(id(response.id())).model(model(response.model())).build();
    }

    /** A stage in front of what takes the events. */
    Consumer<LlmEvent> before(Consumer<LlmEvent> next) {
        return event -> {
            if (event instanceof ResponseStarted start) {
                next.accept(new ResponseStarted(id(start.responseId()), model(start.model()), start.createdAt()));
            } else if (event instanceof ResponseCompleted completed) {
                next.accept(new ResponseCompleted(of(completed.response())));
            } else {
                next.accept(event);
            }
        };
    }
}
