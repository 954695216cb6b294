package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.wire.EventRules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is done to a stream, a subscriber may rely on the same: a legal sequence, and an answer or a failure of ours. */
class SpoiltStreamTest {

    private static final List<Object> VALUES = List.of("", "x", "msg_1", "fc_2", 0, 1, -1, 1e300, true, new JsonObject(),
            new JsonArray(), new JsonObject().put("type", "message"), new JsonArray().add("x").add(new JsonObject()));

    private static List<JsonObject> events() {
        return new OfficialStream().reasoning("rs_1", "Rain", "?").message("msg_1", "Let me ", "look.")
                .call("fc_1", "call_a", "weather", "{\"city\"", ":\"Oslo\"}")
                .call("fc_2", "call_b", "clock", "{\"zone\":", "1}")
                .complete().events.stream().map(JsonObject::copy).collect(Collectors.toCollection(ArrayList::new));
    }

    @Property(tries = 3_000, seed = "42")
    void a_spoilt_stream_is_an_answer_or_a_failure_and_its_events_are_legal(@ForAll Random random) {
        List<JsonObject> events = events();
        for (int i = random.nextInt(6); i >= 0; i--) {
            spoil(events, random);
        }
        Decoding decoding = new Decoding();
        try {
            for (JsonObject event : events) {
                decoding.event(event.encode());
            }
            decoding.decoder.end();
            decoding.response();
        } catch (LlmException e) {
            EventRules.check(decoding.events);
            decoding.decoder.partial();
        }
    }

    @Property(tries = 1_000, seed = "42")
    void events_that_are_lost_before_the_last_one_cost_neither_text_nor_items(@ForAll Random random) {
        List<JsonObject> events = events();
        for (int i = random.nextInt(10); i >= 0; i--) {
            events.remove(random.nextInt(events.size() - 1));
        }
        Decoding decoding = new Decoding();
        LlmResponse response = decoding.whole(events.stream().map(JsonObject::encode).toList());

        assertThat(response.reasoningText()).isEqualTo("Rain?");
        assertThat(response.text()).isEqualTo("Let me look.");
        assertThat(response.output()).hasSize(4);
    }

    private static void spoil(List<JsonObject> events, Random random) {
        if (events.isEmpty()) {
            return;
        }
        int index = random.nextInt(events.size());
        JsonObject event = events.get(index);
        switch (random.nextInt(6)) {
            case 0 -> events.remove(index);
            case 1 -> events.add(random.nextInt(events.size() + 1), event.copy());
            case 2 -> events.add(random.nextInt(events.size()), events.remove(index));
            case 3 -> spoil(event, random, null);
            case 4 -> spoil(event, random, VALUES.get(random.nextInt(VALUES.size())));
            default -> {
                String field = List.of("item_id", "output_index", "content_index", "summary_index", "sequence_number")
                        .get(random.nextInt(5));
                events.forEach(each -> each.remove(field));
            }
        }
    }

    /** Takes away or replaces a field, of the event or of an object in it. */
    private static void spoil(JsonObject object, Random random, Object value) {
        List<String> names = List.copyOf(object.fieldNames());
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        if (object.getValue(name) instanceof JsonObject nested && random.nextInt(4) > 0) {
            spoil(nested, random, value);
        } else if (object.getValue(name) instanceof JsonArray array && !array.isEmpty() && random.nextInt(4) > 0
                && array.getValue(random.nextInt(array.size())) instanceof JsonObject element) {
            spoil(element, random, value);
        } else if (value == null) {
            object.remove(name);
        } else {
            object.put(name, value);
        }
    }
}
