package io.quarkiverse.llm.runtime.config.preset;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.runtime.config.value.TrueOrFalse;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithConverter;

/** Where servers differ in what they accept; each key wins over what the preset knows. */
@ConfigGroup
public interface QuirksConfig {

    /**
     * The field that limits the answer. The preset decides unless set; so it does for each of these keys.
     */
    Optional<@WithConverter(QuirkConverters.OfMaxTokensField.class) MaxTokensField> maxTokensField();

    /**
     * The role in which developer messages and instructions are sent.
     */
    Optional<@WithConverter(QuirkConverters.OfInstructionsRole.class) InstructionsRole> instructionsRole();

    /**
     * Whether the instructions and all system and developer messages of a conversation are merged into its first message, for
     * chat templates that refuse them anywhere else, as Qwen's does. A message that joins later changes the beginning of the
     * prompt, and with it what the server's prompt cache can reuse.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> mergeInstructions();

    /**
     * Whether an assistant message may have a refusal, as a field in Chat Completions and as a part in the Responses API; else
     * it goes back as the text it was.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> refusalField();

    /**
     * How the reasoning of earlier answers goes back to the server over Chat Completions.
     */
    Optional<@WithConverter(QuirkConverters.OfReasoningField.class) ReasoningField> reasoningField();

    /**
     * How the server is told how much to think over Chat Completions.
     */
    Optional<@WithConverter(QuirkConverters.OfReasoningEffortForm.class) ReasoningEffortForm> reasoningEffortForm();

    /**
     * The content of an assistant message that says nothing beside its tool calls.
     */
    Optional<@WithConverter(QuirkConverters.OfToolCallContent.class) ToolCallContent> toolCallContent();

    /**
     * Whether a message of several texts is sent as one string, its texts on lines of their own, instead of an array of parts.
     * What holds anything else than text stays an array.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> joinTexts();

    /**
     * Which ids of tool calls the server takes back.
     */
    Optional<@WithConverter(QuirkConverters.OfToolCallIds.class) ToolCallIds> toolCallIds();

    /**
     * The richest form of {@code tool_choice} that the server understands. What it does not is said in a simpler one: of the
     * tools only those that may be chosen are sent.
     */
    Optional<@WithConverter(QuirkConverters.OfToolChoiceForm.class) ToolChoiceForm> toolChoiceForm();

    /**
     * Whether {@code strict} is sent with the schemas of tools that say it; else it is left out, and the server does as it
     * always does.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> strictTools();

    /**
     * Whether {@code strict} is sent with the schema of an answer that says it; else it is left out, and the server does as it
     * always does: some then hold the model to the schema, others only ask it to follow.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> strictResponseFormat();

    /**
     * The kinds of {@code response_format} that ask for JSON and that the server takes.
     */
    Optional<@WithConverter(QuirkConverters.OfResponseFormats.class) ResponseFormats> responseFormats();

    /**
     * The field that makes answers repeatable.
     */
    Optional<@WithConverter(QuirkConverters.OfSeedField.class) SeedField> seedField();

    /**
     * Fields that are left out of the body although the request or the options say them, for servers that refuse what they do
     * not know: {@code store,service_tier}. {@code none} for none. What {@code extra-body} says is always sent.
     */
    Optional<List<String>> omittedFields();

    /**
     * How the reasoning of earlier answers goes back to the server over the Responses API.
     */
    Optional<@WithConverter(QuirkConverters.OfReasoningReplay.class) ReasoningReplay> reasoningReplay();

    /**
     * What the server reads of the form that an answer shall have, over the Responses API. The kinds that it takes are those of
     * {@code response-formats}.
     */
    Optional<@WithConverter(QuirkConverters.OfTextFormat.class) TextFormat> textFormat();

    /**
     * Which of {@code presence_penalty}, {@code frequency_penalty}, {@code seed} and {@code stop} the server takes over the
     * Responses API, which at OpenAI has none of them: {@code seed,stop}. {@code none} for none. A request for another one is
     * refused.
     */
    Optional<List<String>> samplingFields();

    /**
     * Whether the Responses API of the server drops all tools but functions. A request with other ones is refused then.
     */
    Optional<Boolean> onlyFunctions();

    /**
     * The header in which the API key is sent.
     */
    Optional<@WithConverter(QuirkConverters.OfKeyHeader.class) KeyHeader> keyHeader();
}
