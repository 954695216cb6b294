package io.quarkiverse.llm.runtime.json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseError;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.Usage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;

/** Requests, responses and events of all kinds. */
public final class FormArbitraries {

    private FormArbitraries() {
    }

    static Arbitrary<Tool> tools() {
        Arbitrary<Tool> leaves = Arbitraries.oneOf(
                Combinators.combine(texts(), optional(texts()), optional(objects("x")), optional(Arbitraries.of(true, false)))
                        .as(Tool.Function::new),
                Combinators.combine(texts(), optional(texts()), optional(objects("grammar"))).as(Tool.Custom::new),
                objects("web_search").map(json -> new Tool.Opaque("web_search", json)));
        return Arbitraries.oneOf(leaves,
                Combinators.combine(texts(), texts(), leaves.list().ofMaxSize(3)).as(Tool.Namespace::new));
    }

    static Arbitrary<ToolChoice> toolChoices() {
        Arbitrary<ToolChoice.Named> named = Arbitraries.oneOf(texts().map(ToolChoice.Function::new),
                texts().map(ToolChoice.Custom::new), objects("mcp").map(ToolChoice.Opaque::new));
        return Arbitraries.oneOf(Arbitraries.of(ToolChoice.Mode.class), named,
                Combinators.combine(Arbitraries.of(ToolChoice.Mode.class), named.list().ofMaxSize(3))
                        .as(ToolChoice.Allowed::new));
    }

    static Arbitrary<OutputFormat> formats() {
        return Arbitraries.oneOf(Arbitraries.of(OutputFormat.TEXT, OutputFormat.JSON),
                Combinators.combine(texts(), objects("object"), optional(texts()), optional(Arbitraries.of(true, false)))
                        .as(OutputFormat.JsonSchema::new));
    }

    static Arbitrary<GenerationOptions> options() {
        Arbitrary<Double> numbers = Arbitraries.doubles().injectNull(0.5);
        Arbitrary<Integer> counts = Arbitraries.integers().injectNull(0.5);
        Arbitrary<Long> longs = Arbitraries.longs().injectNull(0.5);
        Arbitrary<String> words = texts().injectNull(0.5);
        return Builders.withBuilder(GenerationOptions::builder)
                .use(numbers).in(GenerationOptions.Builder::temperature)
                .use(numbers).in(GenerationOptions.Builder::topP)
                .use(numbers).in(GenerationOptions.Builder::presencePenalty)
                .use(numbers).in(GenerationOptions.Builder::frequencyPenalty)
                .use(longs).in(GenerationOptions.Builder::seed)
                .use(texts().list().ofMaxSize(2)).in((builder, stop) -> builder.stop(stop))
                .use(longs).in(GenerationOptions.Builder::maxOutputTokens)
                .use(counts).in(GenerationOptions.Builder::maxToolCalls)
                .use(Arbitraries.of(true, false).injectNull(0.5)).in(GenerationOptions.Builder::parallelToolCalls)
                .use(counts).in(GenerationOptions.Builder::topLogprobs)
                .use(words).in(GenerationOptions.Builder::reasoningEffort)
                .use(words).in(GenerationOptions.Builder::reasoningSummary)
                .use(words).in(GenerationOptions.Builder::verbosity)
                .build(GenerationOptions.Builder::build);
    }

    public static Arbitrary<LlmRequest> requests() {
        Arbitrary<String> words = texts().injectNull(0.5);
        Arbitrary<Boolean> flags = Arbitraries.of(true, false).injectNull(0.5);
        Arbitrary<Duration> timeouts = Combinators.combine(Arbitraries.longs().between(0, 1_000_000),
                Arbitraries.integers().between(0, 999_999_999)).as(Duration::ofSeconds);
        return Builders.withBuilder(LlmRequest::builder)
                .use(ItemArbitraries.items().list().ofMaxSize(5)).in((builder, items) -> builder.items(items))
                .use(tools().list().ofMaxSize(3)).in((builder, tools) -> builder.tools(tools))
                .use(options()).in(LlmRequest.Builder::options)
                .use(texts().list().ofMaxSize(2))
                .in((builder, include) -> builder.include(include.toArray(String[]::new)))
                .use(Arbitraries.maps(names(), texts()).ofMaxSize(3)).in((builder, map) -> {
                    map.forEach(builder::metadata);
                    map.forEach(builder::extraHeader);
                    return builder;
                })
                .use(Arbitraries.maps(names(), values()).ofMaxSize(3)).in((builder, map) -> {
                    map.forEach(builder::extraBody);
                    return builder;
                })
                .use(words).in(LlmRequest.Builder::model)
                .use(words).in(LlmRequest.Builder::instructions)
                .use(formats().injectNull(0.5)).in(LlmRequest.Builder::outputFormat)
                .use(toolChoices().injectNull(0.5)).in(LlmRequest.Builder::toolChoice)
                .use(words).in(LlmRequest.Builder::previousResponseId)
                .use(words).in(LlmRequest.Builder::conversation)
                .use(flags).in(LlmRequest.Builder::store)
                .use(flags).in(LlmRequest.Builder::background)
                .use(words).in(LlmRequest.Builder::truncation)
                .use(words).in(LlmRequest.Builder::promptCacheKey)
                .use(words).in(LlmRequest.Builder::safetyIdentifier)
                .use(words).in(LlmRequest.Builder::serviceTier)
                .use(timeouts.injectNull(0.5)).in(LlmRequest.Builder::timeout)
                .build(LlmRequest.Builder::build);
    }

