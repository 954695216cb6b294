package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * One WebSocket in the mode of the Responses API: takes the requests, gives each its turn, and remembers the last response of
 * each stream. Lives on the event loop of its connection.
 */
final class ResponsesSocket {

    private static final int MOST_AT_ONCE = 16;

    private final WebSockets server;
    private final RecordedRequest upgrade;
    private final Context context;
    private final ServerWebSocket socket;
    private final FrameWriter frames;
    private final Map<Optional<String>, Lane> lanes = new LinkedHashMap<>();
    private final Map<RecordedRequest, Optional<WebSocketPlayback>> unfinished = new LinkedHashMap<>();
    private int running;
    private int asked;
    private boolean isOld;
    private int resets;

    ResponsesSocket(WebSockets server, RecordedRequest upgrade, ServerWebSocket socket, HttpConnection connection) {
        this.server = server;
        this.upgrade = upgrade;
        this.socket = socket;
        this.context = server.vertx.getOrCreateContext();
        this.frames = new FrameWriter(socket, connection, () -> end(Outcome.BROKEN_OFF));
        this.resets = server.resets();
    }

    /** @param open what the test sees of it */
    void open(ScriptedWebSocket open) {
        open.opened(socket, frames, () -> end(Outcome.SERVER_CLOSED));
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(this::receivedBinary);
        socket.closeHandler(closed -> {
            end(Outcome.CLIENT_CLOSED);
            open.closed(socket.closeStatusCode());
        });
        // of a broken connection the close handler hears too
        socket.exceptionHandler(failure -> end(Outcome.CLIENT_CLOSED));
        server.mode().greeting().forEach(event -> frames.message(Buffer.buffer(Json.text(event))));
    }

    private void received(String message) {
        if (frames.isClosing()) {
            // it crossed the close, and nobody reads it
            return;
        }
        forgetAfterReset();
        RecordedRequest request = RecordedRequest.of(server.requests.nextNumber(), upgrade, message);
        boolean tooMany = ++asked > server.mode().mostRequests();
        Optional<Answer> refusal = isOld || tooMany ? Optional.of(SocketErrors.connectionLimit())
                : SocketErrors.of(request).or(() -> streamLimit(request));
        if (refusal.isPresent()) {
            refuse(request, refusal.get());
            return;
        }
        Lane lane = lanes.computeIfAbsent(laneId(request), Lane::new);
        if (lane.isFree() && running < MOST_AT_ONCE) {
            resolve(request);
        } else if (!lane.isFree()) {
            request.pipelined();
        }
        lane.waiting.add(request);
        unfinished.put(request, Optional.empty());
        publish(request);
        next();
    }

    private void receivedBinary(Buffer message) {
        if (!frames.isClosing()) {
            refuse(RecordedRequest.of(server.requests.nextNumber(), upgrade, message.toString()), SocketErrors.notText());
        }
    }

    /** A reset of the server was meant for this connection, too. */
    private void forgetAfterReset() {
        if (resets != server.resets()) {
            resets = server.resets();
            lanes.values().removeIf(Lane::isFree);
            lanes.values().forEach(Lane::forget);
            asked = 0;
            isOld = false;
        }
    }

    private Optional<String> laneId(RecordedRequest request) {
        return server.mode().hasStreamIds() ? request.streamId() : Optional.empty();
    }

    private Optional<Answer> streamLimit(RecordedRequest request) {
        Optional<String> id = laneId(request);
        long named = lanes.keySet().stream().filter(Optional::isPresent).count();
        return id.isEmpty() || lanes.containsKey(id) || named < SocketErrors.MOST_STREAM_IDS ? Optional.empty()
                : Optional.of(SocketErrors.streamLimit());
    }

    private void publish(RecordedRequest request) {
        server.exchanges.add(request, context, frames::abort);
        server.requests.add(request);
    }

    /** Requests that are none have no turn to wait for. */
    private void refuse(RecordedRequest request, Answer error) {
        publish(request);
        play(request, error, Optional.empty(), last -> unfinished.remove(request));
    }

    private void next() {
        for (Lane lane : lanes.values()) {
            // what a reset of the server has ended waits for the end of its connection
            lane.waiting.removeIf(RecordedRequest::isOver);
            if (running < MOST_AT_ONCE && !lane.isRunning && !lane.waiting.isEmpty()) {
                begin(lane, lane.waiting.remove());
            }
        }
    }

    private void begin(Lane lane, RecordedRequest request) {
        lane.isRunning = true;
        running++;
        resolve(request);
        Answer answer = server.script.answerTo(request);
        play(request, answer, lane.streamId, last -> {
            lane.isRunning = false;
            running--;
            unfinished.remove(request);
            remember(lane, request, answer, last);
            context.runOnContext(later -> next());
        });
    }

    private void play(RecordedRequest request, Answer answer, Optional<String> streamId,
            Consumer<Optional<JsonObject>> whenDone) {
        Reply reply = Rendering.orFailure(answer, played -> WebSocketRendering.of(played, request, streamId));
        WebSocketPlayback playback = new WebSocketPlayback(context, frames, request, reply, answer.faults(), whenDone);
        unfinished.put(request, Optional.of(playback));
        playback.start();
    }

    private void resolve(RecordedRequest request) {
        request.previousResponseId().flatMap(id -> lanes.values().stream().filter(lane -> lane.holds(id)).findFirst()
                .map(Lane::history).or(() -> server.script.history(id))).ifPresent(request::continues);
    }

    private void remember(Lane lane, RecordedRequest request, Answer answer, Optional<JsonObject> last) {
        boolean failed = last.map(event -> Set.of("error", "response.failed").contains(EventEdits.type(event))).orElse(false);
        if (failed && request.previousResponseId().map(lane::holds).orElse(false)) {
            lane.forget();
        } else if (!failed && last.isPresent()) {
            lane.hold(held(request, answer, last.get()));
        }
        if (answer.faults().contains(WebSocketFault.STATE_FORGOTTEN)) {
            lanes.values().forEach(Lane::forget);
        }
        isOld |= answer.faults().contains(WebSocketFault.CONNECTION_LIMIT);
    }

    private static Lane.Held held(RecordedRequest request, Answer answer, JsonObject last) {
        JsonObject told = last.getValue("response") instanceof JsonObject response ? response : new JsonObject();
        String id = String.valueOf(told.getValue("id"));
        if (answer.body() instanceof Body.Scripted) {
            StoredResponse stored = new StoredResponse(request, answer);
            return new Lane.Held(Set.copyOf(List.of(stored.id(), id)), stored.history());
        }
        List<JsonObject> history = new ArrayList<>(request.effectiveInput());
        if (told.getValue("output") instanceof JsonArray output) {
            output.stream().filter(JsonObject.class::isInstance).forEach(item -> history.add((JsonObject) item));
        }
        return new Lane.Held(Set.of(id), history);
    }

    /** The connection is no more, or as good as that. */
    private void end(Outcome how) {
        unfinished.forEach((request, playback) -> {
            request.ended(how);
            playback.ifPresent(under -> under.over(how));
        });
        unfinished.clear();
        lanes.values().forEach(lane -> lane.waiting.clear());
    }
}
