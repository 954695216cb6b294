package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.Arrays;

import io.quarkiverse.llm.runtime.wire.PayloadTemplate;

/**
 * Reads one event straight from its bytes: takes the fields that matter and skips the rest, a field of an unexpected type
 * too. A delta that differs from the one before only in its text needs no parser. For one thread at a time.
 */
final class ResponsesEventReader {

    private final ResponsesEvent event = new ResponsesEvent();
    private final PayloadTemplate template = new PayloadTemplate();
    private final RepeatedText repeated = new RepeatedText();
    private String name;
    private boolean announced;
    /** All that came from the response on when it was announced: the same bytes in the same place say the same. */
    private byte[] announcement = {};

    /** All that matters of the response before its end is known. */
    void announced() {
        announced = true;
    }

    /**
     * @param name of the SSE event; empty for none
     * @return the same instance for each call
     * @throws IOException when the bytes are not one JSON value
     */
    ResponsesEvent read(String name, byte[] data, int offset, int length) throws IOException {
        String delta = name.equals(this.name) ? template.match(data, offset, length) : null;
        if (delta != null) {
            event.delta = delta;
            return event;
        }
        this.name = name;
        parse(data, offset, length);
        if (event.type == null && !name.isEmpty() && !name.equals("message")) {
            event.type = name;
            event.named = true;
        }
        event.kind = event.type == null ? EventKind.OTHER : EventKind.of(event.type);
        if (event.delta != null && !event.delta.isEmpty() && event.logprobs == null && !event.hasError) {
            template.keep(data, offset, length);
        }
        return event;
    }

    private void parse(byte[] data, int offset, int length) throws IOException {
        event.clear();
        template.clear();
        try (Received json = new Received(data, offset, length, repeated)) {
            if (!json.begin()) {
                json.skip();
            } else if (readEvent(json, data, offset, offset + length)) {
                return;
            }
            json.end();
        }
    }

    /** @return whether the rest need not be read */
    private boolean readEvent(Received json, byte[] data, int offset, int end) throws IOException {
        while (json.nextField()) {
            switch (json.name()) {
                case "type" -> event.type = json.textOrNumber();
                case "item_id" -> event.itemId = json.textOrNumber();
                case "name" -> event.name = json.textOrNumber();
                case "output_index" -> event.outputIndex = json.index();
                case "content_index" -> event.contentIndex = json.index();
                case "summary_index" -> event.summaryIndex = json.index();
                case "sequence_number" -> {
                    if (json.isWholeNumber()) {
                        template.number(json.position());
                    }
                    json.skip();
                }
                case "obfuscation" -> {
                    if (json.isString()) {
                        template.ignored(json.position());
                    }
                    json.skip();
                }
                case "delta" -> {
                    if (json.isString()) {
                        template.text(json.position());
                    }
                    event.delta = json.stringOrJson();
                }
                case "text", "refusal", "arguments", "input" -> event.whole = json.contentOrJson();
                case "logprobs" -> event.logprobs = json.rawElements();
                case "item" -> event.item = json.isObject() ? ReceivedItem.read(json) : skip(json);
                case "part" -> event.part = json.isObject() ? ReceivedPart.read(json) : skip(json);
                case "annotation" -> event.annotation = json.rawObject();
                case "response" -> {
                    boolean repeats = announced && isProgress();
                    int from = offset + json.position();
                    if (repeats && Arrays.equals(announcement, 0, announcement.length, data, from, end)) {
                        return true;
                    }
                    announcement = announced ? announcement : Arrays.copyOfRange(data, from, end);
                    event.response = !json.isObject() || repeats ? skip(json) : ReceivedResponse.read(json);
                }
                case "error" -> event.hasError = json.isError();
                default -> json.skip();
            }
        }
        return false;
    }

    /** It says once more what has been announced. */
    private boolean isProgress() {
        return event.type != null && EventKind.of(event.type) == EventKind.PROGRESS;
    }

    private static <T> T skip(Received json) throws IOException {
        json.skip();
        return null;
    }
}
