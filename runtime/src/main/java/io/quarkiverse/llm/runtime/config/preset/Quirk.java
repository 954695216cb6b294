package io.quarkiverse.llm.runtime.config.preset;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/**
 * One way in which servers differ. The codecs ask for its value and for nothing else: no preset is known there.
 *
 * @param <T> its values: a boolean, a {@link NamedValue} or a set of names
 */
public final class Quirk<T> {

    /** {@link QuirksConfig#maxTokensField()}. */
    public static final Quirk<MaxTokensField> MAX_TOKENS_FIELD = new Quirk<>("max-tokens-field",
            QuirksConfig::maxTokensField);
    /** {@link QuirksConfig#instructionsRole()}. */
    public static final Quirk<InstructionsRole> INSTRUCTIONS_ROLE = new Quirk<>("instructions-role",
            QuirksConfig::instructionsRole);
    /** {@link QuirksConfig#mergeInstructions()}. */
    public static final Quirk<Boolean> MERGE_INSTRUCTIONS = new Quirk<>("merge-instructions",
            QuirksConfig::mergeInstructions);
    /** {@link QuirksConfig#refusalField()}. */
    public static final Quirk<Boolean> REFUSAL_FIELD = new Quirk<>("refusal-field", QuirksConfig::refusalField);
    /** {@link QuirksConfig#reasoningField()}. */
    public static final Quirk<ReasoningField> REASONING_FIELD = new Quirk<>("reasoning-field", QuirksConfig::reasoningField);
    /** {@link QuirksConfig#reasoningEffortForm()}. */
    public static final Quirk<ReasoningEffortForm> REASONING_EFFORT_FORM = new Quirk<>("reasoning-effort-form",
            QuirksConfig::reasoningEffortForm);
    /** {@link QuirksConfig#toolCallContent()}. */
    public static final Quirk<ToolCallContent> TOOL_CALL_CONTENT = new Quirk<>("tool-call-content",
            QuirksConfig::toolCallContent);
    /** {@link QuirksConfig#joinTexts()}. */
    public static final Quirk<Boolean> JOIN_TEXTS = new Quirk<>("join-texts", QuirksConfig::joinTexts);
    /** {@link QuirksConfig#toolCallIds()}. */
    public static final Quirk<ToolCallIds> TOOL_CALL_IDS = new Quirk<>("tool-call-ids", QuirksConfig::toolCallIds);
    /** {@link QuirksConfig#toolChoiceForm()}. */
    public static final Quirk<ToolChoiceForm> TOOL_CHOICE_FORM = new Quirk<>("tool-choice-form",
            QuirksConfig::toolChoiceForm);
    /** {@link QuirksConfig#strictTools()}. */
    public static final Quirk<Boolean> STRICT_TOOLS = new Quirk<>("strict-tools", QuirksConfig::strictTools);
    /** {@link QuirksConfig#strictResponseFormat()}. */
    public static final Quirk<Boolean> STRICT_RESPONSE_FORMAT = new Quirk<>("strict-response-format",
            QuirksConfig::strictResponseFormat);
    /** {@link QuirksConfig#responseFormats()}. */
    public static final Quirk<ResponseFormats> RESPONSE_FORMATS = new Quirk<>("response-formats",
            QuirksConfig::responseFormats);
    /** {@link QuirksConfig#seedField()}. */
    public static final Quirk<SeedField> SEED_FIELD = new Quirk<>("seed-field", QuirksConfig::seedField);
    /** {@link QuirksConfig#omittedFields()}. */
    public static final Quirk<Set<String>> OMITTED_FIELDS = new Quirk<>("omitted-fields",
            config -> config.omittedFields().map(Quirk::names));
    /** {@link QuirksConfig#reasoningReplay()}. */
    public static final Quirk<ReasoningReplay> REASONING_REPLAY = new Quirk<>("reasoning-replay",
            QuirksConfig::reasoningReplay);
    /** {@link QuirksConfig#textFormat()}. */
    public static final Quirk<TextFormat> TEXT_FORMAT = new Quirk<>("text-format", QuirksConfig::textFormat);
    /** {@link QuirksConfig#samplingFields()}. */
    public static final Quirk<Set<String>> SAMPLING_FIELDS = new Quirk<>("sampling-fields",
            config -> config.samplingFields().map(Quirk::names));
    /** {@link QuirksConfig#onlyFunctions()}. */
    public static final Quirk<Boolean> ONLY_FUNCTIONS = new Quirk<>("only-functions", QuirksConfig::onlyFunctions);
    /** {@link QuirksConfig#keyHeader()}. */
    public static final Quirk<KeyHeader> KEY_HEADER = new Quirk<>("key-header", QuirksConfig::keyHeader);
    /** Has a key of its own, which is older than the group of the others. */
    public static final Quirk<Boolean> INCLUDE_USAGE = new Quirk<>("include-usage", config -> Optional.empty());

    /** In the order of the documentation. */
    public static final List<Quirk<?>> ALL = List.of(MAX_TOKENS_FIELD, INSTRUCTIONS_ROLE, MERGE_INSTRUCTIONS, REFUSAL_FIELD,
            REASONING_FIELD, REASONING_EFFORT_FORM, TOOL_CALL_CONTENT, JOIN_TEXTS, TOOL_CALL_IDS, TOOL_CHOICE_FORM,
            STRICT_TOOLS, STRICT_RESPONSE_FORMAT, RESPONSE_FORMATS, SEED_FIELD, OMITTED_FIELDS, REASONING_REPLAY, TEXT_FORMAT,
            SAMPLING_FIELDS, ONLY_FUNCTIONS, KEY_HEADER, INCLUDE_USAGE);

    /** Says that a set of names is empty. */
    public static final String NO_NAMES = "none";

    private final String name;
    private final Function<QuirksConfig, Optional<T>> configured;

    private Quirk(String name, Function<QuirksConfig, Optional<T>> configured) {
        this.name = name;
        this.configured = configured;
    }

    private static Set<String> names(List<String> written) {
        return written.stream().map(String::strip).filter(name -> !name.isEmpty() && !name.equals(NO_NAMES))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The member of a provider that sets it: {@code quirks.seed-field}. */
    public String member() {
        return this == INCLUDE_USAGE ? name : "quirks." + name;
    }

    Optional<T> configured(QuirksConfig config) {
        return configured.apply(config);
    }

    /** A value as the configuration writes it. */
    public static String written(Object value) {
        if (value instanceof NamedValue named) {
            return named.configName();
        } else if (value instanceof Set<?> names) {
            return names.isEmpty() ? NO_NAMES
                    : String.join(",", new TreeSet<>(names.stream().map(String::valueOf).toList()));
        }
        return value.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
