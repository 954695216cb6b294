package io.quarkiverse.llm.scripted;

import static io.quarkiverse.llm.scripted.ChunkEdits.eachChoice;
import static io.quarkiverse.llm.scripted.ChunkEdits.eachChunk;
import static io.quarkiverse.llm.scripted.ChunkEdits.eachContinuation;
import static io.quarkiverse.llm.scripted.ChunkEdits.eachDelta;
import static io.quarkiverse.llm.scripted.ChunkEdits.eachFirstFragment;
import static io.quarkiverse.llm.scripted.ChunkEdits.eachFragment;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.json.JsonObject;

/**
 * The ways in which servers are known to differ from the official Chat Completions stream, each a change to the chunks of a
 * scripted answer. Each names where it was seen. Answers that are not streamed take those of {@link Aspect#ENVELOPE} only.
 * <p>
 * The order of the constants is the order in which they are applied, whatever order they are given in.
 */
public enum ChatDeviation implements Deviation {

    /** The whole call in one fragment (Groq, xAI, Ollama). */
    TOOL_CALL_IN_ONE_FRAGMENT(Aspect.ARGUMENTS, ToolCallEdits::merge),

    /** Arguments as a JSON object, not as a string that holds one (the form of Ollama's own API). */
    ARGUMENTS_AS_OBJECT(Aspect.ARGUMENTS, ToolCallEdits::argumentsAsObjects),

    /** {@code arguments: null} beside the name in the first fragment (spring-ai #4790, #5116). */
    ARGUMENTS_NULL_IN_FIRST_FRAGMENT(Aspect.ARGUMENTS, eachFirstFragment(f -> f.function().put("arguments", null))),

    /** No {@code arguments} beside the name in the first fragment (llama.cpp). */
    ARGUMENTS_ABSENT_IN_FIRST_FRAGMENT(Aspect.ARGUMENTS, eachFirstFragment(f -> f.function().remove("arguments"))),

    /** A last fragment with {@code arguments: ""} after complete arguments. */
    ARGUMENTS_EMPTY_IN_LAST_FRAGMENT(Aspect.ARGUMENTS, ToolCallEdits::addEmptyFragments),

    /** The name comes with the second fragment, not with the id in the first. */
    TOOL_NAME_LATE(Aspect.TOOL_NAME, ToolCallEdits::delayNames),

    /** The name repeated on each fragment, which doubles it for clients that append. */
    TOOL_NAME_REPEATED(Aspect.TOOL_NAME, eachContinuation(f -> f.function().put("name", f.name()))),

    /** {@code name: ""} on each fragment but the first (Mistral, GLM). */
    TOOL_NAME_EMPTY_ON_CONTINUATION(Aspect.TOOL_NAME, eachContinuation(f -> f.function().put("name", ""))),

    /** {@code name: null} on each fragment but the first, as servers send that write every field. */
    TOOL_NAME_NULL_ON_CONTINUATION(Aspect.TOOL_NAME, eachContinuation(f -> f.function().put("name", null))),

    /** No {@code type}. */
    TOOL_TYPE_MISSING(Aspect.TOOL_TYPE, eachFragment(f -> f.call().remove("type"))),

    /** {@code type} repeated on each fragment (Alibaba). */
    TOOL_TYPE_REPEATED(Aspect.TOOL_TYPE, eachFragment(f -> f.call().put("type", "function"))),

    /** No id at all (ollama #7881, vllm #18412, LangBot #2262). */
    TOOL_ID_MISSING(Aspect.TOOL_ID, eachFragment(f -> f.call().remove("id"))),

    /** {@code id: ""} on every fragment, as servers send that write every field. */
    TOOL_ID_EMPTY(Aspect.TOOL_ID, eachFragment(f -> f.call().put("id", ""))),

    /** {@code id: ""} on each fragment but the first (Alibaba; spring-ai #6374). */
    TOOL_ID_EMPTY_ON_CONTINUATION(Aspect.TOOL_ID, eachContinuation(f -> f.call().put("id", ""))),

    /** {@code id: null} on each fragment but the first, as servers send that write every field. */
    TOOL_ID_NULL_ON_CONTINUATION(Aspect.TOOL_ID, eachContinuation(f -> f.call().put("id", null))),

    /** The id repeated on each fragment (spring-ai #6374; langchain4j gathers calls by id because of it). */
    TOOL_ID_REPEATED(Aspect.TOOL_ID, eachContinuation(f -> f.call().put("id", f.id()))),

    /** No {@code index} (ollama #7881, term-llm #314). */
    TOOL_INDEX_MISSING(Aspect.TOOL_INDEX, eachFragment(f -> f.call().remove("index"))),

    /** Every call has {@code index: 0}; only ids or names tell them apart (ollama #15457). */
    TOOL_INDEX_ALWAYS_ZERO(Aspect.TOOL_INDEX, eachFragment(f -> f.call().put("index", 0))),

