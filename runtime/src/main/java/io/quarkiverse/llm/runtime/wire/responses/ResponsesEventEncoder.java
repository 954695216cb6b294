package io.quarkiverse.llm.runtime.wire.responses;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.AnnotationAdded;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.RefusalDelta;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ResponseError;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.WireError;
import io.quarkiverse.llm.runtime.wire.WireEventSink;

/**
 * Writes the events of one stream as a server of the Responses API sends them. Takes them in the order subscribers get them;
 * items may overlap in it and then do so on the wire, unless they came through {@link SequentialItems}. Not thread-safe.
 */
public final class ResponsesEventEncoder implements EventEncoder {

    private final LlmRequest request;
    private final PartEvents reasoningText;
    private final EventOutput out;
    /** By their places; {@code null} where the item is done. */
    private final List<ItemEncoder> open = new ArrayList<>();
    /** As they were told, by their places; {@code null} where the item is open. */
    private final List<Item> done = new ArrayList<>();
    private LlmResponse started;
    private boolean queued;
    private boolean complete;

    /**
     * One that calls the events of reasoning as OpenAI does.
     *
     * @param request what the client has asked for: much of it is echoed
     */
    public ResponsesEventEncoder(LlmRequest request, WireEventSink sink) {
        this(request, ReasoningDialect.REASONING_TEXT, sink);
    }

    /** One that calls the events of reasoning so; what makes a summary of it is {@link ReasoningAsSummary}. */
    ResponsesEventEncoder(LlmRequest request, ReasoningDialect dialect, WireEventSink sink) {
        this.request = request;
        this.reasoningText = dialect.events;
        this.out = new EventOutput(sink);
    }

    @Override
    public void begin(ResponseStarted start) {
        if (started == null) {
            start(response(start));
        } else if (queued) {
            queued = false;
            started = started.toBuilder().status(ResponseStatus.IN_PROGRESS).build();
            lifecycle("response.in_progress", started);
        }
    }

    private static LlmResponse.Builder response(ResponseStarted start) {
        return LlmResponse.builder().id(start.responseId()).model(start.model()).createdAt(start.createdAt());
    }

    @Override
    public void queue(ResponseStarted start) {
        if (started == null) {
            queued = true;
            started = response(start).status(ResponseStatus.QUEUED).build();
            lifecycle("response.created", started);
            lifecycle("response.queued", started);
        }
    }

