package io.quarkiverse.llm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider is asked. A superset of both wire APIs: where the one in use has no word for what is asked, the request
 * fails and says so. Left out are only what cannot matter there, such as a limit for hosted tools where there are none, and
 * wishes to see more, such as a summary of the reasoning.
 * <p>
 * The next turn of a conversation is one line:
 *
 * <pre>{@code
 * request.toBuilder().append(response).toolOutput(callId, "21 degrees").build()
 * }</pre>
 */
public final class LlmRequest {

    private final List<Item> input;
    private final List<Tool> tools;
    private final GenerationOptions options;
    private final List<String> include;
    private final Map<String, String> metadata;
    private final Map<String, RawJson> extraBody;
    private final Map<String, String> extraHeaders;
    private final Optional<String> model;
    private final Optional<String> instructions;
    private final Optional<OutputFormat> outputFormat;
    private final Optional<ToolChoice> toolChoice;
    private final Optional<String> previousResponseId;
    private final Optional<String> conversation;
    private final Optional<String> orderingKey;
    private final Optional<Boolean> store;
    private final Optional<Boolean> background;
    private final Optional<String> truncation;
    private final Optional<String> promptCacheKey;
    private final Optional<String> safetyIdentifier;
    private final Optional<String> serviceTier;
    private final Optional<Secret> apiKey;
    private final Optional<Duration> timeout;