    /** {@code content: null} beside tool calls and reasoning, as servers send that write every field. */
    CONTENT_NULL_IN_OTHER_DELTAS(Aspect.CONTENT, eachDelta(DeltaEdits::addNullContent)),

    /** {@code content: ""} beside tool calls and reasoning. */
    CONTENT_EMPTY_IN_OTHER_DELTAS(Aspect.CONTENT, eachDelta(DeltaEdits::addEmptyContent)),

    /** {@code reasoning_content} and {@code reasoning} with the same text, as servers send that rename the one. */
    REASONING_IN_BOTH_FIELDS(Aspect.CONTENT, eachDelta(DeltaEdits::reasoningInBothFields)),

    /** Content as an array of {@code text} and {@code thinking} parts (Mistral). */
    CONTENT_AS_ARRAY(Aspect.CONTENT, eachDelta(DeltaEdits::contentAsArray)),

    /** {@code finish_reason: ""} on all chunks before the last (maple-proxy #3). */
    FINISH_REASON_EMPTY_BEFORE_END(Aspect.UNFINISHED, eachChoice(FinishEdits::emptyUntilEnd)),

    /** No {@code finish_reason} key on the chunks before the last (xAI). */
    FINISH_REASON_KEY_MISSING_BEFORE_END(Aspect.UNFINISHED, eachChoice(FinishEdits::absentUntilEnd)),

    /** {@code finish_reason: ""} on the last chunk too (maple-proxy #3). */
    FINISH_REASON_EMPTY_AT_END(Aspect.FINISH, eachChoice(FinishEdits::emptyAtEnd)),

    /** No finish reason ever, the stream just comes to {@code [DONE]}. */
    FINISH_REASON_NEVER(Aspect.FINISH, FinishEdits::removeFinishChunk),

    /** {@code stop} although tools are called (Ollama). */
    FINISH_REASON_STOP_AFTER_TOOL_CALLS(Aspect.FINISH, eachChoice(FinishEdits::stopAfterToolCalls)),

    /** The finish reason in the same chunk as the last delta, be it text or a tool call (Mistral). */
    FINISH_WITH_LAST_DELTA(Aspect.FINISH, FinishEdits::joinFinishToLastDelta),

    /** No {@code delta} in the last chunk. */
    FINISH_WITHOUT_DELTA(Aspect.FINISH, eachChoice(FinishEdits::removeDeltaAtEnd)),

    /** {@code delta: null} in the last chunk. */
    FINISH_WITH_NULL_DELTA(Aspect.FINISH, eachChoice(FinishEdits::nullDeltaAtEnd)),

    /** Usage on the last chunk that has a choice, none of its own (DeepSeek, Mistral; macparakeet #1087). */
    USAGE_ON_LAST_CONTENT_CHUNK(Aspect.USAGE, UsageEdits::moveToLastContentChunk),

    /** {@code usage: {}} on every chunk but the one that has it (zed #42893). */
    USAGE_EMPTY_OBJECT(Aspect.USAGE, UsageEdits::emptyBeforeEnd),

    /** A count that grows on every chunk (vLLM's {@code continuous_usage_stats}). */
    USAGE_ON_EVERY_CHUNK(Aspect.USAGE, UsageEdits::onEveryChunk),

    /** Usage inside {@code x_groq} of the chunk with the finish reason (Groq). */
    USAGE_IN_X_GROQ(Aspect.USAGE, UsageEdits::moveToXGroq),

    /** No usage although the request asks for it (servers that do not know {@code stream_options}; spring-ai #920). */
    USAGE_NEVER(Aspect.USAGE, UsageEdits::remove),

    /** The first chunk with the role does not come. */
    ROLE_MISSING(Aspect.ROLE, eachDelta(delta -> delta.remove("role"))),

    /** The role chunk again and again while the prompt is read (llama.cpp, {@code return_progress}). */
    ROLE_CHUNK_REPEATED(Aspect.ROLE, DeltaEdits::repeatRoleChunk),

    /** The role in each delta. */
    ROLE_ON_EVERY_DELTA(Aspect.ROLE, eachDelta(delta -> delta.put("role", "assistant"))),

    /** {@code index} inside the delta and not beside it (Mistral). */
    INDEX_INSIDE_DELTA(Aspect.CHOICE_INDEX, eachChoice(DeltaEdits::moveIndexIntoDelta)),

    /** No {@code created} (spring-ai #6004). */
    CREATED_MISSING(Aspect.ENVELOPE, eachChunk(chunk -> chunk.remove("created"))),

    /** No {@code id} (gaps of this kind: async-openai #352, #403). */
    ID_MISSING(Aspect.ENVELOPE, eachChunk(chunk -> chunk.remove("id"))),

    /** No {@code model} (gaps of this kind: async-openai #352, #403). */
    MODEL_MISSING(Aspect.ENVELOPE, eachChunk(chunk -> chunk.remove("model"))),

