package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.ReasoningReplay;
import io.quarkiverse.llm.runtime.config.preset.ToolChoiceForm;
import io.quarkiverse.llm.runtime.json.FormArbitraries;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.RequestReader;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every request that can be encoded becomes a body that OpenAI's description of the API allows, and keeps what it says. */
class ResponsesEncodingPropertyTest {

    @Provide
    Arbitrary<LlmRequest> requests() {
        return FormArbitraries.requests().map(ResponsesEncodingPropertyTest::encodable);
    }

    /** The same without what is refused, and with a name for the model. */
    static LlmRequest encodable(LlmRequest request) {
        GenerationOptions asked = request.options();
        GenerationOptions options = GenerationOptions.builder().temperature(asked.temperature().orElse(null))
                .topP(asked.topP().orElse(null)).maxOutputTokens(asked.maxOutputTokens().orElse(null))
                .maxToolCalls(asked.maxToolCalls().orElse(null)).reasoningEffort(asked.reasoningEffort().orElse(null))
                .reasoningSummary(asked.reasoningSummary().orElse(null)).verbosity(asked.verbosity().orElse(null))
                .topLogprobs(asked.topLogprobs().orElse(null))
                .parallelToolCalls(asked.parallelToolCalls().filter(said -> !request.tools().isEmpty()).orElse(null)).build();
        LlmRequest.Builder builder = LlmRequest.builder().model(request.model().orElse("m"))
                .instructions(request.instructions().filter(text -> !text.isEmpty()).orElse(null)).options(options)
                .items(request.input().stream().map(ResponsesEncodingPropertyTest::encodable).toList()).tools(request.tools())
                .toolChoice(request.toolChoice().filter(choice -> !request.tools().isEmpty()).orElse(null))
                .outputFormat(request.outputFormat().orElse(null)).include(request.include().toArray(String[]::new))
                .previousResponseId(request.previousResponseId().orElse(null))
                .conversation(request.conversation().filter(id -> request.previousResponseId().isEmpty()).orElse(null))
                .store(request.store().orElse(null)).background(request.background().orElse(null))
                .truncation(request.truncation().orElse(null)).promptCacheKey(request.promptCacheKey().orElse(null))
                .safetyIdentifier(request.safetyIdentifier().orElse(null)).serviceTier(request.serviceTier().orElse(null));
        request.metadata().forEach(builder::metadata);
        request.extraBody().forEach((name, value) -> builder.extraBody("x_" + name, value));
        return builder.build();
    }

    private static Item encodable(Item item) {
        if (item instanceof Message message) {
            List<Content> content = new ArrayList<>(message.content());
            content.removeIf(part -> part instanceof Content.Audio || message.role() == Role.ASSISTANT
                    && (part instanceof Content.Image || part instanceof Content.File));
            return new Message(message.id(), message.status(), message.role(), content, message.phase());
        } else if (item instanceof ToolOutput output) {
            return new ToolOutput(output.id(), output.status(), output.kind(), output.callId(),
                    output.content().stream().filter(part -> !(part instanceof Content.Audio)).toList());
        }
        return item;
    }

    @Provide
    Arbitrary<Preset> presets() {
        return Arbitraries.of(Preset.OPENAI, Preset.AZURE, Preset.XAI, Preset.OPENROUTER, Preset.GENERIC, Preset.VLLM);
    }

    private static String encoded(LlmRequest request, ProviderSettings settings) {
        return new String(new ResponsesRequestEncoder(settings).encode(request, true));
    }

    @Property(tries = 500)
    void everyBodyIsAsTheApiIsDescribed(@ForAll("requests") LlmRequest request, @ForAll("presets") Preset preset) {
        // What a server stores, and tools that are chosen without being offered, are refused: not the point here.
        ProviderSettings settings = Bodies.settings(preset).capabilities(Preset.GENERIC.capabilities())
                .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.ALLOWED_TOOLS).build();
        JsonObject body = new JsonObject(encoded(request, settings));

        assertThat(KnownFields.violations(body, request.extraBody().keySet())).isEmpty();
        request.extraBody().forEach((name, value) -> assertThat(body.getMap()).containsKey(name));
    }

    @Property(tries = 500)
    void aBodyReadAgainIsTheSameRequest(@ForAll("requests") LlmRequest asked) {
        LlmRequest request = Kept.of(asked);
        ProviderSettings settings = Bodies.settings(Preset.OPENAI)
                .quirk(Quirk.REASONING_REPLAY, ReasoningReplay.AS_RECEIVED).build();

        assertThat(RequestReader.read(JsonFields.of(encoded(request, settings)))).isEqualTo(request);
    }
}
