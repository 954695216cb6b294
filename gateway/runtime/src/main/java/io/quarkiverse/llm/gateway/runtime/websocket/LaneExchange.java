package io.quarkiverse.llm.gateway.runtime.websocket;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.answer.AnswerOut;
import io.quarkiverse.llm.gateway.runtime.answer.ErrorAnswer;
import io.quarkiverse.llm.gateway.runtime.answer.Exchange;
import io.quarkiverse.llm.gateway.runtime.answer.RefusedException;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;

/** A request over a WebSocket, whose answer comes in events. */
final class LaneExchange extends Exchange {

    private final Connection connection;
    private final Frame frame;
    private final byte[] end;
    private int taken;
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
    }

    Optional<String> lane() {
        return frame.streamId();
    }

    /** It is its turn. */
    void begin() {
        if (frame.wrong() == null) {
            connection.begin(this, frame.body());
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
    protected ReceivedRequest asked(ReceivedRequest received) {
        if (received.request().background().orElse(false)) {
            throw new InvalidRequestException("\"background\" is not supported over a WebSocket: leave it out", "background",
                    "unsupported_value");
        }
        Map<String, RawJson> fields = new LinkedHashMap<>(received.apiFields());
        fields.remove("stream_id");
        fields.remove("stream_options");
        return new ReceivedRequest(received.request(), true, received.includeUsage(), fields, received.unknownFields(),
                received.degradations());
    }

    @Override
    public AnswerOut events() {
        return new FrameWriter(connection.out(), end, this::ended);
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
