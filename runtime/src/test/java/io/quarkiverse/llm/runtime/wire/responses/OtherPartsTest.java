package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.Told.CREATED;
import static io.quarkiverse.llm.runtime.wire.responses.Told.MESSAGE;
import static io.quarkiverse.llm.runtime.wire.responses.Told.PART;
import static io.quarkiverse.llm.runtime.wire.responses.Told.end;
import static io.quarkiverse.llm.runtime.wire.responses.Told.item;
import static io.quarkiverse.llm.runtime.wire.responses.Told.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;

/** Ends of items that tell other parts than were streamed: what was streamed does not come a second time. */
class OtherPartsTest {

    private static final String HELLO = "{\"type\":\"output_text\",\"text\":\"Hello\",\"annotations\":[]}";

    private static String done(String... parts) {
        return item("done", 0, "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
                + "\"content\":[" + String.join(",", parts) + "]}");
    }

    private static String atPlace(int index, String event) {
        return event.replace("\"content_index\":0", "\"content_index\":" + index);
    }

    /** The message, whose text came once. */
    private static Message message(String text, String... events) {
        Decoding decoding = new Decoding();
        LlmResponse response = decoding.whole(List.of(events));
        assertThat(decoding.events(LlmEvent.TextDelta.class).stream().map(LlmEvent.TextDelta::delta).reduce("", String::concat))
                .isEqualTo(text);
        assertThat(response.text()).isEqualTo(text);
        return (Message) response.output().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"type\":\"refusal\",\"refusal\":\"\"}", "{\"type\":\"output_audio\",\"data\":\"x\"}",
            "{\"type\":\"reasoning_text\",\"text\":\"Hm\"}" })
    void a_part_in_front_that_was_not_streamed(String first) {
        assertThat(message("Hello", CREATED, MESSAGE, PART, text("Hello"), done(first, HELLO), end("completed", "")).content())
                .hasSize(2);
        assertThat(message("Hello", CREATED, MESSAGE, atPlace(1, PART), atPlace(1, text("Hello")), done(first, HELLO),
                end("completed", "")).content()).hasSize(2);
    }

    @Test
    void texts_behind_a_part_that_was_not_streamed() {
        Message message = message("OneTwo", CREATED, MESSAGE, PART, text("One"), atPlace(1, PART), atPlace(1, text("Two")),
                done("{\"type\":\"refusal\",\"refusal\":\"\"}", HELLO.replace("Hello", "One"), HELLO.replace("Hello", "Two")),
                end("completed", ""));

        assertThat(message.content()).hasSize(3);
    }

    @Test
    void a_text_that_goes_on_behind_a_part_that_was_not_streamed() {
        message("Hello", CREATED, MESSAGE, PART, text("Hel"), done("{\"type\":\"refusal\",\"refusal\":\"\"}", HELLO),
                end("completed", ""));
    }
}
