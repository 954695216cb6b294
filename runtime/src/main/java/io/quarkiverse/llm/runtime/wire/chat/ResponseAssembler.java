package io.quarkiverse.llm.runtime.wire.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.RepairLog;

/**
 * Builds a response, and its events in legal order, from deltas of a wire API that knows no items: text, reasoning and tool
 * calls as they happen to come. A message or reasoning item ends where something else begins; tool calls may overlap.
 * <p>
 * Nothing is handed on before there is content: see the first guarantee of {@link io.quarkiverse.llm.LlmProvider}.
 */
final class ResponseAssembler {

    private static final String THE_ANSWER = "the answer";

    private final String requestedModel;
    private final RepairLog repairs;
    private final Consumer<LlmEvent> events;
    private final List<ItemInProgress> items = new ArrayList<>();
    private final ToolCallAssembler toolCalls;
    private String id;
    private String model;
    private Instant createdAt;
    private String serviceTier;
    private Usage usage;
    private ResponseEnding ending;
    private boolean ended;
    private MessageInProgress message;
    private ReasoningInProgress reasoning;
    private boolean started;
    private boolean complete;

    /**
     * @param requestedModel stands in where the server does not name the model
     */
    public ResponseAssembler(String requestedModel, RepairLog repairs, Consumer<LlmEvent> events) {
        this.requestedModel = requestedModel;
        this.repairs = repairs;
        this.events = events;
        this.toolCalls = new ToolCallAssembler(this, repairs);
    }

    /** Whether id, model and time are known, so that nobody needs to read them again. */
    public boolean isIdentified() {
        return started || id != null && model != null && createdAt != null;
    }

    /** What the server says of the response; each is taken once, and {@code null} says nothing. */
    public void identify(String id, String model, Instant createdAt) {
        this.id = this.id == null ? id : this.id;
        this.model = this.model == null ? model : this.model;
        this.createdAt = this.createdAt == null ? createdAt : this.createdAt;
    }

    public void serviceTier(String serviceTier) {
        this.serviceTier = serviceTier;
    }

    /** The last word of the server counts: some send a running total with each event. */
    public void usage(Usage usage) {
        this.usage = usage;
    }

    /**
     * @param logprobs an array as received; {@code null} for none
     */
    public void text(String delta, RawJson logprobs) {
        ended = false;
        MessageInProgress open = message();
        int contentIndex = open.text(delta, logprobs);
        events.accept(new LlmEvent.TextDelta(open.id, open.outputIndex, contentIndex, delta, Optional.ofNullable(logprobs)));
    }

    public void refusal(String delta) {
        ended = false;
        MessageInProgress open = message();
        int contentIndex = open.refusal(delta);
        events.accept(new LlmEvent.RefusalDelta(open.id, open.outputIndex, contentIndex, delta));
    }

    public void annotation(Annotation annotation) {
        MessageInProgress open = message();
        int annotationIndex = open.annotation(annotation);
        events.accept(new LlmEvent.AnnotationAdded(open.id, open.outputIndex, open.contentIndex(), annotationIndex,
                annotation));
    }

    public void reasoning(String delta) {
        ended = false;
        if (reasoning == null) {
            ReasoningInProgress opened = new ReasoningInProgress();
            begin(opened);
            reasoning = opened;
        }
        reasoning.append(delta);
        events.accept(new LlmEvent.ReasoningDelta(reasoning.id, reasoning.outputIndex, LlmEvent.ReasoningDelta.Kind.TEXT, 0,
                delta));
    }

    /**
     * A piece of a tool call.
     *
     * @param index the server's number of the call; -1 for none
     * @param id may be {@code null} or empty, as may be the name and the arguments
     */
    public void toolCall(int index, String id, ToolCall.Kind kind, String name, String arguments) {
        if (toolCalls.fragment(index, id, kind, name, arguments)) {
            ended = false;
        }
    }

