package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.ErrorResponses;
import io.quarkiverse.llm.runtime.wire.Payloads;
import io.quarkiverse.llm.runtime.wire.RepairLog;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;

/**
 * Decodes an answer of the Responses API. What a whole response says of its items is read like the end of a stream that told
 * nothing before, so that both survive the same oddities.
 */
final class ResponsesResponseDecoder implements ResponseDecoder {

    private static final String WHOLE = "the response";
    private static final int MOST_SHOWN = 2_000;

    private final String provider;
    private final AnswerOrigin origin;
    private final boolean background;
    private final Payloads payloads;
    private final RepairLog repairs;
    private final ResponsesEventReader reader = new ResponsesEventReader();
    private final ResponseState state;
    private final HeldBackEvents events;
    private final OutputItems items;
    private byte[] data = {};
    private int offset;
    private int length;
    /** The first event, if it was none of the Responses API. */
    private byte[] strange = {};
    private boolean announced;
    /** Whether anything has come that only the Responses API has. */
    private boolean understood;
    private boolean complete;

    /**
     * @param origin what the server was asked for
     */
    ResponsesResponseDecoder(ProviderSettings settings, ResponseState.Asked asked, SecretMask secrets, AnswerOrigin origin,
            Consumer<LlmEvent> events) {
        this.provider = settings.name();
        this.origin = origin;
        this.background = asked.background() || origin != AnswerOrigin.REQUEST;
        this.payloads = new Payloads(provider, secrets);
        this.repairs = new RepairLog(settings, origin.expected(), this::received);
        this.state = new ResponseState(asked, repairs);
        this.events = new HeldBackEvents(events, state::started);
        this.items = new OutputItems(this.events, repairs);
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        if (complete || Payloads.isBlank(data, offset, length)) {
            return;
        }
        receive(data, offset, length);
        if (Payloads.isDone(data, offset, length)) {
            done();
            return;
        }
        if (!name.isEmpty() && data[offset] != '{' && data[offset] != '[') {
            // A named event without data of its own, such as a ping.
            return;
        }
        try {
            take(reader.read(name, data, offset, length));
        } catch (JsonShapeException e) {
            throw payloads.unreadable("an event that cannot be read", data, offset, length, e);
        } catch (IOException e) {
            throw payloads.unreadable("something that is not JSON", data, offset, length, e);
        }
    }

    private void receive(byte[] newData, int newOffset, int newLength) {
        data = newData;
        offset = newOffset;
        length = newLength;
    }

    private String received() {
        return payloads.masked(data, offset, length);
    }

    private void take(ResponsesEvent event) throws IOException {
        if (isError(event)) {
            throw ErrorResponses.ofAnswer(provider, received());
        }
        understood |= event.kind != EventKind.OTHER && event.kind != EventKind.NOISE;
        if (!announced && event.kind.ordinal() > EventKind.ANNOUNCEMENT.ordinal() && event.kind != EventKind.NOISE
                && event.kind != EventKind.OTHER) {
            announced = true;
            repairs.add(Repair.MISSING_START, event.type, "comes before response.created");
        }
        switch (event.kind) {
            case TEXT_DELTA -> items.delta(event, PartKind.TEXT);
            case REASONING_DELTA -> items.delta(event, PartKind.REASONING);
            case SUMMARY_DELTA -> items.delta(event, PartKind.SUMMARY);
            case ARGUMENTS_DELTA -> items.argumentsDelta(event, ItemKind.FUNCTION_CALL);
            case INPUT_DELTA -> items.argumentsDelta(event, ItemKind.CUSTOM_CALL);
            case REFUSAL_DELTA -> items.delta(event, PartKind.REFUSAL);
            case ANNOUNCEMENT, PROGRESS -> announce(event);
            case ITEM_ADDED, ITEM_DONE -> takeItem(event);
            case PART_ADDED -> items.partAdded(event, PartKind.TEXT);
            case PART_DONE -> items.partDone(event, PartKind.TEXT);
            case SUMMARY_PART_ADDED -> items.partAdded(event, PartKind.SUMMARY);
            case SUMMARY_PART_DONE -> items.partDone(event, PartKind.SUMMARY);
            case TEXT_DONE -> items.textDone(event, PartKind.TEXT);
            case REFUSAL_DONE -> items.textDone(event, PartKind.REFUSAL);
            case REASONING_DONE -> items.textDone(event, PartKind.REASONING);
            case SUMMARY_DONE -> items.textDone(event, PartKind.SUMMARY);
            case ARGUMENTS_DONE -> items.argumentsDone(event, ItemKind.FUNCTION_CALL);
            case INPUT_DONE -> items.argumentsDone(event, ItemKind.CUSTOM_CALL);
            case ANNOTATION -> items.annotation(event);
            case END -> takeEnd(event);
            case OTHER -> takeOther(event);
            case NOISE, ERROR -> {
            }
        }
    }