    private LlmRequest(Builder builder) {
        input = List.copyOf(builder.input);
        tools = List.copyOf(builder.tools);
        options = builder.buildOptions();
        include = List.copyOf(builder.include);
        metadata = ordered(builder.metadata);
        extraBody = ordered(builder.extraBody);
        extraHeaders = ordered(builder.extraHeaders);
        model = Optional.ofNullable(builder.model);
        instructions = Optional.ofNullable(builder.instructions);
        outputFormat = Optional.ofNullable(builder.outputFormat);
        toolChoice = Optional.ofNullable(builder.toolChoice);
        previousResponseId = Optional.ofNullable(builder.previousResponseId);
        conversation = Optional.ofNullable(builder.conversation);
        orderingKey = Optional.ofNullable(builder.orderingKey);
        store = Optional.ofNullable(builder.store);
        background = Optional.ofNullable(builder.background);
        truncation = Optional.ofNullable(builder.truncation);
        promptCacheKey = Optional.ofNullable(builder.promptCacheKey);
        safetyIdentifier = Optional.ofNullable(builder.safetyIdentifier);
        serviceTier = Optional.ofNullable(builder.serviceTier);
        apiKey = Optional.ofNullable(builder.apiKey);
        timeout = Optional.ofNullable(builder.timeout);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** A single user message. */
    public static LlmRequest of(String text) {
        return builder().user(text).build();
    }

    /** A request without anything. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that holds all of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.items(input).tools(tools);
        builder.orElse(options);
        builder.include.addAll(include);
        builder.metadata.putAll(metadata);
        builder.extraBody.putAll(extraBody);
        builder.extraHeaders.putAll(extraHeaders);
        builder.model = model.orElse(null);
        builder.instructions = instructions.orElse(null);
        builder.outputFormat = outputFormat.orElse(null);
        builder.toolChoice = toolChoice.orElse(null);
        builder.previousResponseId = previousResponseId.orElse(null);
        builder.conversation = conversation.orElse(null);
        builder.orderingKey = orderingKey.orElse(null);
        builder.store = store.orElse(null);
        builder.background = background.orElse(null);
        builder.truncation = truncation.orElse(null);
        builder.promptCacheKey = promptCacheKey.orElse(null);
        builder.safetyIdentifier = safetyIdentifier.orElse(null);
        builder.serviceTier = serviceTier.orElse(null);
        builder.apiKey = apiKey.orElse(null);
        builder.timeout = timeout.orElse(null);
        return builder;
    }

    /**
     * The conversation so far, in order. A request without any is refused with an {@link LlmBadRequestException}, unless it has
     * {@link #instructions()} or continues something, or its extra body has what stands for an input, such as {@code prompt}.
     */
    public List<Item> input() {
        return input;
    }

    /** What the model may ask to be called. */
    public List<Tool> tools() {
        return tools;
    }

    /** Sampling, limits and effort. */
    public GenerationOptions options() {
        return options;
    }

    /**
     * What the server shall add to its answer, such as {@code file_search_call.results}. Responses API only. What follows from
     * the rest of the request needs not be said: log probabilities, and the encrypted reasoning of responses that OpenAI shall
     * not store.
     */
    public List<String> include() {
        return include;
    }

    /** The application's own notes, kept with the response. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Top-level fields of the body that are not modelled here; they win over everything else. */
    public Map<String, RawJson> extraBody() {
        return extraBody;
    }

    /** Headers of this request alone; they win over configured ones. */
    public Map<String, String> extraHeaders() {
        return extraHeaders;
    }

    /** The model; the provider's configured one when it is not said. */
    public Optional<String> model() {
        return model;
    }

    /** What the model shall be and do, before everything else. */
    public Optional<String> instructions() {
        return instructions;
    }

    /** The form of the answer's text. */
    public Optional<OutputFormat> outputFormat() {
        return outputFormat;
    }

    /** Which of the tools the model may or must call; {@link ToolChoice#AUTO} at every server unless said. */
    public Optional<ToolChoice> toolChoice() {
        return toolChoice;
    }

    /** Continues a response that the server has stored. Responses API only. */
    public Optional<String> previousResponseId() {
        return previousResponseId;
    }

    /** The id of a conversation that the server keeps. Responses API only. */
    public Optional<String> conversation() {
        return conversation;
    }

    /**
     * Requests with the same key are answered one after the other, in their order, where a provider hands them on to workers
     * elsewhere; the {@link #conversation()} unless set. It is for those who keep conversations themselves: no model server is
     * told, and the JSON form does not have it.
     */
    public Optional<String> orderingKey() {
        return orderingKey;
    }

    /** Whether the server shall keep the response. */
    public Optional<Boolean> store() {
        return store;
    }

    /**
     * Whether the response shall run on the server without an open connection. Responses API only. At a configured provider
     * {@link LlmProvider#complete} answers when it has ended, and {@link LlmProvider#stream} takes the stream up again where it
     * breaks off. Cancelling either stops the waiting, not the response: see {@link StoredResponses#cancel}. A failure that
     * leaves the response running has its id in {@link LlmException#partial()}.
     */
    public Optional<Boolean> background() {
        return background;
    }

    /**
     * {@code auto} lets the server drop the oldest items when the context overflows; {@code disabled} makes that
     * an error. Responses API only.
     */
    public Optional<String> truncation() {
        return truncation;
    }

    /** Groups requests with a common beginning, for the server's prompt cache. */
    public Optional<String> promptCacheKey() {
        return promptCacheKey;
    }

    /** A stable, anonymous id of the end user. */
    public Optional<String> safetyIdentifier() {
        return safetyIdentifier;
    }

    /** {@code auto}, {@code default}, {@code flex}, {@code priority}, ... */
    public Optional<String> serviceTier() {
        return serviceTier;
    }

    /** Used instead of the configured key, for this request alone. */
    public Optional<Secret> apiKey() {
        return apiKey;
    }

    /** Limit of the whole exchange, instead of the configured one. */
    public Optional<Duration> timeout() {
        return timeout;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LlmRequest request && fields().equals(request.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** For people; neither secrets nor what was said. */
    @Override
    public String toString() {
        return "LlmRequest[model=" + model.orElse("default") + ", input=" + input.size() + " items, tools=" + tools.size()
                + "]";
    }

    private List<Object> fields() {
        return List.of(input, tools, options, include, metadata, extraBody, extraHeaders, model, instructions, outputFormat,
                toolChoice, previousResponseId, conversation, orderingKey, store, background, truncation, promptCacheKey,
                safetyIdentifier, serviceTier, apiKey, timeout);
    }

    /** Not thread-safe. A {@code null} for an optional field means that nothing is said. */
    public static final class Builder extends ExchangeBuilder<Builder> {

        private final List<String> include = new ArrayList<>();
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final Map<String, RawJson> extraBody = new LinkedHashMap<>();
        private String model;
        private String instructions;
        private OutputFormat outputFormat;
        private ToolChoice toolChoice;
        private String previousResponseId;
        private String conversation;
        private String orderingKey;
        private Boolean store;
        private Boolean background;
        private String truncation;
        private String promptCacheKey;
        private String safetyIdentifier;
        private String serviceTier;

        private Builder() {
        }

        @Override
        Builder self() {
            return this;
        }

        /** Takes these options where nothing else is said. */
        public Builder options(GenerationOptions defaults) {
            return orElse(defaults);
        }

        /** Adds to {@link LlmRequest#include()}. */
        public Builder include(String... include) {
            this.include.addAll(List.of(include));
            return this;
        }

        /** Adds to {@link LlmRequest#metadata()}. */
        public Builder metadata(String key, String value) {
            metadata.put(key, value);
            return this;
        }

        /** Sets a top-level field of the body that is not modelled here. */
        public Builder extraBody(String field, RawJson value) {
            extraBody.put(field, Objects.requireNonNull(value, "value"));
            return this;
        }

        /** {@link LlmRequest#model()}. */
        public Builder model(String model) {
            this.model = model;
            return this;
        }

        /** {@link LlmRequest#instructions()}. */
        public Builder instructions(String instructions) {
            this.instructions = instructions;
            return this;
        }

        /** {@link LlmRequest#outputFormat()}. */
        public Builder outputFormat(OutputFormat outputFormat) {
            this.outputFormat = outputFormat;
            return this;
        }

        /** {@link LlmRequest#toolChoice()}. */
        public Builder toolChoice(ToolChoice toolChoice) {
            this.toolChoice = toolChoice;
            return this;
        }

        /** {@link LlmRequest#previousResponseId()}. */
        public Builder previousResponseId(String previousResponseId) {
            this.previousResponseId = previousResponseId;
            return this;
        }

        /** {@link LlmRequest#conversation()}. */
        public Builder conversation(String conversation) {
            this.conversation = conversation;
            return this;
        }

        /** {@link LlmRequest#orderingKey()}. */
        public Builder orderingKey(String orderingKey) {
            this.orderingKey = orderingKey;
            return this;
        }

        /** {@link LlmRequest#store()}. */
        public Builder store(Boolean store) {
            this.store = store;
            return this;
        }

        /** {@link LlmRequest#background()}. */
        public Builder background(Boolean background) {
            this.background = background;
            return this;
        }

        /** {@link LlmRequest#truncation()}. */
        public Builder truncation(String truncation) {
            this.truncation = truncation;
            return this;
        }

        /** {@link LlmRequest#promptCacheKey()}. */
        public Builder promptCacheKey(String promptCacheKey) {
            this.promptCacheKey = promptCacheKey;
            return this;
        }

        /** {@link LlmRequest#safetyIdentifier()}. */
        public Builder safetyIdentifier(String safetyIdentifier) {
            this.safetyIdentifier = safetyIdentifier;
            return this;
        }

        /** {@link LlmRequest#serviceTier()}. */
        public Builder serviceTier(String serviceTier) {
            this.serviceTier = serviceTier;
            return this;
        }

        /** The request as it is now; the builder may go on. */
        public LlmRequest build() {
            return new LlmRequest(this);
        }
    }
}
