package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.concurrent.Flow.Publisher;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.smallrye.mutiny.Uni;

/** Where the answer to one request comes from. Nothing happens before there is a subscriber, and there is one. */
interface Source {

    Publisher<LlmEvent> stream();

    Uni<LlmResponse> complete();

    /** A provider that is asked. */
    record Direct(LlmProvider provider, LlmRequest request) implements Source {

        @Override
        public Publisher<LlmEvent> stream() {
            return provider.stream(request);
        }

        @Override
        public Uni<LlmResponse> complete() {
            return provider.complete(request);
        }
    }
}
