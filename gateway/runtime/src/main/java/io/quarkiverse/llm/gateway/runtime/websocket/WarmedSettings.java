package io.quarkiverse.llm.gateway.runtime.websocket;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesBody;
import io.vertx.core.buffer.Buffer;

/**
 * What a warm-up says beside its input. Other responses hand on nothing but their conversation; a warm-up is there to be
 * continued, and who does so need not say it again.
 */
record WarmedSettings(Map<String, RawJson> fields) {

    static final WarmedSettings NONE = new WarmedSettings(Map.of());

    private static final List<String> NAMES = List.of("instructions", "tools");

    static WarmedSettings of(Buffer warmUp) {
        ResponsesBody body = ResponsesBody.of(warmUp.getBytes());
        Map<String, RawJson> fields = new LinkedHashMap<>();
        NAMES.forEach(name -> body.field(name).ifPresent(value -> fields.put(name, value)));
        return new WarmedSettings(fields);
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** The request with what it does not say itself. */
    Buffer in(Buffer request, ResponsesBody said) {
        Buffer settings = Buffer.buffer("{");
        fields.forEach((name, value) -> {
            if (said.field(name).isEmpty()) {
                settings.appendString("\"" + name + "\":").appendString(value.text()).appendString(",");
            }
        });
        int begin = 0;
        while (request.getByte(begin) != '{') {
            begin++;
        }
        return settings.length() == 1 ? request : settings.appendBuffer(request, begin + 1, request.length() - begin - 1);
    }

    /** What is asked, or nothing that could be gone on with. */
    static ResponsesBody read(Buffer request) {
        try {
            return ResponsesBody.of(request.getBytes());
        } catch (InvalidRequestException e) {
            // it is told so when it is its turn
            return ResponsesBody.of(new byte[] { '{', '}' });
        }
    }
}
