package io.quarkiverse.llm.runtime.wire.responses;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta.Kind;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.Usage;

/** The events by which a whole response comes. */
public final class CanonicalStream {

    private final LlmResponse response;
    private final IntSupplier pieceLength;

    private CanonicalStream(LlmResponse response, IntSupplier pieceLength) {
        this.response = response;
        this.pieceLength = pieceLength;
    }

    private static CanonicalStream inPieces(LlmResponse response, Random random) {
        return new CanonicalStream(response, () -> 1 + random.nextInt(8));
    }

    /** A response with these items, which need ids. */
    public static LlmResponse response(List<Item> items) {
        boolean cut = items.stream().anyMatch(item -> item.status().equals(Optional.of(ItemStatus.INCOMPLETE)));
        boolean calls = items.stream().anyMatch(ToolCall.class::isInstance);
        LlmResponse.Builder response = LlmResponse.builder().id("resp_1").model("gpt-5-mini")
                .createdAt(Instant.ofEpochSecond(1_764_964_102)).items(items).usage(new Usage(31, 5, 2, 40, 7, 71))
                .serviceTier("default");
        if (cut) {
            return response.status(ResponseStatus.INCOMPLETE).incompleteReason("max_output_tokens")
                    .providerFinishReason("max_output_tokens").finishReason(FinishReason.LENGTH).build();
        }
        return response.completedAt(Instant.ofEpochSecond(1_764_964_105))
                .finishReason(calls ? FinishReason.TOOL_CALLS : FinishReason.STOP).build();
    }

    /** One item after the other, each text in one piece. */
    public static List<LlmEvent> of(Item... items) {
        return new CanonicalStream(response(List.of(items)), () -> Integer.MAX_VALUE / 2).sequential();
    }

    /** One item after the other, each text in pieces. */
    public static List<LlmEvent> of(LlmResponse response, Random random) {
        return inPieces(response, random).sequential();
    }

    /** All items at the same time, each begun after the one in front of it. */
    public static List<LlmEvent> overlapping(LlmResponse response, Random random) {
        CanonicalStream stream = inPieces(response, random);
        List<List<LlmEvent>> left = stream.items();
        List<LlmEvent> merged = new ArrayList<>();
        int begun = 0;
        while (left.stream().anyMatch(events -> !events.isEmpty())) {
            int item = random.nextInt(Math.min(left.size(), begun + 1));
            if (!left.get(item).isEmpty()) {
                merged.add(left.get(item).remove(0));
                begun = Math.max(begun, item + 1);
            }
        }
        return stream.joined(merged);
    }

    private List<LlmEvent> sequential() {
        return joined(items().stream().flatMap(List::stream).toList());
    }

    private List<LlmEvent> joined(List<LlmEvent> items) {
        List<LlmEvent> events = new ArrayList<>();
        events.add(new LlmEvent.ResponseStarted(response.id(), response.model(), response.createdAt()));
        events.addAll(items);
        events.add(new LlmEvent.ResponseCompleted(response));
        return events;
    }

    private List<List<LlmEvent>> items() {
        List<List<LlmEvent>> items = new ArrayList<>();
        for (int i = 0; i < response.output().size(); i++) {
            items.add(item(i, response.output().get(i)));
        }
        return items;
    }

    private List<LlmEvent> item(int index, Item item) {
        List<LlmEvent> events = new ArrayList<>();
        String id = item.id().orElseThrow();
        events.add(new LlmEvent.ItemStarted(id, index, begun(item)));
        if (item instanceof Message message) {
            for (int part = 0; part < message.content().size(); part++) {
                addPart(events, id, index, part, message.content().get(part));
            }
        } else if (item instanceof Reasoning reasoning) {
            addReasoning(events, reasoning.summary(),
                    (part, delta) -> new LlmEvent.ReasoningDelta(id, index, Kind.SUMMARY, part, delta));
            addReasoning(events, reasoning.content(),
                    (part, delta) -> new LlmEvent.ReasoningDelta(id, index, Kind.TEXT, part, delta));
        } else if (item instanceof ToolCall call) {
            events.add(new LlmEvent.ToolCallStart(id, index, call.kind(), call.namespace(), call.name(), call.callId()));
            pieces(call.arguments())
                    .forEach(delta -> events.add(new LlmEvent.ToolCallArgumentsDelta(id, index, call.callId(), delta)));
            if (!call.status().equals(Optional.of(ItemStatus.INCOMPLETE))) {
                events.add(new LlmEvent.ToolCallComplete(id, index, call));
            }
        } else if (item instanceof OpaqueItem opaque) {
            events.add(new LlmEvent.UnknownEvent("response." + opaque.type() + ".searching", RawJson.verbatim(
                    "{\"type\": \"response." + opaque.type() + ".searching\", \"sequence_number\": 99, \"output_index\": "
                            + index
                            + ", \"item_id\": \"" + id + "\"}")));
        }
        events.add(new LlmEvent.ItemComplete(id, index, item));
        return events;
    }

    private static Item begun(Item item) {
        Optional<ItemStatus> status = item.status().map(any -> ItemStatus.IN_PROGRESS);
        if (item instanceof Message message) {
            return new Message(message.id(), status, message.role(), List.of(), message.phase());
        }
        if (item instanceof Reasoning reasoning) {
            return new Reasoning(reasoning.id(), status, List.of(), List.of(), reasoning.encryptedContent());
        }
        if (item instanceof ToolCall call) {
            return new ToolCall(call.id(), status, call.kind(), call.namespace(), call.name(), call.callId(), "");
        }
        return item;
    }

    private void addPart(List<LlmEvent> events, String id, int index, int part, Content content) {
        if (content instanceof Content.Refusal refusal) {
            pieces(refusal.refusal()).forEach(delta -> events.add(new LlmEvent.RefusalDelta(id, index, part, delta)));
            return;
        }
        Content.Text text = (Content.Text) content;
        List<String> pieces = pieces(text.text());
        for (int i = 0; i < pieces.size(); i++) {
            boolean last = i == pieces.size() - 1;
            events.add(new LlmEvent.TextDelta(id, index, part, pieces.get(i), last ? text.logprobs() : Optional.empty()));
        }
        for (int i = 0; i < text.annotations().size(); i++) {
            events.add(new LlmEvent.AnnotationAdded(id, index, part, i, text.annotations().get(i)));
        }
    }

    private void addReasoning(List<LlmEvent> events, List<String> texts, BiFunction<Integer, String, LlmEvent> delta) {
        for (int part = 0; part < texts.size(); part++) {
            for (String piece : pieces(texts.get(part))) {
                events.add(delta.apply(part, piece));
            }
        }
    }

    private List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length();) {
            int to = Math.min(text.length(), from + pieceLength.getAsInt());
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
