package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ToolCall;

class SequentialItemsTest {

    private static final ResponseStarted STARTED = new ResponseStarted("resp_1", "m", Instant.ofEpochSecond(1));

    private final List<LlmEvent> handedOn = new ArrayList<>();
    private final SequentialItems items = new SequentialItems(handedOn::add);

    private static ToolCall call(int index, String arguments) {
        return ToolCall.builder("call_" + index, "weather").id("fc_" + index).arguments(arguments)
                .status(ItemStatus.COMPLETED).build();
    }

    private static List<LlmEvent> begin(int index) {
        ToolCall call = call(index, "");
        return List.of(new ItemStarted("fc_" + index, index, call), new ToolCallStart("fc_" + index, index, call.kind(),
                call.namespace(), call.name(), call.callId()));
    }

    private static LlmEvent delta(int index, String delta) {
        return new ToolCallArgumentsDelta("fc_" + index, index, "call_" + index, delta);
    }

    private static List<LlmEvent> end(int index, String arguments) {
        ToolCall call = call(index, arguments);
        return List.of(new ToolCallComplete("fc_" + index, index, call), new ItemComplete("fc_" + index, index, call));
    }

    private void accept(List<LlmEvent> events) {
        events.forEach(items);
    }

    @Test
    void what_is_in_order_is_handed_on_at_once() {
        List<LlmEvent> events = CanonicalStream.of(call(0, "{}"), call(1, "{\"a\":1}"));

        for (int i = 0; i < events.size(); i++) {
            items.accept(events.get(i));
            assertThat(handedOn).isEqualTo(events.subList(0, i + 1));
        }
    }

    @Test
    void arguments_of_a_later_call_wait_for_the_end_of_the_open_one() {
        items.accept(STARTED);
        accept(begin(0));
        items.accept(delta(0, "{\"a\":"));
        accept(begin(1));
        items.accept(delta(1, "{\"b\":"));
        items.accept(delta(0, "1}"));
        assertThat(handedOn).hasSize(5).endsWith(delta(0, "{\"a\":"), delta(0, "1}"));

        accept(end(0, "{\"a\":1}"));
        assertThat(handedOn).endsWith(delta(1, "{\"b\":"));

        items.accept(delta(1, "2}"));
        assertThat(handedOn).endsWith(delta(1, "2}"));
    }

    @Test
    void an_item_that_has_ended_while_it_waited_lets_the_next_one_on() {
        accept(begin(0));
        accept(begin(1));
        accept(begin(2));
        accept(end(1, ""));
        items.accept(delta(2, "{"));
        assertThat(handedOn).isEqualTo(begin(0));

        accept(end(0, ""));
        assertThat(handedOn).hasSize(11).endsWith(delta(2, "{"));

        items.accept(delta(2, "}"));
        assertThat(handedOn).hasSize(12);
    }

    @Test
    void events_of_a_hosted_tool_wait_with_its_item() {
        RawJson json = RawJson.of("{\"id\":\"ws_1\",\"type\":\"web_search_call\"}");
        UnknownEvent ofItem = new UnknownEvent("response.web_search_call.searching", RawJson.of("{\"output_index\":1}"));
        UnknownEvent ofNone = new UnknownEvent("response.rate_limits.updated", RawJson.of("{}"));
        UnknownEvent ofNowhere = new UnknownEvent("response.odd", RawJson.of("{\"output_index\":\"7\"}"));
        accept(begin(0));
        items.accept(new ItemStarted("ws_1", 1, new OpaqueItem("web_search_call", json)));
        accept(List.of(ofItem, ofNone, ofNowhere));
        assertThat(handedOn).hasSize(4).endsWith(ofNone, ofNowhere);

        accept(end(0, ""));
        assertThat(handedOn).endsWith(ofItem);
    }

    @Test
    void however_items_overlap_each_comes_whole_and_in_its_place() {
        Random random = new Random(42);
        for (int run = 0; run < 200; run++) {
            LlmResponse response = CanonicalStream.response(List.of(call(0, "{\"a\":\"xxxxxxxxxxxx\"}"), call(1, "{}"),
                    call(2, "{\"b\":[1,2,3,4,5,6,7,8,9]}"), call(3, "")));
            long seed = random.nextLong();
            handedOn.clear();
            SequentialItems sequential = new SequentialItems(handedOn::add);

            List<LlmEvent> overlapping = CanonicalStream.overlapping(response, new Random(seed));
            overlapping.forEach(sequential);

            assertThat(handedOn).hasSameSizeAs(overlapping).endsWith(new ResponseCompleted(response));
            Encoding.of(handedOn);
        }
    }
}
