package io.quarkiverse.llm.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is read as it was: as text and as bytes, by the common type and by the own one. */
class RoundTripTest {

    private static final int TRIES = 300;

    @Property(tries = TRIES)
    void items(@ForAll("items") Item item) throws IOException {
        assertRoundTrip(item, Item.class);
    }

    @Property(tries = TRIES)
    void content(@ForAll("content") Content part) throws IOException {
        assertRoundTrip(part, Content.class);
    }

    @Property(tries = TRIES)
    void tools(@ForAll("tools") Tool tool) throws IOException {
        assertRoundTrip(tool, Tool.class);
    }

    @Property(tries = TRIES)
    void toolChoices(@ForAll("toolChoices") ToolChoice choice) throws IOException {
        assertRoundTrip(choice, ToolChoice.class);
    }

    @Property(tries = TRIES)
    void formats(@ForAll("formats") OutputFormat format) throws IOException {
        assertRoundTrip(format, OutputFormat.class);
    }

    @Property(tries = TRIES)
    void options(@ForAll("options") GenerationOptions options) throws IOException {
        assertRoundTrip(options, GenerationOptions.class);
    }

    @Property(tries = TRIES)
    void requests(@ForAll("requests") LlmRequest request) throws IOException {
        assertRoundTrip(request, LlmRequest.class);
    }

    @Property(tries = TRIES)
    void responses(@ForAll("responses") LlmResponse response) throws IOException {
        assertRoundTrip(response, LlmResponse.class);
    }

    @Property(tries = 2 * TRIES)
    void events(@ForAll("events") LlmEvent event) throws IOException {
        assertRoundTrip(event, LlmEvent.class);
    }

    private static <T> void assertRoundTrip(T value, Class<T> type) throws IOException {
        String text = Form.write(value);
        assertThat(Form.MAPPER.readValue(text, type)).isEqualTo(value);
        assertThat((Object) Form.MAPPER.readValue(text, value.getClass())).isEqualTo(value);
        assertThat(Form.MAPPER.readValue(Form.MAPPER.writeValueAsBytes(value), type)).isEqualTo(value);
    }

    @Provide
    Arbitrary<Item> items() {
        return ItemArbitraries.items();
    }

    @Provide
    Arbitrary<Content> content() {
        return ItemArbitraries.parts();
    }

    @Provide
    Arbitrary<Tool> tools() {
        return FormArbitraries.tools();
    }

    @Provide
    Arbitrary<ToolChoice> toolChoices() {
        return FormArbitraries.toolChoices();
    }

    @Provide
    Arbitrary<OutputFormat> formats() {
        return FormArbitraries.formats();
    }

    @Provide
    Arbitrary<GenerationOptions> options() {
        return FormArbitraries.options();
    }

    @Provide
    Arbitrary<LlmRequest> requests() {
        return FormArbitraries.requests();
    }

    @Provide
    Arbitrary<LlmResponse> responses() {
        return FormArbitraries.responses();
    }

    @Provide
    Arbitrary<LlmEvent> events() {
        return FormArbitraries.events();
    }
}
