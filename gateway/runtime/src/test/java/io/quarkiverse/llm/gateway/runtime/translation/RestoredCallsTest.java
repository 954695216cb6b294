package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolCall.Kind;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;

/** What a client gets to see of the calls that a provider makes of functions. */
class RestoredCallsTest {

    private static final Tool READ = Tool.function("read", "");
    private static final Tool SPACE = new Tool.Namespace("mcp", "", List.of(READ));
    private static final Tool PATCH = new Tool.Custom("apply_patch", Optional.empty(), Optional.empty());

    private static Translation translation(ToolChoice choice, Tool... tools) {
        return Translations.of(LlmRequest.builder().user("Hello").tools(List.of(tools)).toolChoice(choice).build(),
                Providers.CHAT);
    }

    private static List<LlmEvent> restored(Translation translation, List<LlmEvent> events) {
        List<LlmEvent> seen = new ArrayList<>();
        Consumer<LlmEvent> stage = translation.restoring(seen::add);
        events.forEach(stage);
        return seen;
    }

    /** The events of a call, its arguments in these pieces. */
    private static List<LlmEvent> call(int index, String name, String... pieces) {
        String id = "fc_" + index;
        ToolCall call = ToolCall.builder("c" + index, name).id(id).arguments(String.join("", pieces)).build();
        List<LlmEvent> events = new ArrayList<>();
        events.add(new ItemStarted(id, index, ToolCall.builder("c" + index, name).id(id).build()));
        events.add(new ToolCallStart(id, index, Kind.FUNCTION, Optional.empty(), name, "c" + index));
        for (String piece : pieces) {
            events.add(new ToolCallArgumentsDelta(id, index, "c" + index, piece));
        }
        events.add(new ToolCallComplete(id, index, call));
        events.add(new ItemComplete(id, index, call));
        return events;
    }

    private static List<LlmEvent> text(int index, String text) {
        Message message = Message.assistant(text).withId("msg_" + index);
        return List.of(new ItemStarted("msg_" + index, index, message),
                new TextDelta("msg_" + index, index, 0, text, Optional.empty()),
                new ItemComplete("msg_" + index, index, message));
    }

    private static LlmResponse response(Item... output) {
        return LlmResponse.builder().id("resp_1").model("m").createdAt(Instant.EPOCH).items(List.of(output))
                .finishReason(FinishReason.TOOL_CALLS).providerFinishReason("tool_calls").build();
    }

    @Test
    void where_nothing_was_changed_nothing_is_restored() {
        List<LlmEvent> seen = new ArrayList<>();
        LlmEvent complete = new ItemComplete("fc_0", 0, ToolCall.function("c0", "read", "{}"));
        translation(null, READ).restoring(seen::add).accept(complete);
        assertThat(seen).singleElement().isSameAs(complete);
        LlmResponse response = response(ToolCall.function("c0", "read", "{}"));
        assertThat(translation(null, READ).restored(response)).isSameAs(response);
    }

    @Test
    void a_call_of_a_tool_in_a_namespace_has_its_namespace_and_bare_name() {
        List<LlmEvent> seen = restored(translation(null, SPACE), call(0, "mcp__read", "{}"));
        ToolCall call = ToolCall.builder("c0", "read").namespace("mcp").id("fc_0").arguments("{}").build();
        assertThat(seen).containsExactly(
                new ItemStarted("fc_0", 0, ToolCall.builder("c0", "read").namespace("mcp").id("fc_0").build()),
                new ToolCallStart("fc_0", 0, Kind.FUNCTION, Optional.of("mcp"), "read", "c0"),
                new ToolCallArgumentsDelta("fc_0", 0, "c0", "{}"), new ToolCallComplete("fc_0", 0, call),
                new ItemComplete("fc_0", 0, call));
    }

    @Test
    void a_name_that_was_made_legal_is_undone() {
        Tool dotted = Tool.function("files.read", "");
        List<LlmEvent> seen = restored(translation(null, dotted),
                call(0, ToolNames.of(new ToolKey(Optional.empty(), "files.read")), "{}"));
        assertThat(((ToolCallStart) seen.get(1)).name()).isEqualTo("files.read");
    }

    @Test
    void a_call_of_a_custom_tool_streams_its_text() {
        List<LlmEvent> seen = restored(translation(null, PATCH), call(0, "apply_patch", "{\"inp", "ut\":\"a\\", "nb", "c\"}"));
        ToolCall call = ToolCall.builder("c0", "apply_patch").kind(Kind.CUSTOM).id("ctc_0").arguments("a\nbc").build();
        assertThat(seen).containsExactly(
                new ItemStarted("ctc_0", 0, ToolCall.builder("c0", "apply_patch").kind(Kind.CUSTOM).id("ctc_0").build()),
                new ToolCallStart("ctc_0", 0, Kind.CUSTOM, Optional.empty(), "apply_patch", "c0"),
                new ToolCallArgumentsDelta("ctc_0", 0, "c0", "a"), new ToolCallArgumentsDelta("ctc_0", 0, "c0", "\nb"),
                new ToolCallArgumentsDelta("ctc_0", 0, "c0", "c"), new ToolCallComplete("ctc_0", 0, call),
                new ItemComplete("ctc_0", 0, call));
    }

    @Test
    void arguments_without_an_input_are_told_when_that_is_certain() {
        List<LlmEvent> seen = restored(translation(null, PATCH), call(0, "apply_patch", "{\"patch\":", "\"x\"}"));
        assertThat(seen).filteredOn(ToolCallArgumentsDelta.class::isInstance)
                .containsExactly(new ToolCallArgumentsDelta("ctc_0", 0, "c0", "{\"patch\":\"x\"}"));
        assertThat(((ToolCallComplete) seen.get(3)).call().arguments()).isEqualTo("{\"patch\":\"x\"}");
    }

