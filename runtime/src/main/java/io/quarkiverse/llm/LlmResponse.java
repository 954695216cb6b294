package io.quarkiverse.llm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A whole answer. Put it into the next request with {@link LlmRequest.Builder#append(LlmResponse)}.
 */
public final class LlmResponse {

    private final String id;
    private final String model;
    private final Instant createdAt;
    private final Optional<Instant> completedAt;
    private final ResponseStatus status;
    private final List<Item> output;
    private final FinishReason finishReason;
    private final Optional<String> providerFinishReason;
    private final Optional<String> incompleteReason;
    private final Optional<Usage> usage;
    private final Optional<ResponseError> error;
    private final Optional<String> serviceTier;
    private final Optional<String> previousResponseId;
    private final Optional<String> conversation;
    private final Map<String, String> metadata;
    private final Map<String, RawJson> extraBody;
    private final Map<Repair, Integer> repairs;

    private LlmResponse(Builder builder) {
        id = Objects.requireNonNull(builder.id, "id");
        model = Objects.requireNonNull(builder.model, "model");
        createdAt = Objects.requireNonNull(builder.createdAt, "createdAt");
        completedAt = Optional.ofNullable(builder.completedAt);
        status = builder.status;
        output = List.copyOf(builder.output);
        finishReason = builder.finishReason;
        providerFinishReason = Optional.ofNullable(builder.providerFinishReason);
        incompleteReason = Optional.ofNullable(builder.incompleteReason);
        usage = Optional.ofNullable(builder.usage);
        error = Optional.ofNullable(builder.error);
        serviceTier = Optional.ofNullable(builder.serviceTier);
        previousResponseId = Optional.ofNullable(builder.previousResponseId);
        conversation = Optional.ofNullable(builder.conversation);
        metadata = Map.copyOf(builder.metadata);
        extraBody = Collections.unmodifiableMap(new LinkedHashMap<>(builder.extraBody));
        repairs = Map.copyOf(builder.repairs);
    }

    /** For providers that an application implements itself, and for tests. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that holds all of this response. */
    public Builder toBuilder() {
        return new Builder().id(id).model(model).createdAt(createdAt).completedAt(completedAt.orElse(null)).status(status)
                .items(output).finishReason(finishReason).providerFinishReason(providerFinishReason.orElse(null))
                .incompleteReason(incompleteReason.orElse(null)).usage(usage.orElse(null)).error(error.orElse(null))
                .serviceTier(serviceTier.orElse(null)).previousResponseId(previousResponseId.orElse(null))
                .conversation(conversation.orElse(null)).metadata(metadata).extraBody(extraBody)
                .repairs(repairs);
    }

    /** The server's id, or one made up when it gave none. */
    public String id() {
        return id;
    }

    /** The model that answered, as the server names it; the one asked for when it does not. */
    public String model() {
        return model;
    }

    /** When the server began; when the answer began to arrive, where it does not tell. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When the server was done with it; empty where it does not tell. */
    public Optional<Instant> completedAt() {
        return completedAt;
    }

    /** How far it has come; streams end completed or incomplete. */
    public ResponseStatus status() {
        return status;
    }

    /** Everything that came, in order. */
    public List<Item> output() {
        return output;
    }

    /**
     * Why the model stopped; {@link FinishReason#TOOL_CALLS} whenever there are calls to execute, also where a server says
     * {@code stop}.
     */
    public FinishReason finishReason() {
        return finishReason;
    }

    /** The finish reason word for word; empty where the server gave none. */
    public Optional<String> providerFinishReason() {
        return providerFinishReason;
    }

    /**
     * Why an {@linkplain ResponseStatus#INCOMPLETE incomplete} answer is not whole: {@code max_output_tokens},
     * {@code content_filter}, {@code invalid_tool_call} when the arguments of a call are no JSON, or the server's own word.
     */
    public Optional<String> incompleteReason() {
        return incompleteReason;
    }

    /** Empty where the server did not tell. */
    public Optional<Usage> usage() {
        return usage;
    }

    /** Of a stored or background response that failed. */
    public Optional<ResponseError> error() {
        return error;
    }

    /** The tier that really served the request. */
    public Optional<String> serviceTier() {
        return serviceTier;
    }

    /** The stored response this one continues. */
    public Optional<String> previousResponseId() {
        return previousResponseId;
    }

    /** The id of the conversation on the server. */
    public Optional<String> conversation() {
        return conversation;
    }

    /** The application's own notes that came with the request. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Top-level fields of the body that are not modelled here, such as the {@code content_filters} of Azure. Responses API
     * only; what echoes the request is not among them.
     */
    public Map<String, RawJson> extraBody() {
        return extraBody;
    }

    /** How often the answer departed from its wire API and was repaired, by kind. Empty for a server that keeps to it. */
    public Map<Repair, Integer> repairs() {
        return repairs;
    }

    /** The text of all messages, joined; empty when there is none. */
    public String text() {
        return items(Message.class).map(Message::text).collect(Collectors.joining());
    }

    /** The reasoning of all items, joined; empty when the server shows none. */
    public String reasoningText() {
        return items(Reasoning.class).map(Reasoning::text).collect(Collectors.joining());
    }

    /** The model's words for not answering, joined. */
    public Optional<String> refusal() {
        List<String> refusals = items(Message.class).flatMap(message -> message.content().stream())
                .filter(Content.Refusal.class::isInstance).map(part -> ((Content.Refusal) part).refusal()).toList();
        return refusals.isEmpty() ? Optional.empty() : Optional.of(String.join("", refusals));
    }

    /** The calls that may be executed: incomplete ones stand only in {@link #output()}. */
    public List<ToolCall> toolCalls() {
        return items(ToolCall.class).filter(call -> !call.status().equals(Optional.of(ItemStatus.INCOMPLETE))).toList();
    }

    private <T extends Item> Stream<T> items(Class<T> type) {
        return output.stream().filter(type::isInstance).map(type::cast);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LlmResponse response && fields().equals(response.fields());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** For people; not what was said. */
    @Override
    public String toString() {
        return "LlmResponse[id=" + id + ", model=" + model + ", status=" + status + ", finishReason=" + finishReason
                + ", output=" + output.size() + " items]";
    }

    private List<Object> fields() {
        return List.of(id, model, createdAt, completedAt, status, output, finishReason, providerFinishReason,
                incompleteReason, usage, error, serviceTier, previousResponseId, conversation, metadata, extraBody,
                repairs);
    }

    /** Not thread-safe. {@code id}, {@code model} and {@code createdAt} must be given. */
    public static final class Builder {

        private String id;
        private String model;
        private Instant createdAt;
        private Instant completedAt;
        private ResponseStatus status = ResponseStatus.COMPLETED;
        private final List<Item> output = new ArrayList<>();
        private FinishReason finishReason = FinishReason.STOP;
        private String providerFinishReason;
        private String incompleteReason;
        private Usage usage;
        private ResponseError error;
        private String serviceTier;
        private String previousResponseId;
        private String conversation;
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final Map<String, RawJson> extraBody = new LinkedHashMap<>();
        private final Map<Repair, Integer> repairs = new EnumMap<>(Repair.class);

        private Builder() {
        }

        /** {@link LlmResponse#id()}. */
        public Builder id(String id) {
            this.id = id;
            return this;
        }

        /** {@link LlmResponse#model()}. */
        public Builder model(String model) {
            this.model = model;
            return this;
        }

        /** {@link LlmResponse#createdAt()}. */
        public Builder createdAt(Instant createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /** {@link LlmResponse#completedAt()}. */
        public Builder completedAt(Instant completedAt) {
            this.completedAt = completedAt;
            return this;
        }

        /** {@link ResponseStatus#COMPLETED} unless said. */
        public Builder status(ResponseStatus status) {
            this.status = Objects.requireNonNull(status, "status");
            return this;
        }

        /** Adds an item at the end. */
        public Builder item(Item item) {
            output.add(item);
            return this;
        }

        /** Adds items at the end. */
        public Builder items(List<? extends Item> items) {
            output.addAll(items);
            return this;
        }

        /** Replaces all items. */
        public Builder output(List<? extends Item> output) {
            this.output.clear();
            this.output.addAll(output);
            return this;
        }

        /** {@link FinishReason#STOP} unless said. */
        public Builder finishReason(FinishReason finishReason) {
            this.finishReason = Objects.requireNonNull(finishReason, "finishReason");
            return this;
        }

        /** {@link LlmResponse#providerFinishReason()}. */
        public Builder providerFinishReason(String providerFinishReason) {
            this.providerFinishReason = providerFinishReason;
            return this;
        }

        /** {@link LlmResponse#incompleteReason()}. */
        public Builder incompleteReason(String incompleteReason) {
            this.incompleteReason = incompleteReason;
            return this;
        }

        /** {@link LlmResponse#usage()}. */
        public Builder usage(Usage usage) {
            this.usage = usage;
            return this;
        }

        /** {@link LlmResponse#error()}. */
        public Builder error(ResponseError error) {
            this.error = error;
            return this;
        }

        /** {@link LlmResponse#serviceTier()}. */
        public Builder serviceTier(String serviceTier) {
            this.serviceTier = serviceTier;
            return this;
        }

        /** {@link LlmResponse#previousResponseId()}. */
        public Builder previousResponseId(String previousResponseId) {
            this.previousResponseId = previousResponseId;
            return this;
        }

        /** {@link LlmResponse#conversation()}. */
        public Builder conversation(String conversation) {
            this.conversation = conversation;
            return this;
        }

        /** {@link LlmResponse#metadata()}. */
        public Builder metadata(Map<String, String> metadata) {
            this.metadata.putAll(metadata);
            return this;
        }

        /** {@link LlmResponse#extraBody()}. */
        public Builder extraBody(Map<String, RawJson> extraBody) {
            this.extraBody.putAll(extraBody);
            return this;
        }

        /** {@link LlmResponse#repairs()}. */
        public Builder repairs(Map<Repair, Integer> repairs) {
            this.repairs.putAll(repairs);
            return this;
        }

        /** The response as it is now. */
        public LlmResponse build() {
            return new LlmResponse(this);
        }
    }
}
