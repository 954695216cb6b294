package io.quarkiverse.llm.gateway.runtime.answer;

import java.time.Instant;
import java.util.List;

import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.wire.EventEncoder;

/**
 * Requests with {@code generate: false}: what they say is remembered, so that a later request can go on with it, and
 * no provider is asked. The answer is empty.
 */
record WarmUp(Exchange exchange, Asked asked, Naming naming) {

    private static final String GENERATE = "generate";

    /** Only where answers come over a connection that remembers. */
    static boolean isAsked(Exchange exchange, Asked asked) {
        return exchange.isAlwaysStreamed() && asked.received().apiFields().containsKey(GENERATE)
                && asked.received().apiFields().get(GENERATE).text().strip().equals("false");
    }

    void answer(AnswerOut out, EventEncoder encoder) {
        Instant now = Instant.now();
        String id = naming.made();
        String model = naming.model("");
        LlmResponse empty = LlmResponse.builder().id(id).model(model).createdAt(now).status(ResponseStatus.COMPLETED)
                .items(List.of()).usage(Usage.of(0, 0)).build();
        out.begin();
        encoder.begin(new ResponseStarted(id, model, now));
        encoder.accept(new ResponseCompleted(empty));
        out.end();
        exchange.report().end(200, "remembered");
    }
}
