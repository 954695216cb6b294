package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta.Kind;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Reasoning;

/**
 * Hands reasoning on as its summary. OpenAI and Open Responses have different names for the events of reasoning itself, and
 * the clients of one fail at those of the other; the events of a summary they have in common.
 */
public final class ReasoningAsSummary implements Consumer<LlmEvent> {

    private final Consumer<LlmEvent> events;
    /** Of the items that are open, by their places: their parts in the order in which they began. */
    private final Map<Integer, List<Part>> parts = new HashMap<>();
    private final Map<Integer, Reasoning> done = new HashMap<>();

    public ReasoningAsSummary(Consumer<LlmEvent> events) {
        this.events = events;
    }

    @Override
    public void accept(LlmEvent event) {
        if (event instanceof ReasoningDelta delta) {
            Part part = new Part(delta.kind(), delta.partIndex());
            List<Part> known = parts.computeIfAbsent(delta.outputIndex(), index -> new ArrayList<>());
            events.accept(new ReasoningDelta(delta.itemId(), delta.outputIndex(), Kind.SUMMARY, place(known, part),
                    delta.delta()));
        } else if (event instanceof ItemStarted started && started.item() instanceof Reasoning reasoning) {
            events.accept(new ItemStarted(started.itemId(), started.outputIndex(), withSummary(reasoning, List.of())));
        } else if (event instanceof ItemComplete complete && complete.item() instanceof Reasoning reasoning) {
            List<Part> known = parts.getOrDefault(complete.outputIndex(), new ArrayList<>());
            parts.remove(complete.outputIndex());
            Reasoning summarized = summarized(reasoning, known);
            done.put(complete.outputIndex(), summarized);
            events.accept(new ItemComplete(complete.itemId(), complete.outputIndex(), summarized));
        } else if (event instanceof ResponseCompleted completed && !done.isEmpty()) {
            events.accept(new ResponseCompleted(summarized(completed.response())));
        } else {
            events.accept(event);
        }
    }

    private record Part(Kind kind, int index) {

        Optional<String> text(Reasoning reasoning) {
            List<String> texts = kind == Kind.SUMMARY ? reasoning.summary() : reasoning.content();
            return index < texts.size() ? Optional.of(texts.get(index)) : Optional.empty();
        }
    }

    private static int place(List<Part> known, Part part) {
        int place = known.indexOf(part);
        if (place < 0) {
            known.add(part);
            return known.size() - 1;
        }
        return place;
    }

    /** Reasoning that was not told in events. */
    static Reasoning summarized(Reasoning reasoning) {
        return summarized(reasoning, new ArrayList<>());
    }

    private static Reasoning summarized(Reasoning reasoning, List<Part> known) {
        for (int i = 0; i < reasoning.summary().size(); i++) {
            place(known, new Part(Kind.SUMMARY, i));
        }
        for (int i = 0; i < reasoning.content().size(); i++) {
            place(known, new Part(Kind.TEXT, i));
        }
        return withSummary(reasoning, known.stream().flatMap(part -> part.text(reasoning).stream()).toList());
    }

    private static Reasoning withSummary(Reasoning reasoning, List<String> summary) {
        return new Reasoning(reasoning.id(), reasoning.status(), summary, List.of(), reasoning.encryptedContent());
    }

    private LlmResponse summarized(LlmResponse response) {
        List<Item> output = new ArrayList<>(response.output());
        // what an application's own provider leaves out at the end, whoever has told of it knows
        done.forEach((index, reasoning) -> {
            if (index < output.size()) {
                output.set(index, reasoning);
            }
        });
        return response.toBuilder().output(output).build();
    }
}
