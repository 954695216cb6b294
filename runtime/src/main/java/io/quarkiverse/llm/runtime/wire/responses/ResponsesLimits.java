package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.TextFormat;
import io.quarkiverse.llm.runtime.wire.RequestLimits;

/** What the Responses API cannot carry, and what the server is known to drop without a word. */
final class ResponsesLimits extends RequestLimits {

    /** What may stand for an input in an extra body, but cannot be counted. */
    private static final List<String> UNCOUNTED = List.of("prompt", "messages");

    private final ProviderSettings settings;
    private final boolean onlyInput;
    private final Set<String> samplingFields;
    private final boolean onlyFunctions;
    /**
     * To Chat Completions, whose {@code logprobs} no request of the Responses API has: {@code top_logprobs} alone is an error.
     */
    private final boolean handsOn;
    private final boolean storesNothing;

    ResponsesLimits(ProviderSettings settings) {
        this(settings, false);
    }

    private ResponsesLimits(ProviderSettings settings, boolean onlyInput) {
        super(settings.name(), "the Responses API");
        this.onlyInput = onlyInput;
        this.settings = settings;
        this.samplingFields = settings.quirks().get(Quirk.SAMPLING_FIELDS);
        this.handsOn = settings.quirks().get(Quirk.TEXT_FORMAT) == TextFormat.RESPONSE_FORMAT;
        this.onlyFunctions = settings.quirks().is(Quirk.ONLY_FUNCTIONS);
        this.storesNothing = settings.capabilities().of(Capability.STORED_RESPONSES).support() == Support.NO;
    }

    /** Of requests whose input is counted: what concerns their answer is not sent. */
    static ResponsesLimits ofInput(ProviderSettings settings) {
        return new ResponsesLimits(settings, true);
    }

    @Override
    public void check(LlmRequest request, Map<String, RawJson> extraBody) {
        super.check(request, extraBody);
        if (request.previousResponseId().isPresent() && request.conversation().isPresent()) {
            throw badRequest("The request continues a response and a conversation: the Responses API takes one of them");
        }
    }

    /** As {@link #check}, for a request that goes over WebSocket. */
    void checkFrame(LlmRequest request, Map<String, RawJson> extraBody) {
        check(request, extraBody);
        unsupportedInFrame(request, extraBody).ifPresent(feature -> refuse(feature, request));
    }

    /** What the Responses API can carry, but not over WebSocket. */
    static Optional<String> unsupportedInFrame(LlmRequest request, Map<String, RawJson> extraBody) {
        return isBackground(request, extraBody) ? Optional.of("background responses over WebSocket") : Optional.empty();
    }

    /** Whether the response may run on without a connection. */
    static boolean isBackground(LlmRequest request, Map<String, RawJson> extraBody) {
        RawJson extra = extraBody.get("background");
        return extra == null ? request.background().orElse(false) : extra.text().strip().equals("true");
    }

    @Override
    protected Stream<String> missing(LlmRequest request, Set<String> others) {
        List<Item> items = others.contains("input") ? List.of() : request.input();
        return Stream.<Supplier<Stream<String>>> of(
                () -> stored(request),
                () -> onlyInput ? UNCOUNTED.stream().filter(others::contains).map(ResponsesLimits::counting) : Stream.empty(),
                () -> onlyInput ? Stream.empty()
                        : sampling(request.options().orElse(settings.options())).filter(field -> !others.contains(field)),
                () -> request.tools().stream().flatMap(this::tool),
                () -> items(items))
                .flatMap(Supplier::get);
    }

    private static String counting(String field) {
        return "counting the input tokens of '" + field + "'";
    }

    private Stream<String> stored(LlmRequest request) {
        return !storesNothing ? Stream.empty()
                : Stream.of(when(request.previousResponseId().isPresent(), "previous_response_id"),
                        when(request.conversation().isPresent(), "conversations kept by the server"),
                        when(!onlyInput && request.background().orElse(false), "background responses"))
                        .flatMap(feature -> feature);
    }

    private Stream<String> sampling(GenerationOptions options) {
        return Stream.of(when(options.presencePenalty().isPresent(), "presence_penalty"),
                when(options.frequencyPenalty().isPresent(), "frequency_penalty"),
                when(options.seed().isPresent(), "seed"),
                when(!options.stop().isEmpty(), "stop"),
                when(handsOn && options.topLogprobs().isPresent(), "top_logprobs")).flatMap(feature -> feature)
                .filter(field -> !samplingFields.contains(field));
    }

    /** What the configuration asks for in every request is best taken out there. */
    @Override
    protected String mend(String feature, LlmRequest request) {
        return sampling(request.options()).noneMatch(feature::equals) && sampling(settings.options()).anyMatch(feature::equals)
                ? ": remove " + new SettingKey(settings.name(), feature.replace('_', '-'))
                        + ", or leave it to Chat Completions by " + new SettingKey(settings.name(), "wire-api")
                : "";
    }

    private Stream<String> tool(Tool tool) {
        if (tool instanceof Tool.Custom custom) {
            return when(onlyFunctions, "custom tools ('" + custom.name() + "')");
        } else if (tool instanceof Tool.Namespace namespace) {
            return when(onlyFunctions, "tools in a namespace ('" + namespace.name() + "')");
        }
        return when(onlyFunctions && tool instanceof Tool.Opaque,
                tool instanceof Tool.Opaque opaque ? "the hosted tool '" + opaque.type() + "'" : "");
    }

    /** The first is all that is told. A plain loop: histories are long, and nearly always there is nothing. */
    private Stream<String> items(List<Item> items) {
        for (Item item : items) {
            String feature = item(item);
            if (feature != null) {
                return Stream.of(feature);
            }
        }
        return Stream.empty();
    }

    /** {@code null} for nothing. */
    private String item(Item item) {
        if (item instanceof ItemReference reference) {
            return storesNothing ? "references to stored items ('" + reference.itemId() + "')" : null;
        } else if (item instanceof OpaqueItem opaque) {
            return onlyFunctions ? "items of type '" + opaque.type() + "'" : null;
        } else if (item instanceof ToolCall call) {
            return onlyFunctions && call.kind() == ToolCall.Kind.CUSTOM ? "custom tools ('" + call.name() + "')" : null;
        } else if (item instanceof Message message) {
            return content(message.content(), message.role() == Role.ASSISTANT);
        }
        return item instanceof ToolOutput output ? content(output.content(), false) : null;
    }

    private static String content(List<Content> parts, boolean said) {
        for (Content part : parts) {
            boolean words = part instanceof Content.Text || part instanceof Content.Refusal || part instanceof Content.Opaque;
            if (part instanceof Content.Audio) {
                return "audio input";
            } else if (said && !words) {
                return "images and files in a message of the assistant";
            }
        }
        return null;
    }
}