    /** Hosted tools may say of themselves that they failed: that does not end the response. */
    private boolean isError(ResponsesEvent event) {
        return event.kind == EventKind.ERROR
                || event.hasError && (event.type == null || event.named || !event.type.startsWith("response."))
                || event.type == null && ErrorResponses.isError(Payloads.text(data, offset, length));
    }

    private void announce(ResponsesEvent event) {
        if (event.kind == EventKind.ANNOUNCEMENT && announced || items.haveBegun()) {
            repairs.add(Repair.REPEATED_START, event.type, "announces the response once more");
        }
        announced = true;
        if (event.response != null) {
            state.take(event.response);
            if (state.isIdentified()) {
                reader.announced();
            }
        }
    }

    private void takeItem(ResponsesEvent event) {
        if (event.item == null) {
            repairs.add(Repair.UNREADABLE_EVENT, event.type, "has no item");
        } else if (event.kind == EventKind.ITEM_ADDED) {
            items.added(event);
        } else {
            items.done(event);
        }
    }

    private void takeOther(ResponsesEvent event) throws IOException {
        if (!understood && strange.length == 0) {
            strange = Arrays.copyOfRange(data, offset, offset + Math.min(length, MOST_SHOWN));
        }
        if (event.type == null) {
            takeUntyped();
        } else {
            events.emit(new LlmEvent.UnknownEvent(event.type, RawJson.verbatim(Payloads.text(data, offset, length))));
        }
    }

    /** Servers that do not stream may put the whole response into one event. */
    private void takeUntyped() throws IOException {
        ReceivedResponse response = ReceivedResponse.of(data, offset, length);
        if (!announced && "response".equals(response.object)) {
            understood = true;
            repairs.add(Repair.MISSING_START, "an event", "is the whole response");
            takeBody(response);
        } else {
            repairs.add(Repair.UNREADABLE_EVENT, "an event", "has no type");
        }
    }

    private void takeEnd(ResponsesEvent event) {
        ReceivedResponse response = event.response == null ? new ReceivedResponse() : event.response;
        ResponseStatus status = switch (event.type) {
            case "response.failed" -> ResponseStatus.FAILED;
            case "response.incomplete" -> ResponseStatus.INCOMPLETE;
            case "response.cancelled" -> ResponseStatus.CANCELLED;
            default -> response.status == null ? ResponseStatus.COMPLETED : endOf(event.type, response.status);
        };
        if (status == ResponseStatus.FAILED) {
            throw failed(response, () -> JsonFields.of(Payloads.text(data, offset, length)).required("response").toString());
        }
        if (status == ResponseStatus.CANCELLED) {
            throw new LlmException(SettingKey.subject(provider) + " ended the response because it was cancelled",
                    LlmErrorDetails.of(provider));
        }
        if (event.response != null) {
            state.take(response);
        }
        end(status, items.end(response.output, status == ResponseStatus.INCOMPLETE, event.type), event.type);
    }

    private ResponseStatus endOf(String type, ResponseStatus status) {
        if (status == ResponseStatus.COMPLETED || status == ResponseStatus.IN_PROGRESS || status == ResponseStatus.QUEUED) {
            return ResponseStatus.COMPLETED;
        }
        if (type.equals("response.completed")) {
            repairs.add(Repair.FALSELY_COMPLETED, type, "has a response of the status " + status.wireName());
        }
        return status;
    }

    private void end(ResponseStatus status, boolean callsWhole, String where) {
        if (!callsWhole && status == ResponseStatus.COMPLETED) {
            repairs.add(Repair.FALSELY_COMPLETED, where, "has a call that is not whole");
        }
        complete(status, callsWhole);
    }

