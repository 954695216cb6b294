package io.quarkiverse.llm.runtime.provider;

import io.quarkiverse.llm.runtime.transport.websocket.AnswerBounds;
import io.quarkiverse.llm.runtime.wire.responses.AnswerFrames;

/** The bounds of answers of the Responses API, which WebSockets carry. */
public final class ResponsesBounds implements AnswerBounds {

    @Override
    public boolean isFirst(byte[] data, int offset, int length) {
        return AnswerFrames.isFirst(data, offset, length);
    }

    @Override
    public boolean mayBeFirst(byte[] data, int offset, int length) {
        return AnswerFrames.mayBeFirst(data, offset, length);
    }

    @Override
    public boolean isAside(byte[] data, int offset, int length) {
        return AnswerFrames.isAside(data, offset, length);
    }

    @Override
    public boolean isLast(byte[] data, int offset, int length) {
        return AnswerFrames.isLast(data, offset, length);
    }
}
