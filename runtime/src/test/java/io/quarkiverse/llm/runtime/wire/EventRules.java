package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.RefusalDelta;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ToolCall;

/** What a subscriber may rely on, checked over the events of one stream. */
public final class EventRules {

    private final Map<String, Integer> open = new HashMap<>();
    private final Map<Integer, Item> finished = new HashMap<>();
    private final Map<String, StringBuilder> openCalls = new HashMap<>();
    private final Map<String, String> deltas = new HashMap<>();
    private final Set<String> callIds = new HashSet<>();
    private LlmResponse response;
    private boolean started;

    private EventRules() {
    }

    /** Of a stream that may have ended in a failure. */
    public static void check(List<LlmEvent> events) {
        EventRules rules = new EventRules();
        events.forEach(rules::next);
    }

    /** Of a stream that has ended well. */
    public static LlmResponse checkWhole(List<LlmEvent> events) {
        EventRules rules = new EventRules();
        events.forEach(rules::next);
        assertThat(rules.response).as("the last event").isNotNull();
        assertThat(rules.open).as("items left open").isEmpty();
        assertThat(rules.finished).hasSameSizeAs(rules.response.output());
        for (int i = 0; i < rules.response.output().size(); i++) {
            assertThat(rules.finished.get(i)).isEqualTo(rules.response.output().get(i));
        }
        if (!rules.response.repairs().containsKey(Repair.CONTRADICTING_DONE)) {
            assertThat(rules.deltas).as("the deltas of each text make the text").isEqualTo(texts(rules.response.output()));
        }
        return rules.response;
    }

    /** All texts that are not empty, by where they stand. */
    private static Map<String, String> texts(List<Item> items) {
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Message message) {
                for (int part = 0; part < message.content().size(); part++) {
                    Content content = message.content().get(part);
                    add(texts, i, "text", part, content instanceof Content.Text text ? text.text() : "");
                    add(texts, i, "refusal", part, content instanceof Content.Refusal refusal ? refusal.refusal() : "");
                }
            } else if (items.get(i) instanceof Reasoning reasoning) {
                for (int part = 0; part < reasoning.summary().size(); part++) {
                    add(texts, i, ReasoningDelta.Kind.SUMMARY, part, reasoning.summary().get(part));
                }
                for (int part = 0; part < reasoning.content().size(); part++) {
                    add(texts, i, ReasoningDelta.Kind.TEXT, part, reasoning.content().get(part));
                }
            }
        }
        return texts;
    }

    private static void add(Map<String, String> texts, int outputIndex, Object kind, int part, String text) {
        if (!text.isEmpty()) {
            texts.merge(outputIndex + " " + kind + " " + part, text, String::concat);
        }
    }

    private void next(LlmEvent event) {
        assertThat(response).as("nothing comes after the last event, but %s", event).isNull();
        assertThat(started).as("the first event is ResponseStarted: %s", event).isEqualTo(!(event instanceof ResponseStarted));
        if (event instanceof ResponseStarted) {
            started = true;
        } else if (event instanceof ResponseCompleted completed) {
            response = completed.response();
        } else if (event instanceof ItemStarted item) {
            assertThat(item.outputIndex()).as("a new place").isEqualTo(open.size() + finished.size());
            assertThat(open.put(item.itemId(), item.outputIndex())).isNull();
        } else if (event instanceof OfItem item) {
            assertThat(open).as("the item is open: %s", event).containsEntry(item.itemId(), item.outputIndex());
            ofItem(item);
        }
    }

    private void ofItem(OfItem event) {
        if (event instanceof ToolCallStart start) {
            assertThat(start.callId()).isNotEmpty();
            assertThat(start.name()).isNotEmpty();
            assertThat(callIds.add(start.callId())).as("a call id of its own").isTrue();
            openCalls.put(start.callId(), new StringBuilder());
        } else if (event instanceof ToolCallArgumentsDelta delta) {
            assertThat(openCalls).as("between start and complete").containsKey(delta.callId());
            openCalls.get(delta.callId()).append(delta.delta());
        } else if (event instanceof TextDelta delta) {
            add(deltas, delta.outputIndex(), "text", delta.contentIndex(), delta.delta());
        } else if (event instanceof RefusalDelta delta) {
            add(deltas, delta.outputIndex(), "refusal", delta.contentIndex(), delta.delta());
        } else if (event instanceof ReasoningDelta delta) {
            add(deltas, delta.outputIndex(), delta.kind(), delta.partIndex(), delta.delta());
        } else if (event instanceof ToolCallComplete complete) {
            StringBuilder deltas = openCalls.remove(complete.call().callId());
            assertThat(deltas).as("started and not complete yet").isNotNull();
            assertThat(complete.call().arguments()).isEqualTo(deltas.toString());
            if (complete.call().kind() == ToolCall.Kind.FUNCTION) {
                complete.call().argumentsJson();
            }
        } else if (event instanceof ItemComplete complete) {
            if (!(complete.item() instanceof OpaqueItem)) {
                // what is kept as it came may have no id, or one that another item has
                assertThat(complete.item().id()).contains(complete.itemId());
            }
            finished.put(complete.outputIndex(), complete.item());
            open.remove(complete.itemId());
        }
    }
}