    private void complete(ResponseStatus status, boolean callsWhole) {
        if (!events.areReleased()) {
            state.started();
        }
        complete = true;
        events.emit(new LlmEvent.ResponseCompleted(state.ended(items, status, callsWhole)));
    }

    private LlmException failed(ReceivedResponse response, Supplier<String> json) {
        if (response.error == null) {
            return new LlmServerException(SettingKey.subject(provider) + " failed without saying why",
                    LlmErrorDetails.of(provider));
        }
        return ErrorResponses.ofAnswer(provider, payloads.masked(json.get()));
    }

    /** A server that says that it is done, and has left nothing open, has only forgotten the last event. */
    private void done() {
        if (!items.haveBegun() || !items.areOver()) {
            throw truncated("[DONE]");
        }
        repairs.add(Repair.MISSING_END, "[DONE]", "comes without the end of the response");
        complete(ResponseStatus.COMPLETED, items.end(false, "[DONE]"));
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        if (Payloads.isBlank(data, offset, length)) {
            throw truncated("nothing");
        }
        receive(data, offset, length);
        ReceivedResponse response;
        try {
            response = ReceivedResponse.of(data, offset, length);
        } catch (IOException | JsonShapeException e) {
            if (ErrorResponses.isError(Payloads.text(data, offset, length))) {
                throw ErrorResponses.ofAnswer(provider, received());
            }
            throw payloads.unreadable("something that is not a JSON object", data, offset, length, e);
        }
        if (!"response".equals(response.object)) {
            checkShape();
        }
        takeBody(response);
    }

    /** An answer that does not say that it is a response is one when it has output. */
    private void checkShape() {
        String text = Payloads.text(data, offset, length);
        JsonValue json = JsonValue.of(text);
        if (!json.isObject() || !json.object().has("output")) {
            if (json.isObject() && json.object().has("error") || ErrorResponses.isError(text)) {
                throw ErrorResponses.ofAnswer(provider, received());
            }
            throw payloads.unreadable(json.isObject() ? "an answer without output" : "something that is not a JSON object",
                    data,
                    offset, length, null);
        }
    }

    private void takeBody(ReceivedResponse response) {
        boolean error = response.error != null && (response.output == null || response.output.isEmpty());
        ResponseStatus status = response.status != null ? response.status
                : error ? ResponseStatus.FAILED
                        : response.incompleteReason != null ? ResponseStatus.INCOMPLETE : ResponseStatus.COMPLETED;
        if (status == ResponseStatus.FAILED && origin != AnswerOrigin.LOOKUP) {
            throw failed(response, () -> Payloads.text(data, offset, length));
        }
        understood = true;
        state.take(response);
        for (int i = 0; response.output != null && i < response.output.size(); i++) {
            items.takeWhole(response.output.get(i), i, WHOLE);
        }
        if (!background && (status == ResponseStatus.QUEUED || status == ResponseStatus.IN_PROGRESS)) {
            throw truncated("a response of the status " + status.wireName() + " that does not run in the background");
        }
        end(status, items.end(status != ResponseStatus.COMPLETED, WHOLE), WHOLE);
    }

    @Override
    public void end() {
        if (!complete) {
            if (!understood && strange.length > 0) {
                throw payloads.unreadable("events that are none of the Responses API", strange, 0, strange.length, null);
            }
            throw truncated("the end of the stream");
        }
    }

    /** @param what came in place of the end */
    private LlmException truncated(String what) {
        return new LlmTruncatedStreamException(SettingKey.subject(provider) + " stopped "
                + (partial().isPresent() ? "in the middle of its answer" : "before its answer began") + ": " + what
                + " came before response.completed", LlmErrorDetails.of(provider), null);
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    /** The last event says that the response is over, and completes it. */
    @Override
    public boolean mayEnd() {
        return complete;
    }

    @Override
    public boolean hasUnderstood() {
        return understood;
    }

    @Override
    public Optional<LlmResponse> partial() {
        return events.areReleased() ? Optional.of(state.partial(items)) : Optional.empty();
    }

    @Override
    public Map<Repair, Integer> repairs() {
        return repairs.counts();
    }
}
