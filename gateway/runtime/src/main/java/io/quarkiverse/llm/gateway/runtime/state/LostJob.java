package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonText;

/** What is told of a response whose maker is gone. */
final class LostJob {

    static final String MESSAGE = "The instance that made this response is gone";
    private static final String CODE = "server_error";

    private LostJob() {
    }

    /** The response, which has failed. */
    static RawJson failed(RawJson resource) {
        Map<String, RawJson> fields = fields(resource);
        fields.put("status", RawJson.verbatim("\"failed\""));
        fields.put("error", RawJson.verbatim("{\"code\":\"" + CODE + "\",\"message\":\"" + MESSAGE + "\"}"));
        return JsonText.object(fields);
    }

    private static Map<String, RawJson> fields(RawJson resource) {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        JsonFields.of(resource).toMap().forEach((name, value) -> fields.put(name, value.raw()));
        return fields;
    }

    /**
     * All events that there are of it, with those that end it.
     *
     * @param chunks the parts that were written, from the first one on
     * @param resource as it has failed
     */
    static EventLog ended(List<byte[]> chunks, RawJson resource) {
        EventLog written = new EventLog();
        chunks.forEach(written::append);
        EventLog log = EventLog.decoded(written.encoded());
        boolean[] begun = new boolean[1];
        log.read(-1, (type, json, offset, length) -> begun[0] |= type.equals("response.in_progress"));
        if (!begun[0]) {
            Map<String, RawJson> fields = fields(resource);
            fields.put("status", RawJson.verbatim("\"in_progress\""));
            fields.put("error", RawJson.verbatim("null"));
            add(log, "response.in_progress", "\"response\":" + JsonText.object(fields).text());
        }
        String error = "\"code\":\"" + CODE + "\",\"message\":\"" + MESSAGE + "\",\"param\":null";
        add(log, "error", "\"error\":{\"type\":\"" + CODE + "\"," + error + "}," + error);
        add(log, "response.failed", "\"response\":" + resource.text());
        return log;
    }

    private static void add(EventLog log, String type, String fields) {
        byte[] event = ("{\"type\":\"" + type + "\",\"sequence_number\":" + log.count() + "," + fields + "}")
                .getBytes(StandardCharsets.UTF_8);
        log.event(type, event, 0, event.length);
    }
}