    @Test
    void the_item_of_a_custom_call_is_called_the_same_in_its_events_and_at_the_end() {
        ToolCall call = ToolCall.builder("c0", "apply_patch").id("fc_0").arguments("{\"input\":\"x\"}").build();
        List<LlmEvent> events = new ArrayList<>(call(0, "apply_patch", "{\"input\":\"x\"}"));
        events.add(new ResponseCompleted(response(call)));
        List<LlmEvent> seen = restored(translation(null, PATCH), events);
        assertThat(seen).filteredOn(LlmEvent.OfItem.class::isInstance).isNotEmpty()
                .allSatisfy(event -> assertThat(((LlmEvent.OfItem) event).itemId()).isEqualTo("ctc_0"));
        assertThat(((ResponseCompleted) seen.get(seen.size() - 1)).response().output()).singleElement()
                .extracting(item -> item.id().orElse("")).isEqualTo("ctc_0");
    }

    @Test
    void a_custom_call_of_the_history_has_the_id_of_a_functions_again() {
        ToolCall call = ToolCall.builder("c0", "apply_patch").kind(Kind.CUSTOM).id("ctc_0").arguments("x").build();
        LlmRequest asked = LlmRequest.builder().user("Hello").tools(List.of(PATCH)).item(call)
                .item(ToolOutput.of(call, "done")).build();
        assertThat(Translations.of(asked, Providers.CHAT).request().input()).filteredOn(ToolCall.class::isInstance)
                .singleElement().extracting(item -> item.id().orElse("")).isEqualTo("fc_0");
    }

    @Test
    void a_cut_call_of_a_custom_tool_has_the_text_that_came() {
        ToolCall cut = ToolCall.builder("c0", "apply_patch").status(ItemStatus.INCOMPLETE).arguments("{\"input\":\"ab").build();
        assertThat(translation(null, PATCH).restored(response(cut)).output()).containsExactly(
                ToolCall.builder("c0", "apply_patch").kind(Kind.CUSTOM).status(ItemStatus.INCOMPLETE).arguments("ab").build());
    }

    @Test
    void parallel_calls_are_read_each_for_itself() {
        List<LlmEvent> one = call(0, "apply_patch", "{\"input\":\"a", "b\"}");
        List<LlmEvent> other = call(1, "apply_patch", "{\"input\":\"x", "y\"}");
        List<LlmEvent> mixed = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            mixed.addAll(List.of(one.get(i), other.get(i)));
        }
        List<LlmEvent> seen = restored(translation(null, PATCH), mixed);
        assertThat(seen).filteredOn(ToolCallComplete.class::isInstance)
                .extracting(event -> ((ToolCallComplete) event).call().arguments()).containsExactly("ab", "xy");
    }

    @Test
    void the_whole_response_has_the_same_calls_as_its_events() {
        LlmResponse response = response(ToolCall.function("c0", "mcp__read", "{}"),
                ToolCall.function("c1", "apply_patch", "{\"input\":\"x\"}"));
        List<Item> expected = List.of(ToolCall.builder("c0", "read").namespace("mcp").arguments("{}").build(),
                ToolCall.custom("c1", "apply_patch", "x"));
        Translation translation = translation(null, SPACE, PATCH);
        assertThat(translation.restored(response).output()).isEqualTo(expected);
        assertThat(restored(translation, List.of(new ResponseCompleted(response)))).singleElement()
                .extracting(event -> ((ResponseCompleted) event).response().output()).isEqualTo(expected);
    }

    @Test
    void a_call_that_nobody_offered_stays_as_it_is() {
        List<LlmEvent> events = call(0, "other", "{}");
        assertThat(restored(translation(null, SPACE), events)).isEqualTo(events);
    }

    private static ToolChoice onlyRead() {
        return new ToolChoice.Allowed(ToolChoice.Mode.AUTO, List.of(new ToolChoice.Function("read")));
    }

    @Test
    void a_call_that_is_not_allowed_does_not_reach_the_client_and_the_places_close_up() {
        List<LlmEvent> events = new ArrayList<>(text(0, "Well"));
        events.addAll(call(1, "apply_patch", "{\"input\":\"x\"}"));
        events.addAll(call(2, "read", "{}"));
        List<LlmEvent> expected = new ArrayList<>(text(0, "Well"));
        call(2, "read", "{}").forEach(event -> expected.add(moved((LlmEvent.OfItem) event)));
        assertThat(restored(translation(onlyRead(), READ, PATCH), events)).isEqualTo(expected);
    }

    /** From the third place to the second. */
    private static LlmEvent moved(LlmEvent.OfItem event) {
        LeftOutItems leftOut = new LeftOutItems();
        leftOut.add(1);
        LlmEvent.OfItem moved = leftOut.renumbered(event);
        assertThat(moved.outputIndex()).isEqualTo(1);
        assertThat(moved).hasSameClassAs(event);
        return moved;
    }

    @Test
    void an_answer_whose_only_call_is_not_allowed_has_just_stopped() {
        LlmResponse restored = translation(onlyRead(), READ, PATCH)
                .restored(response(ToolCall.function("c0", "apply_patch", "{}")));
        assertThat(restored.output()).isEmpty();
        assertThat(restored.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(restored.providerFinishReason()).isEmpty();
    }
}