    /** No {@code object} (spring-ai #6928). */
    OBJECT_MISSING(Aspect.ENVELOPE, eachChunk(chunk -> chunk.remove("object"))),

    /** Fields that no specification has, nested ones too (llama.cpp's {@code timings}, and everybody else). */
    UNKNOWN_FIELDS(Aspect.ENVELOPE, eachChunk(DeltaEdits::addUnknownFields)),

    /** Chunks of another kind, without {@code choices} (Effect #6667). */
    UNKNOWN_CHUNKS(Aspect.EXTRA_CHUNKS, DeltaEdits::addUnknownChunks),

    /** In the middle an error frame in OpenAI's shape, then {@code [DONE]} (vLLM). */
    ERROR_FRAME(Aspect.ERROR, ErrorEdits.failInTheMiddle("""
            {"error":{"message":"The engine died","type":"InternalServerError","param":null,"code":"engine_dead"}}""")),

    /** The same with a numeric code (llama.cpp, which sends no {@code [DONE]}: see {@link Framing#NO_DONE}). */
    ERROR_FRAME_WITH_INT_CODE(Aspect.ERROR, ErrorEdits.failInTheMiddle("""
            {"error":{"code":500,"message":"The context slot is lost","type":"server_error"}}""")),

    /** A bare error object (older vLLM). */
    ERROR_FRAME_BARE(Aspect.ERROR, ErrorEdits.failInTheMiddle("""
            {"object":"error","message":"The engine died","type":"InternalServerError","param":null,"code":500}"""));

    /** The part of the stream that a deviation changes. Two of one aspect contradict each other, but for the envelope. */
    public enum Aspect {
        /** How the arguments of a tool call are cut and written. */
        ARGUMENTS,
        /** Which fragments name the tool. */
        TOOL_NAME,
        /** Which fragments say the type of the call. */
        TOOL_TYPE,
        /** Which fragments carry the id of the call. */
        TOOL_ID,
        /** How the index tells calls apart. */
        TOOL_INDEX,
        /** The fields and the form of text and reasoning. */
        CONTENT,
        /** What chunks before the last say about the finish reason. */
        UNFINISHED,
        /** What the last chunk looks like. */
        FINISH,
        /** Where the token counts are. */
        USAGE,
        /** How often the role is said. */
        ROLE,
        /** Where the index of the choice is. */
        CHOICE_INDEX,
        /** What every chunk, and a completion, has besides its choices. */
        ENVELOPE,
        /** Chunks of other kinds between the others. */
        EXTRA_CHUNKS,
        /** A failure after the stream has begun. */
        ERROR
    }

    private static final Set<ChatDeviation> NO_ID = EnumSet.of(TOOL_ID_MISSING, TOOL_ID_EMPTY);
    private static final Set<ChatDeviation> NO_NEW_NAME = EnumSet.of(TOOL_NAME_LATE, TOOL_NAME_REPEATED);

    private final Aspect aspect;
    private final Consumer<List<JsonObject>> edit;

    ChatDeviation(Aspect aspect, Consumer<List<JsonObject>> edit) {
        this.aspect = aspect;
        this.edit = edit;
    }

    @Override
    public Api api() {
        return Api.CHAT_COMPLETIONS;
    }

    /** The part of the stream that this changes. */
    public Aspect aspect() {
        return aspect;
    }

    @Override
    public boolean isError() {
        return aspect == Aspect.ERROR;
    }

    @Override
    public boolean isLossless() {
        return !isError() && this != USAGE_NEVER;
    }

    @Override
    public void apply(List<JsonObject> chunks) {
        edit.accept(chunks);
    }

    /**
     * Whether these make sense together: no two of one aspect, and something is left that tells parallel tool calls apart
     * (index, id, or a name only at the start of a call).
     */
    public static boolean combinable(Collection<ChatDeviation> deviations) {
        Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        for (ChatDeviation deviation : deviations) {
            if (!aspects.add(deviation.aspect) && deviation.aspect != Aspect.ENVELOPE) {
                return false;
            }
        }
        return !(aspects.contains(Aspect.TOOL_INDEX) && contains(deviations, NO_ID) && contains(deviations, NO_NEW_NAME));
    }

    private static boolean contains(Collection<ChatDeviation> deviations, Set<ChatDeviation> any) {
        return deviations.stream().anyMatch(any::contains);
    }

    static void applyAll(List<Fault> faults, List<JsonObject> chunks) {
        faults.stream().filter(ChatDeviation.class::isInstance).map(ChatDeviation.class::cast).distinct().sorted()
                .forEach(deviation -> deviation.apply(chunks));
    }

    static void applyEnvelope(List<Fault> faults, List<JsonObject> completion) {
        applyAll(faults.stream().filter(f -> f instanceof ChatDeviation d && d.aspect == Aspect.ENVELOPE).toList(), completion);
    }
}