    static Arbitrary<LlmResponse> responses() {
        Arbitrary<String> words = texts().injectNull(0.5);
        Arbitrary<Long> counts = Arbitraries.longs().between(0, Long.MAX_VALUE / 2);
        Arbitrary<Usage> usages = Combinators.combine(counts, counts, counts, counts, counts, counts).as(Usage::new);
        Arbitrary<ResponseError> errors = Combinators.combine(texts(), texts()).as(ResponseError::new);
        return Builders.withBuilder(LlmResponse::builder)
                .use(texts()).in(LlmResponse.Builder::id)
                .use(texts()).in(LlmResponse.Builder::model)
                .use(instants()).in(LlmResponse.Builder::createdAt)
                .use(instants().injectNull(0.5)).in(LlmResponse.Builder::completedAt)
                .use(Arbitraries.of(ResponseStatus.class)).in(LlmResponse.Builder::status)
                .use(ItemArbitraries.items().list().ofMaxSize(5)).in((builder, items) -> builder.items(items))
                .use(Arbitraries.of(FinishReason.class)).in(LlmResponse.Builder::finishReason)
                .use(words).in(LlmResponse.Builder::providerFinishReason)
                .use(words).in(LlmResponse.Builder::incompleteReason)
                .use(usages.injectNull(0.5)).in(LlmResponse.Builder::usage)
                .use(errors.injectNull(0.5)).in(LlmResponse.Builder::error)
                .use(words).in(LlmResponse.Builder::serviceTier)
                .use(words).in(LlmResponse.Builder::previousResponseId)
                .use(words).in(LlmResponse.Builder::conversation)
                .use(Arbitraries.maps(names(), texts()).ofMaxSize(3)).in(LlmResponse.Builder::metadata)
                .use(Arbitraries.maps(Arbitraries.of(Repair.class), Arbitraries.integers().greaterOrEqual(1)).ofMaxSize(3))
                .in(LlmResponse.Builder::repairs)
                .use(Arbitraries.maps(names(), values()).ofMaxSize(3)).in(LlmResponse.Builder::extraBody)
                .build(LlmResponse.Builder::build);
    }

    static Arbitrary<LlmEvent> events() {
        Arbitrary<Integer> indexes = Arbitraries.integers().greaterOrEqual(0);
        return Arbitraries.oneOf(List.of(
                Combinators.combine(texts(), texts(), instants()).as(LlmEvent.ResponseStarted::new),
                Combinators.combine(texts(), indexes, ItemArbitraries.items()).as(LlmEvent.ItemStarted::new),
                Combinators.combine(texts(), indexes, indexes, texts(), optional(objects("x"))).as(LlmEvent.TextDelta::new),
                Combinators.combine(texts(), indexes, Arbitraries.of(LlmEvent.ReasoningDelta.Kind.class), indexes, texts())
                        .as(LlmEvent.ReasoningDelta::new),
                Combinators.combine(texts(), indexes, indexes, texts()).as(LlmEvent.RefusalDelta::new),
                Combinators.combine(texts(), indexes, indexes, indexes, ItemArbitraries.annotations())
                        .as(LlmEvent.AnnotationAdded::new),
                Combinators.combine(texts(), indexes, Arbitraries.of(ToolCall.Kind.class), optional(texts()), texts(), texts())
                        .as(LlmEvent.ToolCallStart::new),
                Combinators.combine(texts(), indexes, texts(), texts()).as(LlmEvent.ToolCallArgumentsDelta::new),
                Combinators.combine(texts(), indexes, ItemArbitraries.calls()).as(LlmEvent.ToolCallComplete::new),
                Combinators.combine(texts(), indexes, ItemArbitraries.items()).as(LlmEvent.ItemComplete::new),
                objects("x").map(LlmEvent.ResponseParsed<RawJson>::new),
                responses().map(LlmEvent.ResponseCompleted::new),
                Combinators.combine(texts(), objects("x")).as(LlmEvent.UnknownEvent::new)));
    }

    /** Text of any characters, halves of pairs among them. */
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(12), Arbitraries.strings().alpha().ofMaxLength(8),
                Arbitraries.of("", "\"", "\\", "\n\t\u0000", "é😀", "\ud83d", "\ude00x", "{\"a\":1}", "null"));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(Arbitraries.strings().alpha().ofMaxLength(8), Arbitraries.of("", "é😀", "\"\\\n"));
    }

    static <T> Arbitrary<Optional<T>> optional(Arbitrary<T> values) {
        return values.optional();
    }

    /** A compact JSON object of that type, with numbers no parser may touch. */
    static Arbitrary<RawJson> objects(String type) {
        return Combinators.combine(names(), values()).as((text, value) -> RawJson.verbatim("{\"type\":\"" + type
                + "\",\"text\":" + Form.write(text) + ",\"value\":" + value + "}"));
    }

    private static Arbitrary<RawJson> values() {
        return Arbitraries.of("1", "-0.0", "1.50", "1E+2", "12345678901234567890", "true", "null", "[]", "{}", "\"\\n\"",
                "[1,{\"a\":[null]}]").map(RawJson::of);
    }

    private static Arbitrary<Instant> instants() {
        return Combinators.combine(
                Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, 999_999_999)))
                .as(Instant::ofEpochSecond);
    }
}
