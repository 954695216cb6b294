package io.quarkiverse.llm.runtime.config.preset;

import static io.quarkiverse.llm.Capability.CHAT_COMPLETIONS_API;
import static io.quarkiverse.llm.Capability.FILE_INPUT;
import static io.quarkiverse.llm.Capability.IMAGE_INPUT;
import static io.quarkiverse.llm.Capability.JSON_SCHEMA;
import static io.quarkiverse.llm.Capability.MODEL_LISTING;
import static io.quarkiverse.llm.Capability.PARALLEL_TOOL_CALLS;
import static io.quarkiverse.llm.Capability.REASONING;
import static io.quarkiverse.llm.Capability.RESPONSES_API;
import static io.quarkiverse.llm.Capability.STORED_RESPONSES;
import static io.quarkiverse.llm.Capability.TOOLS;
import static io.quarkiverse.llm.Capability.WEBSOCKET;
import static io.quarkiverse.llm.runtime.config.preset.WireApi.CHAT_COMPLETIONS;
import static io.quarkiverse.llm.runtime.config.preset.WireApi.RESPONSES;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Finding;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.runtime.config.value.NamedValue;

/**
 * What is known of a kind of server, one row each, each value with its source; the documentation has a table of it. A row is
 * found by its name in the configuration or by the host of the base URL. Nobody but this package asks which row it is: the
 * {@link Quirks} decide.
 */
public enum Preset implements NamedValue {

