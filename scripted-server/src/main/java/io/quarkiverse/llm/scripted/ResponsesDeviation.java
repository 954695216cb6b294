package io.quarkiverse.llm.scripted;

import static io.quarkiverse.llm.scripted.EventEdits.each;
import static io.quarkiverse.llm.scripted.EventEdits.eachEvent;
import static io.quarkiverse.llm.scripted.EventEdits.eachItem;
import static io.quarkiverse.llm.scripted.EventEdits.eachResource;
import static io.quarkiverse.llm.scripted.EventEdits.without;
import static io.quarkiverse.llm.scripted.ItemEdits.eachEnd;
import static io.quarkiverse.llm.scripted.ItemEdits.withoutAdded;
import static io.quarkiverse.llm.scripted.ItemEdits.withoutDeltas;
import static io.quarkiverse.llm.scripted.ReasoningEdits.asContent;
import static io.quarkiverse.llm.scripted.ResourceEdits.failInTheMiddle;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The ways in which servers are known to differ from the official stream of the Responses API, each a change to the events of
 * a scripted answer. Each names where it was seen. Answers that are not streamed take those of {@link Aspect#RESOURCE} and
 * {@link Aspect#ITEM} only.
 * <p>
 * The order of the constants is the order in which they are applied, whatever order they are given in. Sequence numbers
 * count the events that are sent.
 */
public enum ResponsesDeviation implements Deviation {

    /** Reasoning as content of its item, in {@code reasoning_text} events (LM Studio, gpt-oss servers). The API knows both. */
    REASONING_AS_CONTENT(Aspect.REASONING, asContent("response.content_part", "response.reasoning_text")),

    /** Nothing but {@code reasoning_text.delta} between the ends of the item (llama.cpp). */
    REASONING_IN_DELTAS_ALONE(Aspect.REASONING, ReasoningEdits::deltasAlone),

    /** {@code reasoning_part.added} and {@code .done} around {@code reasoning_text} (vLLM). */
    REASONING_PART_EVENTS(Aspect.REASONING, asContent("response.reasoning_part", "response.reasoning_text")),

    /** {@code response.reasoning.delta} and {@code .done} (the names in Open Responses). */
    REASONING_OPEN_RESPONSES_NAMES(Aspect.REASONING, asContent("response.content_part", "response.reasoning")),

    /** {@code reasoning_summary_text} without parts around it (Ollama). */
    SUMMARY_WITHOUT_PARTS(Aspect.REASONING, ReasoningEdits::summaryWithoutParts),

    /** No {@code function_call_arguments.done} (llama.cpp). */
    ARGUMENTS_DONE_MISSING(Aspect.ARGUMENTS, without("response.function_call_arguments.done")),

    /** {@code function_call_arguments.done} without {@code name} (OpenAI itself; async-openai #472). */
    ARGUMENTS_DONE_WITHOUT_NAME(Aspect.ARGUMENTS,
            each(event -> EventEdits.is(event, "response.function_call_arguments.done"), event -> event.remove("name"))),

    /** {@code function_call_arguments.done} without deltas before it (LM Studio; litellm #27144). */
    ARGUMENTS_IN_DONE_ALONE(Aspect.ARGUMENTS, withoutDeltas("response.function_call_arguments")),

    /** Neither deltas nor {@code .done}: only the item has the arguments (servers that call at once). */
    ARGUMENTS_IN_ITEM_ALONE(Aspect.ARGUMENTS,
            without("response.function_call_arguments.delta", "response.function_call_arguments.done")),

    /** {@code output_text.done} without deltas before it. */
    TEXT_IN_DONE_ALONE(Aspect.TEXT, withoutDeltas("response.output_text", "response.refusal")),

    /** No {@code output_text.done}, only the end of its part. */
    TEXT_DONE_MISSING(Aspect.TEXT, without("response.output_text.done", "response.refusal.done")),

    /** No {@code content_part.added} and {@code .done}. */
    PARTS_MISSING(Aspect.PARTS, without("response.content_part.added", "response.content_part.done")),

    /** The first delta of a part before the event that begins the part. */
    CONTENT_BEFORE_PART(Aspect.PARTS, ItemEdits::contentBeforePart),

    /** Items are open at the same time and take turns (xAI with hosted tools, all servers that proxy Chat chunk by chunk). */
    ITEMS_INTERLEAVED(Aspect.ORDER, ItemEdits::interleave),

    /** Everything stays open until all has come; all {@code done} events in one burst before the last (llama.cpp). */
    DONE_AT_THE_END(Aspect.DONE, ItemEdits::doneAtTheEnd),

    /** No {@code done} event at all; the last event has the items. */
    DONE_MISSING(Aspect.DONE, without(EventEdits::isDone)),

    /** No {@code output_item.added} for any item. */
    ITEMS_NEVER_ADDED(Aspect.ADDED, withoutAdded(item -> true)),

    /** No {@code output_item.added} for function calls. */
    CALLS_NEVER_ADDED(Aspect.ADDED, withoutAdded(EventEdits::isCall)),

    /** Of several calls that follow each other only the first has {@code output_item.added} (llama.cpp, early). */
    ONLY_FIRST_CALL_ADDED(Aspect.ADDED, ItemEdits::onlyFirstCallAdded),

    /**
     * {@code created} and {@code in_progress} again before each delta (llama.cpp, when an answer begins inside a character).
     */
    STARTED_BEFORE_EVERY_DELTA(Aspect.START, ResourceEdits::startBeforeEveryDelta),

    /** {@code in_progress} again and again while the prompt is read (llama.cpp, {@code return_progress}). */
    IN_PROGRESS_REPEATED(Aspect.START, ResourceEdits::repeatInProgress),

    /** Neither {@code created} nor {@code in_progress}. */
    START_MISSING(Aspect.START, ResourceEdits::noStart),

    /** The announcements have nothing but id, object and status (llama.cpp). */
    START_BARE(Aspect.RESOURCE, ResourceEdits::bareStart),

    /** The last event says that nothing came. */
    OUTPUT_EMPTY_AT_END(Aspect.OUTPUT, eachEnd(resource -> resource.put("output", new JsonArray()))),

    /** The last event does not say what came. */
    OUTPUT_MISSING_AT_END(Aspect.OUTPUT, eachEnd(resource -> resource.remove("output"))),

    /** The items in the last event have new ids (llama.cpp, for answers that are not streamed). */
    OTHER_ITEM_IDS_AT_END(Aspect.OUTPUT, ItemEdits::otherIdsAtTheEnd),

    /** The last event leaves reasoning out, and the other items have new ids: neither id nor place tells which they are. */
    REASONING_LEFT_OUT_AND_OTHER_IDS_AT_END(Aspect.OUTPUT, ItemEdits::withoutReasoningAndOtherIdsAtTheEnd),

    /** {@code completed}, of response and items, although a limit cut the answer (llama.cpp). */
    COMPLETED_WHEN_CUT(Aspect.STATUS, ItemEdits::claimCompletion),

    /** No usage. */
    USAGE_MISSING(Aspect.USAGE, eachResource(resource -> resource.remove("usage"))),

    /** No {@code output_tokens_details} (llama.cpp). */
    OUTPUT_TOKENS_DETAILS_MISSING(Aspect.USAGE,
            eachResource(resource -> {
                if (resource.getValue("usage") instanceof JsonObject usage) {
                    usage.remove("output_tokens_details");
                }
            })),

    /** The response has another id in each event (litellm #37956). */
    RESPONSE_ID_CHANGES(Aspect.RESOURCE, ResourceEdits::otherIdEachTime),

    /** No {@code id} of the response. */
    RESPONSE_ID_MISSING(Aspect.RESOURCE, eachResource(resource -> resource.remove("id"))),

    /** No {@code created_at}. */
    CREATED_AT_MISSING(Aspect.RESOURCE, eachResource(resource -> resource.remove("created_at"))),

    /** No {@code model}. */
    MODEL_MISSING(Aspect.RESOURCE, eachResource(resource -> resource.remove("model"))),

    /** The response does not say back what was asked for (llama.cpp). */
    REQUEST_NOT_SAID_BACK(Aspect.RESOURCE, eachResource(resource -> List.of("tools", "tool_choice", "parallel_tool_calls",
            "instructions", "text", "reasoning", "metadata", "temperature").forEach(resource::remove))),

    /** No {@code sequence_number} (llama.cpp). */
    SEQUENCE_NUMBER_MISSING(Aspect.EVENT, eachEvent(event -> event.remove("sequence_number"))),

    /** Items have no {@code status} (OpenAI for reasoning). */
    ITEM_STATUS_MISSING(Aspect.ITEM, eachItem(item -> item.remove("status"))),

    /** {@code encrypted_content: ""} on reasoning (llama.cpp). */
    ENCRYPTED_CONTENT_EMPTY(Aspect.ITEM, eachItem(item -> {
        if ("reasoning".equals(item.getValue("type"))) {
            item.put("encrypted_content", "");
        }
    })),

    /** Function calls have no {@code id}, and their events speak of them by the call id (llama.cpp, early). */
    CALLS_WITHOUT_ID(Aspect.ITEM_ID, ItemEdits::callsWithoutId),

    /** No item has an {@code id}, though events speak of it. */
    ITEMS_WITHOUT_ID(Aspect.ITEM_ID, eachItem(item -> item.remove("id"))),

    /** Events do not say of which item they are by {@code item_id}. */
    ITEM_ID_MISSING(Aspect.EVENT, eachEvent(event -> event.remove("item_id"))),

    /** No {@code output_index} (llama.cpp). */
    OUTPUT_INDEX_MISSING(Aspect.EVENT, eachEvent(event -> event.remove("output_index"))),

    /** No {@code content_index} and {@code summary_index} (llama.cpp). */
    CONTENT_INDEX_MISSING(Aspect.EVENT, eachEvent(event -> List.of("content_index", "summary_index").forEach(event::remove))),

    /** No {@code logprobs} (llama.cpp, xAI) and {@code annotations} (llama.cpp). */
    LOGPROBS_AND_ANNOTATIONS_MISSING(Aspect.EVENT, eachEvent(event -> {
        event.remove("logprobs");
        if (event.getValue("part") instanceof JsonObject part) {
            List.of("logprobs", "annotations").forEach(part::remove);
        }
    })),

    /** Fields that no specification has, nested ones too (llama.cpp's {@code timings}, OpenAI's {@code obfuscation}). */
    UNKNOWN_FIELDS(Aspect.RESOURCE, eachEvent(ResourceEdits::addUnknownFields)),

    /** Events that no specification has between the others (OpenAI's {@code keepalive}, Open Responses' extensions). */
    UNKNOWN_EVENTS(Aspect.EXTRA_EVENTS, ResourceEdits::addUnknownEvents),

    /** In the middle an {@code error} event with a nested error, then {@code response.failed} (OpenAI). */
    ERROR_NESTED(Aspect.ERROR, failInTheMiddle("""
            {"type":"error","sequence_number":-1,"error":{"type":"server_error","code":"engine_dead",
            "message":"The engine died","param":null}}""", """
            {"type":"response.failed","sequence_number":-1,"response":{"status":"failed","error":{"code":"engine_dead",
            "message":"The engine died"}}}""")),

    /** In the middle an {@code error} event whose fields stand beside its type (OpenAI's own specification). */
    ERROR_FLAT(Aspect.ERROR, failInTheMiddle("""
            {"type":"error","sequence_number":-1,"code":"engine_dead","message":"The engine died","param":null}""")),

    /** In the middle an error without a type, and the end of the stream (llama.cpp). */
    ERROR_BARE(Aspect.ERROR, failInTheMiddle("""
            {"error":{"code":500,"message":"The engine died","type":"server_error"}}""")),

    /** In the middle {@code response.failed} and no {@code error} event. */
    FAILED_ALONE(Aspect.ERROR, failInTheMiddle("""
            {"type":"response.failed","sequence_number":-1,"response":{"status":"failed","error":{"code":"engine_dead",
            "message":"The engine died"}}}"""));

    /**
     * The part of the stream that a deviation changes. Two of one aspect contradict each other, but for {@link #RESOURCE},
     * {@link #ITEM} and {@link #EVENT}.
     */
    public enum Aspect {
        /** The events and fields that carry reasoning. */
        REASONING,
        /** The events that carry the arguments of a call. */
        ARGUMENTS,
        /** The events that carry text and refusals. */
        TEXT,
        /** The events around a part of a message. */
        PARTS,
        /** The order of the events of different items. */
        ORDER,
        /** The events that close something. */
        DONE,
        /** The events that begin an item. */
        ADDED,
        /** The events that announce the response. */
        START,
        /** What the last event says of the items. */
        OUTPUT,
        /** What is said of the end. */
        STATUS,
        /** The token counts. */
        USAGE,
        /** The fields of the response. */
        RESOURCE,
        /** The fields of an item. */
        ITEM,
        /** The ids of items. */
        ITEM_ID,
        /** The fields that events have besides. */
        EVENT,
        /** Events of other kinds between the others. */
        EXTRA_EVENTS,
        /** A failure after the stream has begun. */
        ERROR
    }

    private static final Set<Aspect> OF_FIELDS = EnumSet.of(Aspect.RESOURCE, Aspect.ITEM, Aspect.EVENT);
    private static final Set<Aspect> OF_DOCUMENTS = EnumSet.of(Aspect.RESOURCE, Aspect.ITEM, Aspect.ITEM_ID, Aspect.STATUS,
            Aspect.USAGE);
    private static final Set<ResponsesDeviation> LOSSY = EnumSet.of(USAGE_MISSING, COMPLETED_WHEN_CUT);
    private static final Set<ResponsesDeviation> NO_LINK = EnumSet.of(ITEM_ID_MISSING, ITEMS_WITHOUT_ID, CALLS_WITHOUT_ID);
    private static final Set<ResponsesDeviation> SEVERAL_OPEN = EnumSet.of(ITEMS_INTERLEAVED, DONE_AT_THE_END, DONE_MISSING);
    private static final Set<ResponsesDeviation> KNOWN_WHEN_DONE = EnumSet.of(ARGUMENTS_IN_DONE_ALONE, ARGUMENTS_IN_ITEM_ALONE,
            TEXT_IN_DONE_ALONE);

    private final Aspect aspect;
    private final Consumer<List<JsonObject>> edit;

    ResponsesDeviation(Aspect aspect, Consumer<List<JsonObject>> edit) {
        this.aspect = aspect;
        this.edit = edit;
    }

    @Override
    public Api api() {
        return Api.RESPONSES;
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
        return !isError() && !LOSSY.contains(this);
    }

    @Override
    public void apply(List<JsonObject> events) {
        edit.accept(events);
    }

    /**
     * Whether these make sense together: no two of one aspect; where items are open at the same time, something tells of which
     * one an event is, and in which order they began; and what only the end of an item tells, its end does tell.
     */
    public static boolean combinable(Collection<ResponsesDeviation> deviations) {
        Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        for (ResponsesDeviation deviation : deviations) {
            if (!aspects.add(deviation.aspect) && !OF_FIELDS.contains(deviation.aspect)) {
                return false;
            }
        }
        boolean mixed = deviations.contains(OUTPUT_INDEX_MISSING) && contains(deviations, NO_LINK)
                && contains(deviations, SEVERAL_OPEN);
        // a call that was not added begins when its name comes, which is its end
        boolean disordered = deviations.contains(ITEMS_INTERLEAVED) && aspects.contains(Aspect.ADDED)
                || deviations.contains(DONE_AT_THE_END) && deviations.contains(ONLY_FIRST_CALL_ADDED);
        boolean lost = deviations.contains(DONE_MISSING)
                && (contains(deviations, KNOWN_WHEN_DONE) || aspects.contains(Aspect.ADDED));
        return !mixed && !disordered && !lost;
    }

    private static boolean contains(Collection<ResponsesDeviation> deviations, Set<ResponsesDeviation> any) {
        return deviations.stream().anyMatch(any::contains);
    }

    static void applyAll(List<Fault> faults, List<JsonObject> events) {
        faults.stream().filter(ResponsesDeviation.class::isInstance).map(ResponsesDeviation.class::cast).distinct().sorted()
                .forEach(deviation -> deviation.apply(events));
    }

    static void applyToResource(List<Fault> faults, List<JsonObject> last) {
        applyAll(faults.stream().filter(f -> f instanceof ResponsesDeviation d && OF_DOCUMENTS.contains(d.aspect)).toList(),
                last);
    }

    /** The name by which {@link Fault#named} knows it. */
    @Override
    public String toString() {
        return "responses-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
