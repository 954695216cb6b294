package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Turns an answer and the request it answers into what goes over the wire. */
final class Rendering {

    private final Answer answer;
    private final RecordedRequest request;
    private final Api api;
    private final Set<Framing> framing = EnumSet.noneOf(Framing.class);
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int status;

    private Rendering(Answer answer, RecordedRequest request) {
        this.answer = answer;
        this.request = request;
        this.api = request.api().orElse(Api.CHAT_COMPLETIONS);
        this.status = answer.status();
        answer.faults().stream().filter(Framing.class::isInstance).forEach(fault -> framing.add((Framing) fault));
    }

    static Reply of(Answer answer, RecordedRequest request) {
        return new Rendering(answer, request).render();
    }

    /** What this renders; where it fails, an error that says so: the client must not wait for ever. */
    static Reply orFailure(Answer answer, Function<Answer, Reply> rendering) {
        try {
            return rendering.apply(answer);
        } catch (RuntimeException e) {
            // a chunk of the test's own that a deviation cannot handle, say
            return rendering.apply(unplayable(e));
        }
    }

    static Answer unplayable(RuntimeException cause) {
        return Answer.error(500, "The scripted answer cannot be played: " + cause);
    }

    private Reply render() {
        headers.put("x-request-id", "req_scripted_" + request.number());
        Iterator<Piece> source = source();
        headers.putAll(answer.headers());
        List<Stage> stages = new ArrayList<>();
        if (isEventStream()) {
            headers.putIfAbsent("cache-control", "no-cache");
            stages.addAll(StreamStages.of(framing));
        }
        if (framing.contains(Framing.GZIP)) {
            headers.put("content-encoding", "gzip");
            stages.add(new Gzip());
        }
        List<Cut> cuts = cuts();
        cuts.stream().filter(cut -> cut.unit() != Cut.Unit.HEAD).forEach(cut -> stages.add(cut.stage()));
        answer.faults().stream().filter(Split.class::isInstance).forEach(split -> stages.add(((Split) split).stage()));
        if (!stages.isEmpty()) {
            headers.remove("content-length");
        }
        answer.faults().stream().filter(ContentType.class::isInstance)
                .forEach(type -> headers.put("content-type", ((ContentType) type).value()));
        Optional<Ending> early = cuts.stream().filter(cut -> cut.unit() == Cut.Unit.HEAD).map(Cut::ending).findFirst();
        return new Reply(status, headers, Pieces.through(stages, source), early);
    }

    private Iterator<Piece> source() {
        if (answer.body() instanceof Body.Raw raw) {
            String type = answer.headers().get("content-type");
            return type.startsWith(Answer.EVENT_STREAM) ? RecordedEvents.of(raw.bytes()) : document(type, raw.bytes());
        } else if (answer.body() instanceof Body.Recorded recorded) {
            return recorded.pieces().iterator();
        } else if (answer.body() instanceof Body.Events events) {
            headers.put("content-type", Answer.EVENT_STREAM);
            return stream(events.stream());
        } else if (answer.body() instanceof Body.Endless endless) {
            headers.put("content-type", Answer.EVENT_STREAM);
            return endless(endless.delta());
        } else if (request.isStreaming()) {
            headers.put("content-type", Answer.EVENT_STREAM);
            return stream(api == Api.RESPONSES
                    ? new ResponsesStream(answer, request)
                    : new ChatStream(answer, origin(), request.includesUsage()));
        }
        return whole();
    }

    private Iterator<Piece> endless(String delta) {
        EventWriter writer = new EventWriter(api, framing);
        return api == Api.RESPONSES
                ? EndlessStream.of(new ResponsesStream(Answer.text(delta), request), writer)
                : EndlessStream.of(new ChatStream(answer, origin(), false), delta, writer);
    }

    private Iterator<Piece> stream(ScriptedEvents stream) {
        EventWriter writer = new EventWriter(api, framing);
        List<Piece> pieces = new ArrayList<>();
        boolean open = framing.contains(Framing.FINISH_THEN_OPEN);
        boolean done = !open && (api == Api.RESPONSES ? framing.contains(Framing.DONE) : !framing.contains(Framing.NO_DONE));
        for (int i = 0; i < stream.events().size(); i++) {
            JsonObject event = stream.events().get(i);
            pieces.addAll(stream.waitsBefore(event));
            pieces.add(writer.event(event, !done && i == stream.events().size() - 1));
        }
        if (done) {
            pieces.add(writer.done());
        }
        if (open || framing.contains(Framing.DONE_THEN_OPEN)) {
            pieces.add(new Piece.Stop(Ending.STALL));
        }
        return pieces.iterator();
    }

    private Iterator<Piece> whole() {
        if (request.isBackground() && api == Api.RESPONSES) {
            return document(new ResponsesStream(answer, request).events().get(0).getJsonObject("response"));
        }
        List<Piece> pieces = new ArrayList<>();
        EventWaits waits = new EventWaits();
        for (Step step : answer.steps()) {
            if (step instanceof Step.ErrorFrame error) {
                pieces.addAll(waits.pending());
                status = 500;
                document(error.json()).forEachRemaining(pieces::add);
                return pieces.iterator();
            }
            waits.take(step);
        }
        pieces.addAll(waits.pending());
        document(api == Api.RESPONSES ? new ResponsesStream(answer, request).document(answer.faults()) : completion())
                .forEachRemaining(pieces::add);
        return pieces.iterator();
    }

    private JsonObject completion() {
        List<JsonObject> completion = new ArrayList<>(List.of(new ChatCompletion(answer, origin()).toJson()));
        ChatDeviation.applyEnvelope(answer.faults(), completion);
        return completion.get(0);
    }

    private Iterator<Piece> document(JsonObject json) {
        return document(Answer.JSON, Buffer.buffer(Json.text(json)));
    }

    private Iterator<Piece> document(String type, Buffer bytes) {
        headers.put("content-type", type);
        headers.put("content-length", Integer.toString(bytes.length()));
        return List.<Piece> of(new Piece.Data(bytes, true)).iterator();
    }

    private boolean isEventStream() {
        return headers.getOrDefault("content-type", "").startsWith(Answer.EVENT_STREAM);
    }

    private List<Cut> cuts() {
        return answer.faults().stream().filter(Cut.class::isInstance).map(Cut.class::cast).toList();
    }

    private ChatCompletion.Origin origin() {
        return new ChatCompletion.Origin("chatcmpl-scripted-" + request.number(), request.model(),
                request.arrival().getEpochSecond());
    }
}