    /** Any server that nothing is known of: the cautious values, which the others share where nothing else is said of them. */
    GENERIC(PresetRow.empty()
            .wireApi(CHAT_COMPLETIONS, "nearly every server has it, and had it first")
            .quirk(Quirk.MAX_TOKENS_FIELD, MaxTokensField.MAX_TOKENS, "what llama.cpp, vLLM, Ollama and DeepSeek read")
            .quirk(Quirk.INSTRUCTIONS_ROLE, InstructionsRole.SYSTEM, "https://github.com/ggml-org/llama.cpp/pull/20215")
            .quirk(Quirk.MERGE_INSTRUCTIONS, true, "https://github.com/ggml-org/llama.cpp/issues/27367")
            .quirk(Quirk.REFUSAL_FIELD, false, "known of OpenAI alone")
            .quirk(Quirk.REASONING_FIELD, ReasoningField.REASONING_CONTENT,
                    "https://api-docs.deepseek.com/guides/thinking_mode, which most others took over")
            .quirk(Quirk.REASONING_EFFORT_FORM, ReasoningEffortForm.REASONING_EFFORT, Docs.OPENAI_CHAT)
            .quirk(Quirk.TOOL_CALL_CONTENT, ToolCallContent.NULL, Docs.OPENAI_CHAT)
            .quirk(Quirk.JOIN_TEXTS, true, "every server takes a string")
            .quirk(Quirk.TOOL_CALL_IDS, ToolCallIds.ANY, Docs.OPENAI_CHAT)
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.MODES,
                    "https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/670")
            .quirk(Quirk.STRICT_TOOLS, false, "a schema works without it everywhere")
            .quirk(Quirk.STRICT_RESPONSE_FORMAT, false, "a schema works without it everywhere")
            .quirk(Quirk.RESPONSE_FORMATS, ResponseFormats.ALL, Docs.OPENAI_CHAT)
            .quirk(Quirk.SEED_FIELD, SeedField.SEED, Docs.OPENAI_CHAT)
            .quirk(Quirk.OMITTED_FIELDS, Set.of(), Docs.OPENAI_CHAT)
            .quirk(Quirk.REASONING_REPLAY, ReasoningReplay.AS_RECEIVED, Docs.OPEN_RESPONSES)
            .quirk(Quirk.TEXT_FORMAT, TextFormat.ALL, Docs.OPENAI_RESPONSES)
            .quirk(Quirk.SAMPLING_FIELDS, Set.of("presence_penalty", "frequency_penalty"), Docs.OPEN_RESPONSES)
            .quirk(Quirk.ONLY_FUNCTIONS, false, Docs.OPENAI_RESPONSES)
            .quirk(Quirk.KEY_HEADER, KeyHeader.BEARER, "https://platform.openai.com/docs/api-reference/authentication")
            .quirk(Quirk.INCLUDE_USAGE, true, Docs.OPENAI_CHAT)
            .yes("what this preset is for", CHAT_COMPLETIONS_API)),

    /** OpenAI itself. */
    OPENAI(PresetRow.like(GENERIC)
            .at("https://api.openai.com/v1", "https://platform.openai.com/docs/api-reference")
            .hosts("api.openai.com", ".api.openai.com")
            .wireApi(RESPONSES, "https://platform.openai.com/docs/guides/migrate-to-responses")
            .quirk(Quirk.MAX_TOKENS_FIELD, MaxTokensField.MAX_COMPLETION_TOKENS, Docs.OPENAI_CHAT)
            .quirk(Quirk.INSTRUCTIONS_ROLE, InstructionsRole.DEVELOPER, Docs.OPENAI_CHAT)
            .quirk(Quirk.MERGE_INSTRUCTIONS, false, Docs.OPENAI_CHAT)
            .quirk(Quirk.REFUSAL_FIELD, true, Docs.OPENAI_CHAT)
            .quirk(Quirk.REASONING_FIELD, ReasoningField.NONE, Docs.OPENAI_CHAT)
            .quirk(Quirk.JOIN_TEXTS, false, Docs.OPENAI_CHAT)
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.ALLOWED_TOOLS, Docs.OPENAI_CHAT)
            .quirk(Quirk.STRICT_TOOLS, true, "https://platform.openai.com/docs/guides/function-calling#strict-mode")
            .quirk(Quirk.STRICT_RESPONSE_FORMAT, true, "https://platform.openai.com/docs/guides/structured-outputs")
            .quirk(Quirk.REASONING_REPLAY, ReasoningReplay.ENCRYPTED,
                    "https://platform.openai.com/docs/guides/reasoning, https://github.com/router-for-me/CLIProxyAPI/issues/5825")
            .quirk(Quirk.SAMPLING_FIELDS, Set.of(), "https://github.com/openai/openai-python/issues/3040")
            .yes("https://platform.openai.com/docs/api-reference", RESPONSES_API, STORED_RESPONSES, MODEL_LISTING, TOOLS,
                    PARALLEL_TOOL_CALLS, JSON_SCHEMA, IMAGE_INPUT, FILE_INPUT)
            .yes("https://platform.openai.com/docs/guides/websocket-mode", WEBSOCKET)),

    /**
     * Azure OpenAI and Azure AI Foundry, by their v1 API; needs a base URL. Has WebSockets, which are not taken by themselves:
     * learn.microsoft.com/azure/foundry/openai/how-to/websockets shows keys as bearer tokens alone, so that tries with the
     * header below may all be refused.
     */
    AZURE(PresetRow.like(GENERIC)// the last one: https://github.com/anomalyco/opencode/issues/4334
            .hosts(".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com")
            .path("/openai/v1")
            .wireApi(RESPONSES, "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/responses")
            .quirk(Quirk.MAX_TOKENS_FIELD, MaxTokensField.MAX_COMPLETION_TOKENS, Docs.AZURE_REASONING)
            .quirk(Quirk.INSTRUCTIONS_ROLE, InstructionsRole.SYSTEM, Docs.AZURE_REASONING)
            .quirk(Quirk.MERGE_INSTRUCTIONS, false, Docs.AZURE_V1)
            .quirk(Quirk.REFUSAL_FIELD, true, Docs.AZURE_V1)
            .quirk(Quirk.REASONING_FIELD, ReasoningField.NONE, Docs.AZURE_REASONING)
            .quirk(Quirk.JOIN_TEXTS, false, Docs.AZURE_V1)
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.NAMED, Docs.AZURE_V1)
            .quirk(Quirk.STRICT_TOOLS, true, Docs.AZURE_STRUCTURED)
            .quirk(Quirk.STRICT_RESPONSE_FORMAT, true, Docs.AZURE_STRUCTURED)
            .quirk(Quirk.REASONING_REPLAY, ReasoningReplay.ENCRYPTED, "https://github.com/openai/codex/issues/35739")
            .quirk(Quirk.SAMPLING_FIELDS, Set.of(), Docs.AZURE_V1)
            .quirk(Quirk.KEY_HEADER, KeyHeader.API_KEY,
                    "https://learn.microsoft.com/azure/ai-services/openai/reference#authentication")
            .yes(Docs.AZURE_V1, RESPONSES_API, STORED_RESPONSES, MODEL_LISTING)),

    /** llama.cpp's {@code llama-server}. */
    LLAMA_CPP(PresetRow.like(GENERIC)
            .at("http://localhost:8080/v1", Docs.LLAMA_SERVER)
            .wireApi(CHAT_COMPLETIONS, Docs.LLAMA_SERVER + " (turns Responses into Chat Completions)")
            .quirk(Quirk.MERGE_INSTRUCTIONS, true, "https://github.com/ggml-org/llama.cpp/issues/27367")
            .quirk(Quirk.REASONING_FIELD, ReasoningField.REASONING_CONTENT, Docs.LLAMA_SERVER)
            .quirk(Quirk.REASONING_EFFORT_FORM, ReasoningEffortForm.REASONING_EFFORT,
                    "https://github.com/ggml-org/llama.cpp/pull/26045")
            .quirk(Quirk.JOIN_TEXTS, false, "https://github.com/ggml-org/llama.cpp/blob/master/common/chat.cpp")
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.MODES,
                    Docs.LLAMA_COMMON + " (reads an object as auto)")
            .quirk(Quirk.REASONING_REPLAY, ReasoningReplay.TEXT, "https://github.com/ggml-org/llama.cpp/issues/29159")
            .quirk(Quirk.TEXT_FORMAT, TextFormat.RESPONSE_FORMAT, "https://github.com/ggml-org/llama.cpp/issues/21922")
            .quirk(Quirk.SAMPLING_FIELDS, Set.of("presence_penalty", "frequency_penalty", "seed", "stop"),
                    "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/server-chat.cpp (hands all fields on)")
            .quirk(Quirk.ONLY_FUNCTIONS, true, "https://github.com/ggml-org/llama.cpp/pull/23041")
            .repairs(RESPONSES, "its events do not say where in the output they belong",
                    "https://github.com/ggml-org/llama.cpp/pull/24957")
            .yes(Docs.LLAMA_SERVER, RESPONSES_API, JSON_SCHEMA, MODEL_LISTING)
            .yes("https://github.com/ggml-org/llama.cpp/blob/master/docs/function-calling.md", TOOLS)
            .no(Docs.LLAMA_SERVER, WEBSOCKET, STORED_RESPONSES, FILE_INPUT)),

    /** vLLM's server. */
    VLLM(PresetRow.like(GENERIC)
            .at("http://localhost:8000/v1", Docs.VLLM_SERVER)
            .quirk(Quirk.REASONING_FIELD, ReasoningField.REASONING, "https://github.com/vllm-project/vllm/issues/38488")
            .quirk(Quirk.REASONING_EFFORT_FORM, ReasoningEffortForm.REASONING_EFFORT, Docs.VLLM_SERVER)
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.NAMED,
                    "https://docs.vllm.ai/en/latest/features/tool_calling.html#named-function-calling")
            .quirk(Quirk.REASONING_REPLAY, ReasoningReplay.TEXT,
                    "https://github.com/vllm-project/vllm/pull/28248 (refuses encrypted content)")
            .quirk(Quirk.TEXT_FORMAT, TextFormat.JSON_SCHEMA, Docs.VLLM_RESPONSES)
            .quirk(Quirk.SAMPLING_FIELDS, Set.of("seed", "stop"), Docs.VLLM_RESPONSES)
            .repairs(CHAT_COMPLETIONS, "calls in its streams may lack their id",
                    "https://github.com/vllm-project/vllm/issues/18412")
            .yes(Docs.VLLM_SERVER, RESPONSES_API, MODEL_LISTING)
            .yes("https://docs.vllm.ai/en/latest/features/structured_outputs.html", JSON_SCHEMA)),

    /** Ollama, by its OpenAI-style API. */
    OLLAMA(PresetRow.like(GENERIC)
            .at("http://localhost:11434/v1", "https://docs.ollama.com/api/openai-compatibility")
            .quirk(Quirk.MAX_TOKENS_FIELD, MaxTokensField.MAX_TOKENS, Docs.OLLAMA_SOURCE)
            .quirk(Quirk.MERGE_INSTRUCTIONS, false, Docs.OLLAMA_SOURCE)
            .quirk(Quirk.REASONING_FIELD, ReasoningField.REASONING, Docs.OLLAMA_SOURCE)
            .quirk(Quirk.REASONING_EFFORT_FORM, ReasoningEffortForm.REASONING_EFFORT, Docs.OLLAMA_SOURCE)
            .quirk(Quirk.TOOL_CALL_CONTENT, ToolCallContent.EMPTY, Docs.OLLAMA_SOURCE + " (drops the ids of calls beside null)")
            .quirk(Quirk.JOIN_TEXTS, true, Docs.OLLAMA_SOURCE + " (makes a message of each part)")
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.MODES, Docs.OLLAMA_SOURCE + " (reads no tool_choice)")
            .quirk(Quirk.TEXT_FORMAT, TextFormat.JSON_SCHEMA, Docs.OLLAMA_RESPONSES)
            .quirk(Quirk.SAMPLING_FIELDS, Set.of(), Docs.OLLAMA_RESPONSES)
            .quirk(Quirk.ONLY_FUNCTIONS, true, Docs.OLLAMA_RESPONSES + " (takes every tool for a function)")
            .repairs(RESPONSES, "its summaries of the reasoning come without the parts that they belong to",
                    Docs.OLLAMA_RESPONSES)
            .yes("https://docs.ollama.com/api/openai-compatibility", RESPONSES_API, JSON_SCHEMA, MODEL_LISTING)
            .no("https://docs.ollama.com/api/openai-compatibility", WEBSOCKET, STORED_RESPONSES)
            .no(Docs.OLLAMA_SOURCE, FILE_INPUT)),

    /** LM Studio's local server. */
    LM_STUDIO(PresetRow.like(GENERIC)
            .at("http://localhost:1234/v1", Docs.LM_STUDIO_DOCS)
            .quirk(Quirk.MERGE_INSTRUCTIONS, true, "https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/2298")
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.MODES,
                    "https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/670")
            .quirk(Quirk.RESPONSE_FORMATS, ResponseFormats.JSON_SCHEMA,
                    "https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/189")
            .quirk(Quirk.TEXT_FORMAT, TextFormat.NONE, "https://www.ruby-toolbox.com/projects/ruby_llm-providers-lms")
            .yes(Docs.LM_STUDIO_DOCS, RESPONSES_API, MODEL_LISTING, JSON_SCHEMA)),

    /** OpenRouter, in front of many providers. */
    OPENROUTER(PresetRow.like(GENERIC)
            .at("https://openrouter.ai/api/v1", "https://openrouter.ai/docs/quickstart")
            .hosts("openrouter.ai", ".openrouter.ai")
            .path("/api/v1")
            .quirk(Quirk.REASONING_FIELD, ReasoningField.REASONING, Docs.OPENROUTER_REASONING)
            .quirk(Quirk.REASONING_EFFORT_FORM, ReasoningEffortForm.REASONING, Docs.OPENROUTER_REASONING)
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.NAMED, "https://openrouter.ai/docs/features/tool-calling")
            .quirk(Quirk.STRICT_TOOLS, true,
                    "https://github.com/OpenRouterTeam/typescript-sdk/blob/main/src/models/chatfunctiontool.ts")
            .quirk(Quirk.STRICT_RESPONSE_FORMAT, true, "https://openrouter.ai/docs/features/structured-outputs")
            .yes("https://openrouter.ai/docs/models", MODEL_LISTING)
            .yes(Docs.OPENROUTER_RESPONSES, RESPONSES_API)
            .no(Docs.OPENROUTER_RESPONSES, STORED_RESPONSES)),

    /** DeepSeek's own API. */
    DEEPSEEK(PresetRow.like(GENERIC)
            .at("https://api.deepseek.com/v1", "https://api-docs.deepseek.com")
            .hosts("api.deepseek.com")
            .quirk(Quirk.MAX_TOKENS_FIELD, MaxTokensField.MAX_TOKENS, Docs.DEEPSEEK_CHAT)
            .quirk(Quirk.INSTRUCTIONS_ROLE, InstructionsRole.SYSTEM, Docs.DEEPSEEK_CHAT)
            .quirk(Quirk.REASONING_FIELD, ReasoningField.REASONING_CONTENT,
                    Docs.DEEPSEEK_THINKING + " (refuses tool outputs without it)")
            .quirk(Quirk.REASONING_EFFORT_FORM, ReasoningEffortForm.THINKING, Docs.DEEPSEEK_THINKING)
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.NAMED, Docs.DEEPSEEK_CHAT)
            .quirk(Quirk.STRICT_TOOLS, false, "https://api-docs.deepseek.com/guides/tool_calls (beta endpoint only)")
            .quirk(Quirk.RESPONSE_FORMATS, ResponseFormats.JSON_OBJECT, Docs.DEEPSEEK_CHAT)
            .yes(Docs.DEEPSEEK_CHAT, TOOLS)
            .yes(Docs.DEEPSEEK_THINKING, REASONING)
            .yes("https://api-docs.deepseek.com/api/list-models", MODEL_LISTING)
            .no(Docs.DEEPSEEK_CHAT, JSON_SCHEMA)),

    /** Groq's hosted models. */
    GROQ(PresetRow.like(GENERIC)
            .at("https://api.groq.com/openai/v1", Docs.GROQ_OPENAI)
            .hosts("api.groq.com")
            .path("/openai/v1")
            .quirk(Quirk.MAX_TOKENS_FIELD, MaxTokensField.MAX_COMPLETION_TOKENS, Docs.GROQ_CHAT)
            .quirk(Quirk.REASONING_FIELD, ReasoningField.NONE,
                    "https://github.com/janhq/jan/issues/8136, https://github.com/vercel/ai/pull/8057")
            .quirk(Quirk.REASONING_EFFORT_FORM, ReasoningEffortForm.REASONING_EFFORT, Docs.GROQ_CHAT)
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.NAMED, Docs.GROQ_CHAT)
            .quirk(Quirk.STRICT_TOOLS, false,
                    "https://github.com/groq/groq-python/blob/main/src/groq/types/shared_params/function_definition.py")
            .quirk(Quirk.STRICT_RESPONSE_FORMAT, true,
                    "https://console.groq.com/docs/structured-outputs (constrains the model only then)")
            .quirk(Quirk.OMITTED_FIELDS, Set.of("store"), "https://github.com/fanenr/chatbot/issues/21")
            .yes(Docs.GROQ_OPENAI, RESPONSES_API, MODEL_LISTING)),

    /** Mistral's own API, which refuses every field it does not know. */
    MISTRAL(PresetRow.like(GENERIC)
            .at("https://api.mistral.ai/v1", Docs.MISTRAL_API)
            .hosts("api.mistral.ai")
            .quirk(Quirk.MAX_TOKENS_FIELD, MaxTokensField.MAX_TOKENS, Docs.MISTRAL_API)
            .quirk(Quirk.INSTRUCTIONS_ROLE, InstructionsRole.SYSTEM, Docs.MISTRAL_API)
            .quirk(Quirk.REASONING_FIELD, ReasoningField.THINKING_PART, Docs.MISTRAL_MESSAGES)
            .quirk(Quirk.REASONING_EFFORT_FORM, ReasoningEffortForm.REASONING_EFFORT, Docs.MISTRAL_API)
            .quirk(Quirk.TOOL_CALL_CONTENT, ToolCallContent.EMPTY, Docs.MISTRAL_MESSAGES)
            .quirk(Quirk.TOOL_CALL_IDS, ToolCallIds.NINE_ALPHANUMERIC,
                    "https://github.com/nearai/ironclaw/issues/1241, https://github.com/anomalyco/opencode/issues/1680")
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.NAMED, Docs.MISTRAL_API)
            .quirk(Quirk.STRICT_TOOLS, true, Docs.MISTRAL_MODELS + "function.py")
            .quirk(Quirk.STRICT_RESPONSE_FORMAT, true, Docs.MISTRAL_MODELS + "jsonschema.py")
            .quirk(Quirk.SEED_FIELD, SeedField.RANDOM_SEED, Docs.MISTRAL_API)
            .quirk(Quirk.OMITTED_FIELDS,
                    Set.of("logprobs", "safety_identifier", "service_tier", "store", "top_logprobs", "verbosity"),
                    Docs.MISTRAL_MODELS + "chatcompletionrequest.py, "
                            + "https://github.com/mistralai/platform-docs-public/issues/7")
            .quirk(Quirk.INCLUDE_USAGE, false, "https://github.com/avante-corp/avante.nvim/issues/2347")
            .yes(Docs.MISTRAL_API, MODEL_LISTING, JSON_SCHEMA)),

    /** xAI's own API. */
    XAI(PresetRow.like(GENERIC)
            .at("https://api.x.ai/v1", Docs.XAI_API)
            .hosts("api.x.ai", ".api.x.ai")
            .quirk(Quirk.REASONING_FIELD, ReasoningField.NONE,
                    "https://docs.x.ai/developers/model-capabilities/text/best-practices (Responses API only)")
            .quirk(Quirk.REASONING_EFFORT_FORM, ReasoningEffortForm.REASONING_EFFORT,
                    "https://docs.x.ai/developers/model-capabilities/text/reasoning (some models refuse it)")
            .quirk(Quirk.TOOL_CALL_CONTENT, ToolCallContent.EMPTY,
                    "https://github.com/vercel/ai/blob/main/packages/xai/src/convert-to-xai-chat-messages.ts")
            .quirk(Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.NAMED, Docs.XAI_API)
            .quirk(Quirk.REASONING_REPLAY, ReasoningReplay.ENCRYPTED,
                    "https://docs.x.ai/developers/model-capabilities/text/best-practices")
            .yes(Docs.XAI_API, RESPONSES_API, MODEL_LISTING)
            .yes("https://docs.x.ai/developers/advanced-api-usage/websocket-mode", WEBSOCKET));

    private final PresetRow row;
    private final Quirks quirks;
    private final LlmCapabilities capabilities;

    Preset(PresetRow row) {
        this.row = row;
        this.quirks = new Quirks(row.values(facts -> facts.quirks));
        Map<Capability, Finding> findings = new EnumMap<>(Capability.class);
        row.capabilities.forEach((capability, fact) -> findings.put(capability,
                new Finding((Support) fact.value(), Source.PRESET)));
        this.capabilities = new LlmCapabilities(findings);
    }

    /**
     * The row of that host or of the domain it is in; {@link #GENERIC} for unknown ones, those of local servers among them.
     *
     * @param host in lower case
     */
    public static Preset ofHost(String host) {
        for (Preset preset : values()) {
            for (String known : preset.row.hosts) {
                if (known.startsWith(".") ? host.endsWith(known) : host.equals(known)) {
                    return preset;
                }
            }
        }
        return GENERIC;
    }

    /** Where such a server is found: the only one, or where a local one usually listens. */
    public Optional<String> baseUrl() {
        return row.baseUrl.map(fact -> (String) fact.value());
    }

    /** The hosts that it is found by, and domains with a leading dot. */
    public List<String> hosts() {
        return row.hosts;
    }

    /** Where its APIs are when a base URL has no path. */
    public String path() {
        return row.path;
    }

    /** Whether this is the row of hosts on the Internet, where nothing works without an API key. */
    public boolean keyRequired() {
        return !row.hosts.isEmpty();
    }

    public Quirks quirks() {
        return quirks;
    }

    /** What requests go out in that both wire APIs can carry. */
    public WireApi wireApi() {
        return (WireApi) row.wireApi.value();
    }

    /** What such servers can do whatever the model. */
    public LlmCapabilities capabilities() {
        return capabilities;
    }

    /** What has to be repaired in the answers of such servers over that wire API, as a clause, and its source. */
    public Optional<PresetFact> repairs(WireApi api) {
        return Optional.ofNullable(row.repairs.get(api));
    }

    PresetFact wireApiFact() {
        return row.wireApi;
    }

    /** The base URL and its source. */
    public Optional<PresetFact> place() {
        return row.baseUrl;
    }

    /** Every quirk's value and source; those of {@link #GENERIC} where nothing else is known. */
    public Map<Quirk<?>, PresetFact> quirkFacts() {
        return Collections.unmodifiableMap(row.quirks);
    }

    /** What is known of capabilities, as {@link Support}, and its source. */
    public Map<Capability, PresetFact> capabilityFacts() {
        return Collections.unmodifiableMap(row.capabilities);
    }

    /** Sources that several values have. */
    private static final class Docs {

        static final String OPENAI_CHAT = "https://platform.openai.com/docs/api-reference/chat/create";
        static final String OPENAI_RESPONSES = "https://platform.openai.com/docs/api-reference/responses/create";
        static final String OPEN_RESPONSES = "https://github.com/openresponses/openresponses/blob/main/public/openapi/"
                + "openapi.json";
        static final String AZURE_V1 = "https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle";
        static final String AZURE_REASONING = "https://learn.microsoft.com/azure/ai-services/openai/how-to/reasoning";
        static final String AZURE_STRUCTURED = "https://learn.microsoft.com/azure/ai-services/openai/how-to/"
                + "structured-outputs";
        static final String LLAMA_SERVER = "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md";
        static final String LLAMA_COMMON = "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/"
                + "server-common.cpp";
        static final String VLLM_SERVER = "https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html";
        static final String VLLM_RESPONSES = "https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/openai/"
                + "responses/protocol.py";
        static final String OLLAMA_RESPONSES = "https://github.com/ollama/ollama/blob/main/openai/responses.go";
        static final String OLLAMA_SOURCE = "https://github.com/ollama/ollama/blob/main/openai/openai.go";
        static final String LM_STUDIO_DOCS = "https://lmstudio.ai/docs/developer/openai-compat";
        static final String OPENROUTER_REASONING = "https://openrouter.ai/docs/guides/best-practices/reasoning-tokens";
        static final String OPENROUTER_RESPONSES = "https://openrouter.ai/docs/api/reference/responses/overview";
        static final String DEEPSEEK_CHAT = "https://api-docs.deepseek.com/api/create-chat-completion";
        static final String DEEPSEEK_THINKING = "https://api-docs.deepseek.com/guides/thinking_mode";
        static final String GROQ_OPENAI = "https://console.groq.com/docs/openai";
        static final String GROQ_CHAT = "https://console.groq.com/docs/api-reference#chat-create";
        static final String MISTRAL_API = "https://docs.mistral.ai/api";
        static final String MISTRAL_MODELS = "https://github.com/mistralai/client-python/blob/main/src/mistralai/client/"
                + "models/";
        static final String MISTRAL_MESSAGES = "https://github.com/vercel/ai/blob/main/packages/mistral/src/"
                + "convert-to-mistral-chat-messages.ts";
        static final String XAI_API = "https://docs.x.ai/docs/api-reference";

        private Docs() {
        }
    }
}
