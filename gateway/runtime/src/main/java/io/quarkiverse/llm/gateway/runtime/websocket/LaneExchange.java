package io.quarkiverse.llm.gateway.runtime.websocket;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.gateway.runtime.answer.AnswerOut;
import io.quarkiverse.llm.gateway.runtime.answer.ErrorAnswer;
import io.quarkiverse.llm.gateway.runtime.answer.Exchange;
import io.quarkiverse.llm.gateway.runtime.answer.RefusedException;
import io.quarkiverse.llm.gateway.runtime.state.Window;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.vertx.core.impl.ContextInternal;

/** A request over a WebSocket, whose answer comes in events. */
final class LaneExchange extends Exchange {

    private final Connection connection;
    private final Frame frame;
    private final byte[] end;
    private int taken;
    private Optional<String> continued = Optional.empty();
    private boolean warmUp;
    private boolean over;

    /**
     * @param taken bytes of the room for requests
     */
    LaneExchange(ContextInternal context, Connection connection, Frame frame, int taken) {
        super(context, WireApi.RESPONSES);
        this.connection = connection;
        this.frame = frame;
        this.taken = taken;
        this.end = frame.streamId().map(id -> ",\"stream_id\":\"" + id + "\"}").orElse("}").getBytes(StandardCharsets.US_ASCII);
        report().overWebSocket();
        calledBy(connection.caller());
    }

    Optional<String> lane() {
        return frame.streamId();
    }

    /** It is its turn. */
    void begin() {
        if (frame.wrong() == null) {
            connection.begin(this, connection.recent().completed(frame.body()));
        } else {
            fail(frame.wrong());
        }
    }

    @Override
    protected boolean isGone() {
        return connection.isGone();
    }

    /** Events are all there is; {@code stream} and what it goes with are clients' habits. */
    @Override
    protected boolean isAlwaysStreamed() {
        return true;
    }

    @Override
    protected void check(ReceivedRequest received) {
        if (received.request().background().orElse(false)) {
            throw new InvalidRequestException("\"background\" is not supported over a WebSocket: leave it out", "background",
                    "unsupported_value");
        }
        warmUp = Optional.ofNullable(received.apiFields().get("generate")).filter(value -> value.text().equals("false"))
                .isPresent();
    }

    @Override
    protected Optional<Window> remembered(String response) {
        continued = Optional.of(response);
        return connection.recent().find(response);
    }

    @Override
    protected void remember(String response, Window conversation) {
        if (!isGone()) {
            connection.recent().put(lane(), response, conversation,
                    warmUp ? WarmedSettings.of(frame.body()) : WarmedSettings.NONE);
        }
    }

    /** A client that cannot go on with its last response must not believe that it can. */
    private void forgetFailed() {
        continued.ifPresent(response -> connection.recent().evict(lane(), response));
    }

    @Override
    public AnswerOut events() {
        return new FrameWriter(connection.out(), end, this::ended, () -> connection.recent().evict(lane()));
    }

    @Override
    public void warn(List<Degradation> degradations) {
        report().degraded(degradations);
    }

    @Override
    protected void send(int status, byte[] json) {
        throw new IllegalStateException("Answers over a WebSocket come in events");
    }

    @Override
    protected void send(ErrorAnswer error) {
        if (!over && !isGone()) {
            byte[] json = ErrorFrame.of(error);
            connection.out().text(json, 0, json.length - 1, end);
            forgetFailed();
        }
        ended();
    }

    @Override
    public void reset() {
        connection.abort();
    }

    private void ended() {
        if (!over) {
            over = true;
            connection.ended(this, taken);
            taken = 0;
        }
    }

    /** The client is gone. */
    void leave() {
        gone();
        if (!over) {
            fail(RefusedException.gone());
        }
    }
}
