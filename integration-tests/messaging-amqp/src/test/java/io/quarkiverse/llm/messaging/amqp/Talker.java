package io.quarkiverse.llm.messaging.amqp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ResponseStatus;
import io.smallrye.mutiny.Multi;

/** Answers with the question, or begins to and never ends. */
abstract class Talker implements LlmProvider {

    static final String FOREVER = "Tell me everything";

    private final AtomicInteger open = new AtomicInteger();

    /** How many answers neither ended nor were cancelled. */
    int open() {
        return open.get();
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        String text = ((Message) request.input().get(0)).text();
        Multi<LlmEvent> begin = Multi.createFrom().items(new LlmEvent.ResponseStarted("resp", name(), Instant.EPOCH),
                new LlmEvent.TextDelta("item", 0, 0, text, Optional.empty()));
        Multi<LlmEvent> end = text.equals(FOREVER) ? Multi.createFrom().nothing() : Multi.createFrom().item(completed(text));
        return Multi.createBy().concatenating().streams(begin, end)
                .onSubscription().invoke(open::incrementAndGet).onTermination().invoke(open::decrementAndGet);
    }

    private LlmEvent completed(String text) {
        return new LlmEvent.ResponseCompleted(LlmResponse.builder().id("resp").model(name()).createdAt(Instant.EPOCH)
                .status(ResponseStatus.COMPLETED).finishReason(FinishReason.STOP).items(List.of(Message.assistant(text)))
                .build());
    }
}
