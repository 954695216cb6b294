package io.quarkiverse.llm.gateway.runtime.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;
import io.smallrye.mutiny.Multi;

/** A provider as an application may have one: {@code own}, whose answers a test decides. */
record OwnProvider(Supplier<Multi<LlmEvent>> answer) implements LlmProvider {

    static final LlmEvent STARTED = new ResponseStarted("1", "own-model", Instant.ofEpochSecond(1_800_000_000));
    private static final String ITEM = "msg_1";

    @Override
    public String name() {
        return "own";
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        return answer.get();
    }

    static LlmEvent itemStarted() {
        return new ItemStarted(ITEM, 0, Message.assistant(""));
    }

    static LlmEvent delta(String text) {
        return new TextDelta(ITEM, 0, 0, text, Optional.empty());
    }

    static LlmEvent completed(String text) {
        return new ResponseCompleted(LlmResponse.builder().id("1").model("own-model")
                .createdAt(Instant.ofEpochSecond(1_800_000_000)).status(ResponseStatus.COMPLETED)
                .items(List.<Item> of(Message.assistant(text))).usage(Usage.of(3, 5)).build());
    }

    /** All events of an answer with this text, in so many deltas. */
    static List<LlmEvent> whole(String delta, int times) {
        String text = delta.repeat(times);
        return Stream.of(Stream.of(STARTED, itemStarted()), IntStream.range(0, times).mapToObj(i -> delta(delta)),
                Stream.of(new ItemComplete(ITEM, 0, Message.assistant(text)), completed(text))).flatMap(events -> events)
                .toList();
    }
}