    /**
     * Before the first item the response is said to be in progress once more. Some clients take what such an event holds for
     * all that there is, so within an item it is an empty delta, and between items there is none.
     */
    @Override
    public boolean keepAlive() {
        if (started == null || queued || complete) {
            return false;
        } else if (open.isEmpty()) {
            lifecycle("response.in_progress", started);
            return true;
        }
        return open.stream().filter(Objects::nonNull).reduce((one, next) -> next).map(ItemEncoder::keepAlive).orElse(false);
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public void accept(LlmEvent event) {
        if (complete) {
            // what was under way when the answer was stopped
            return;
        }
        if (event instanceof OfItem ofItem) {
            ofItem(ofItem);
        } else if (event instanceof UnknownEvent unknown) {
            unknown(unknown);
        } else if (event instanceof ResponseStarted start) {
            begin(start);
        } else if (event instanceof ResponseCompleted completed) {
            tellItemsOf(completed.response());
            end(asTold(ResponsesServerCodec.withEnd(completed.response())));
        }
    }

    /** Providers of the application's own may tell of items at the end alone: clients want events of each. */
    private void tellItemsOf(LlmResponse response) {
        for (int i = 0; i < response.output().size(); i++) {
            Item item = ItemIds.identified(response.output().get(i));
            String id = item.id().orElse("");
            if (i == open.size()) {
                beginItem(new ItemStarted(id, i, item));
            }
            if (open.get(i) != null) {
                ofItem(new ItemComplete(id, i, item));
            }
        }
    }

    /** When there has been no event, the client has been told nothing yet, and an HTTP status is the better answer. */
    @Override
    public void fail(LlmException failure) {
        if (complete) {
            return;
        }
        if (started == null) {
            start(LlmResponse.builder().id(Ids.made("resp")).model(request.model().orElse("")).createdAt(Instant.now()));
        }
        WireError error = WireError.of(failure);
        error(error.type(), error.code(), error.message(), error.param().orElse(null));
        Usage usage = failure.partial().flatMap(LlmResponse::usage).orElse(null);
        end(LlmResponse.builder().id(started.id()).model(started.model()).createdAt(started.createdAt())
                .status(ResponseStatus.FAILED).items(done.stream().takeWhile(Objects::nonNull).toList()).usage(usage)
                .error(new ResponseError(error.code(), error.message())).build());
    }

    private void error(String type, String code, String message, String param) {
        if (queued) {
            begin(new ResponseStarted(started.id(), started.model(), started.createdAt()));
        }
        out.event("error", json -> {
            // OpenAI's servers nest it, OpenAI's specification does not
            json.writeObjectFieldStart("error");
            json.writeStringField("type", type);
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeStringField("param", param);
            json.writeEndObject();
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeStringField("param", param);
        });
    }

    /** What is open ends where it is. */
    @Override
    public void cancel() {
        if (complete || started == null || !isStoppable()) {
            return;
        }
        begin(new ResponseStarted(started.id(), started.model(), started.createdAt()));
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i) != null) {
                done.set(i, open.get(i).cut());
                open.set(i, null);
            }
        }
        end(started.toBuilder().status(ResponseStatus.CANCELLED).items(done).build());
    }

    /** Tells a response that is over as if it were made now. */
    void retell(LlmResponse response) {
        begin(new ResponseStarted(response.id(), response.model(), response.createdAt()));
        tellItemsOf(response);
        response.error().ifPresent(error -> error(error.code(), error.code(), error.message(), null));
        end(asTold(response));
    }

    private void start(LlmResponse.Builder response) {
        started = response.status(ResponseStatus.IN_PROGRESS).build();
        lifecycle("response.created", started);
        lifecycle("response.in_progress", started);
    }

    /** There is no event for one that was cancelled; clients take this one for the end of an answer that is not whole. */
    private void end(LlmResponse response) {
        complete = true;
        ResponseStatus told = response.status() == ResponseStatus.CANCELLED ? ResponseStatus.INCOMPLETE : response.status();
        lifecycle("response." + told.wireName(), response);
    }

    private void lifecycle(String type, LlmResponse response) {
        ResponseResource resource = new ResponseResource(request, response);
        out.event(type, json -> {
            json.writeFieldName("response");
            resource.write(json);
        });
    }

    /** The last event is of the response that the first one has announced, and of the items of those between. */
    private LlmResponse asTold(LlmResponse response) {
        List<Item> output = new ArrayList<>(response.output());
        for (int i = 0; i < Math.min(done.size(), output.size()); i++) {
            if (done.get(i) != null) {
                output.set(i, done.get(i));
            }
        }
        // applications' own providers may tell of more items than their response has at the end
        done.stream().skip(output.size()).takeWhile(Objects::nonNull).toList().forEach(output::add);
        LlmResponse first = started == null ? response : started;
        return response.toBuilder().id(first.id()).model(first.model()).createdAt(first.createdAt()).output(output).build();
    }

    private void ofItem(OfItem event) {
        if (event instanceof TextDelta delta) {
            open(event).part(PartEvents.TEXT, delta.contentIndex()).delta(delta.delta(), delta.logprobs());
        } else if (event instanceof ToolCallArgumentsDelta delta) {
            open(event).call().delta(delta.delta());
        } else if (event instanceof ReasoningDelta delta) {
            PartEvents kind = delta.kind() == ReasoningDelta.Kind.SUMMARY ? PartEvents.SUMMARY : reasoningText;
            open(event).part(kind, delta.partIndex()).delta(delta.delta());
        } else if (event instanceof RefusalDelta delta) {
            open(event).part(PartEvents.REFUSAL, delta.contentIndex()).delta(delta.delta());
        } else if (event instanceof AnnotationAdded added) {
            open(event).part(PartEvents.TEXT, added.contentIndex()).annotation(added.annotation(), added.annotationIndex());
        } else if (event instanceof ToolCallComplete whole) {
            open(event).call().done(whole.call());
        } else if (event instanceof ItemStarted start) {
            beginItem(start);
        } else if (event instanceof ItemComplete whole) {
            Item told = open(event).done(ItemIds.identified(whole.item(), event::itemId));
            open.set(event.outputIndex(), null);
            done.set(event.outputIndex(), told);
        } else if (!(event instanceof ToolCallStart)) {
            // what a tool call starts with is in its item
            throw new IllegalArgumentException("No event of the Responses API for " + event.getClass());
        }
    }

    private void beginItem(ItemStarted event) {
        if (event.outputIndex() != open.size()) {
            throw new IllegalStateException(
                    "The item " + event.itemId() + " begins at " + event.outputIndex() + " instead of " + open.size());
        }
        open.add(new ItemEncoder(out, new ItemPlace(event.itemId(), event.outputIndex()),
                ItemIds.identified(event.item(), event::itemId), reasoningText, isStoppable()));
        done.add(null);
    }

    private boolean isStoppable() {
        return request.background().orElse(false);
    }

    private ItemEncoder open(OfItem event) {
        int index = event.outputIndex();
        ItemEncoder item = index >= 0 && index < open.size() ? open.get(index) : null;
        if (item == null) {
            throw new IllegalStateException("The item " + event.itemId() + " is not open");
        }
        return item;
    }

    /** As it is but for its number; what is no object can be no event. */
    private void unknown(UnknownEvent event) {
        JsonValue value = JsonValue.of(event.json().text());
        if (!value.isObject()) {
            return;
        }
        Map<String, JsonValue> fields = value.object().toMap();
        out.event(event.type(), json -> {
            for (Map.Entry<String, JsonValue> field : fields.entrySet()) {
                if (!field.getKey().equals("type") && !field.getKey().equals("sequence_number")) {
                    JsonText.writeName(json, field.getKey());
                    JsonText.write(json, field.getValue().raw());
                }
            }
        });
    }
}
