package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.SseRule.*;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;

/** Checks the body of a {@code text/event-stream}: its lines against all of {@link SseRule}, its events against their API. */
public final class SseStreamGrammar {

    private static final String DONE_DATA = "[DONE]";
    /** Not the codec of the application, whatever that makes of JSON. */
    private static final JacksonCodec JSON_CODEC = new JacksonCodec();

    private final boolean eventLines;
    private final Findings findings = new Findings();
    private final List<JsonObject> events = new ArrayList<>();
    private int number;
    private String eventLine;
    private String data;
    private boolean anyLine;
    private boolean done;

    private SseStreamGrammar(boolean eventLines) {
        this.eventLines = eventLines;
    }

    /**
     * What a server that is careful not to upset any client would not send as a stream of the Responses API.
     *
     * @param body all of it
     * @return empty for a legal stream
     */
    public static List<Violation> responses(byte[] body) {
        SseStreamGrammar stream = new SseStreamGrammar(true);
        List<Violation> violations = stream.check(body);
        violations.addAll(ResponsesGrammar.violationsOfCarefulServer(stream.events));
        return violations;
    }

    /**
     * What is wrong with a stream of Chat Completions.
     *
     * @param body all of it
     * @param usageAsked whether the request had {@code stream_options.include_usage}
     * @return empty for a legal stream
     */
    public static List<Violation> chatCompletions(byte[] body, boolean usageAsked) {
        SseStreamGrammar stream = new SseStreamGrammar(false);
        List<Violation> violations = stream.check(body);
        violations.addAll(ChatGrammar.violations(stream.events, usageAsked));
        return violations;
    }

    private List<Violation> check(byte[] body) {
        findings.at(0, "the bytes");
        String text = decoded(body);
        findings.expect(!text.startsWith("\uFEFF"), UTF_8, "there is a byte order mark");
        findings.expect(text.indexOf('\r') < 0, LINE_FEEDS, "there is a CR at %s", text.indexOf('\r'));
        // what is wrong with the line ends and the mark is told once
        text.replace("\uFEFF", "").replace("\r\n", "\n").replace('\r', '\n').lines().forEach(this::line);
        findings.at(number, "the end");
        findings.expect(!anyLine, BLANK_LINE, "it is missing");
        if (anyLine) {
            endEvent();
        }
        findings.at(number, "the end");
        findings.expect(done, DONE, "it is missing");
        return new ArrayList<>(findings.all());
    }

    private String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            findings.expect(false, UTF_8, "they cannot be decoded: %s", e.getMessage());
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private void line(String line) {
        findings.at(number, "line \"" + (line.length() > 60 ? line.substring(0, 60) + "..." : line) + "\"");
        findings.expect(!done, NOTHING_AFTER_DONE, "[DONE] came before");
        if (line.isEmpty()) {
            findings.expect(anyLine, BLANK_LINE, "there is nothing to end");
            endEvent();
            return;
        }
        anyLine = true;
        if (line.startsWith("data:")) {
            findings.expect(data == null, ONE_DATA_LINE, "it is not the first one");
            data = (data == null ? "" : data + "\n") + value(line, "data:");
        } else if (line.startsWith("event:")) {
            findings.expect(eventLines, EVENT_LINE, "there is an event line");
            findings.expect(eventLine == null && data == null, EVENT_LINE, "it is not the first line");
            eventLine = value(line, "event:");
        } else {
            findings.expect(line.startsWith(":"), FIELDS, "it is neither");
        }
    }

    private String value(String line, String field) {
        boolean space = line.startsWith(field + " ");
        findings.expect(space, FIELDS, "there is no space");
        return line.substring(field.length() + (space ? 1 : 0));
    }

    private void endEvent() {
        if (DONE_DATA.equals(data)) {
            findings.expect(eventLine == null, EVENT_LINE, "the event line of [DONE] is %s", eventLine);
            done = true;
        } else if (data != null) {
            event();
        } else {
            findings.expect(eventLine == null, ONE_DATA_LINE, "there is none");
        }
        eventLine = null;
        data = null;
        anyLine = false;
    }

    private void event() {
        JsonObject event = parsed();
        findings.expect(event != null, JSON, "it is %s", data);
        if (event != null) {
            findings.expect(!eventLines || eventLine != null && eventLine.equals(event.getValue("type")), EVENT_LINE,
                    "the event line is %s and the type %s", eventLine, event.getValue("type"));
            events.add(event);
        }
        number++;
    }

    private JsonObject parsed() {
        try {
            return JSON_CODEC.fromString(data, Object.class) instanceof JsonObject event ? event : null;
        } catch (DecodeException e) {
            return null;
        }
    }
}