    /**
     * The server has said why the model stopped. Usage may still follow; content that follows takes the ending back, as some
     * servers give a reason with each chunk. A reason that cut the answer stays.
     */
    public void ending(ResponseEnding ending) {
        this.ending = this.ending != null && this.ending.isCut() ? this.ending : ending;
        ended = true;
        if (!this.ending.isCut()) {
            toolCalls.completeReady();
        }
    }

    /** Whether the model is known to have stopped. */
    public boolean hasEnded() {
        return ended;
    }

    /** The answer is whole: closes what is open and hands on the last event. */
    public void complete() {
        if (complete) {
            return;
        }
        start();
        ResponseEnding end = ending == null ? ResponseEnding.UNSAID : ending;
        closeLinear(end.isCut() ? ItemStatus.INCOMPLETE : ItemStatus.COMPLETED);
        boolean callsWhole = toolCalls.closeAll(end.isCut());
        complete = true;
        events.accept(new LlmEvent.ResponseCompleted(response(end, callsWhole)));
    }

    /** Whether there has been any content. */
    public boolean hasStarted() {
        return started;
    }

    public boolean isComplete() {
        return complete;
    }

    /** What has arrived so far; empty when that is nothing. */
    public Optional<LlmResponse> partial() {
        if (!started) {
            return Optional.empty();
        }
        return Optional.of(builder().status(ResponseStatus.INCOMPLETE).finishReason(FinishReason.OTHER).build());
    }

    private LlmResponse response(ResponseEnding end, boolean callsWhole) {
        LlmResponse.Builder response = builder().finishReason(end.reason()).providerFinishReason(end.word());
        if (end.reason() == FinishReason.STOP && toolCalls.hasCompleted()) {
            response.finishReason(FinishReason.TOOL_CALLS);
        }
        if (end.isCut()) {
            response.status(ResponseStatus.INCOMPLETE).incompleteReason(end.incompleteReason());
        } else if (!callsWhole) {
            response.status(ResponseStatus.INCOMPLETE).incompleteReason("invalid_tool_call");
        }
        return response.build();
    }

    private LlmResponse.Builder builder() {
        return LlmResponse.builder().id(id).model(model).createdAt(createdAt).usage(usage).serviceTier(serviceTier)
                .repairs(repairs.counts())
                .items(items.stream().map(ItemInProgress::current).toList());
    }

    private MessageInProgress message() {
        if (message == null) {
            MessageInProgress opened = new MessageInProgress();
            begin(opened);
            message = opened;
        }
        return message;
    }

    /** Gives the item its place, after ending what cannot go on beside it. */
    void begin(ItemInProgress item) {
        start();
        closeLinear(ItemStatus.COMPLETED);
        toolCalls.completeReady();
        item.outputIndex = items.size();
        items.add(item);
        events.accept(new LlmEvent.ItemStarted(item.id, item.outputIndex, item.snapshot(ItemStatus.IN_PROGRESS)));
    }

    void emit(LlmEvent event) {
        events.accept(event);
    }

    void close(ItemInProgress item, ItemStatus status) {
        events.accept(new LlmEvent.ItemComplete(item.id, item.outputIndex, item.close(status)));
    }

    private void closeLinear(ItemStatus status) {
        if (reasoning != null) {
            close(reasoning, status);
            reasoning = null;
        }
        if (message != null) {
            close(message, status);
            message = null;
        }
    }

    private void makeUpWhatIsMissing() {
        if (id == null) {
            repairs.add(Repair.MISSING_RESPONSE_ID, THE_ANSWER, "has no id");
            id = Ids.made("resp");
        }
        if (model == null) {
            repairs.add(Repair.MISSING_MODEL, THE_ANSWER, "does not name its model");
            model = requestedModel;
        }
        if (createdAt == null) {
            repairs.add(Repair.MISSING_CREATED_AT, THE_ANSWER, "has no created");
            createdAt = Instant.now();
        }
    }

    private void start() {
        if (started) {
            return;
        }
        makeUpWhatIsMissing();
        started = true;
        events.accept(new LlmEvent.ResponseStarted(id, model, createdAt));
    }
}
