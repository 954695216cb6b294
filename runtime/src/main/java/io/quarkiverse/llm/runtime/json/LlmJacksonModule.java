package io.quarkiverse.llm.runtime.json;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.module.SimpleModule;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ResponseError;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.Usage;

/**
 * Lets an application's {@code ObjectMapper} read and write requests, responses, items, events and what they are made of, in
 * the form that the guide documents. {@code findAndRegisterModules()} finds it.
 */
public final class LlmJacksonModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    public LlmJacksonModule() {
        super("quarkus-llm");
        form(LlmRequest.class, List.of(), RequestWriter::write, object(RequestReader::read));
        form(GenerationOptions.class, List.of(), OptionsWriter::write, object(OptionsReader::read));
        form(LlmResponse.class, List.of(), ResponseWriter::write, object(ResponseReader::read));
        form(Usage.class, List.of(), UsageJson::write, object(UsageJson::read));
        form(ResponseError.class, List.of(), ResponseWriter::write, object(ResponseReader::error));
        form(Annotation.class, List.of(), (out, annotation) -> JsonText.write(out, annotation.json()),
                object(AnnotationReader::read));
        form(RawJson.class, List.of(), JsonText::write, JsonValue::raw);
        form(Item.class, List.of(Message.class, ToolCall.class, ToolOutput.class, Reasoning.class, ItemReference.class,
                OpaqueItem.class), ItemWriter::write, object(ItemReader::read));
        form(Content.class, List.of(Content.Text.class, Content.Refusal.class, Content.Image.class, Content.File.class,
                Content.Audio.class, Content.Opaque.class), ContentWriter::write, ContentReader::read);
        form(Tool.class, List.of(Tool.Function.class, Tool.Custom.class, Tool.Namespace.class, Tool.Opaque.class),
                ToolWriter::write, object(ToolReader::read));
        form(ToolChoice.class, List.of(ToolChoice.Mode.class, ToolChoice.Named.class, ToolChoice.Function.class,
                ToolChoice.Custom.class, ToolChoice.Allowed.class, ToolChoice.Opaque.class), ToolChoiceWriter::write,
                ToolChoiceReader::read);
        form(OutputFormat.class, List.of(OutputFormat.Text.class, OutputFormat.Json.class, OutputFormat.JsonSchema.class),
                OutputFormatWriter::write, object(OutputFormatReader::read));
        form(LlmEvent.class, List.of(LlmEvent.OfItem.class, LlmEvent.ResponseStarted.class, LlmEvent.ItemStarted.class,
                LlmEvent.TextDelta.class, LlmEvent.ReasoningDelta.class, LlmEvent.RefusalDelta.class,
                LlmEvent.AnnotationAdded.class, LlmEvent.ToolCallStart.class, LlmEvent.ToolCallArgumentsDelta.class,
                LlmEvent.ToolCallComplete.class, LlmEvent.ItemComplete.class, LlmEvent.ResponseParsed.class,
                LlmEvent.ResponseCompleted.class,
                LlmEvent.UnknownEvent.class), EventWriter::write, object(EventReader::read));
        // a mapper that is set to look at private fields would show it
        addSerializer(Secret.class, new FormSerializer<Secret>((out, secret) -> out.writeString(Secret.MASK)));
    }

    /** Deserializers are found by the very class that is asked for, serializers by what a class is a kind of. */
    private <T> void form(Class<T> type, List<Class<? extends T>> kinds, FormSerializer.Writer<? super T> writer,
            Function<JsonValue, ? extends T> reader) {
        addSerializer(type, new FormSerializer<>(writer));
        deserializer(type, reader);
        for (Class<? extends T> kind : kinds) {
            deserializer(kind, reader);
        }
    }

    private <T> void deserializer(Class<T> type, Function<JsonValue, ?> reader) {
        addDeserializer(type, new FormDeserializer<>(type, reader));
    }

    private static <T> Function<JsonValue, T> object(Function<JsonFields, T> reader) {
        return value -> reader.apply(value.object());
    }
}
