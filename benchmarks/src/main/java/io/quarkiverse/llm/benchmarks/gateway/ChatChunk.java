package io.quarkiverse.llm.benchmarks.gateway;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Reads one chunk of a Chat stream and tells at once what is in it. */
final class ChatChunk {

    private static final JsonFactory JSON = new JsonFactory();

    private ChatChunk() {
    }

    static void read(byte[] bytes, int offset, int length, BareEvents events) throws IOException {
        try (JsonParser json = JSON.createParser(bytes, offset, length)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (name.equals("choices") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        choice(json, events);
                    }
                } else if (name.equals("usage") && value == JsonToken.START_OBJECT) {
                    usage(json, events);
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private static void choice(JsonParser json, BareEvents events) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (name.equals("delta") && value == JsonToken.START_OBJECT) {
                delta(json, events);
            } else if (name.equals("finish_reason") && value == JsonToken.VALUE_STRING) {
                events.finish(json.getText());
            } else {
                json.skipChildren();
            }
        }
    }

    private static void delta(JsonParser json, BareEvents events) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (name.equals("content") && value == JsonToken.VALUE_STRING) {
                if (json.getTextLength() > 0) {
                    events.text(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
                }
            } else if (name.equals("tool_calls") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    call(json, events);
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private static void call(JsonParser json, BareEvents events) throws IOException {
        int index = 0;
        String id = null;
        String function = null;
        String arguments = "";
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (name.equals("index")) {
                index = json.getIntValue();
            } else if (name.equals("id") && value == JsonToken.VALUE_STRING) {
                id = json.getText();
            } else if (name.equals("function") && value == JsonToken.START_OBJECT) {
                for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
                    json.nextToken();
                    if (part.equals("name")) {
                        function = json.getText();
                    } else if (part.equals("arguments")) {
                        arguments = json.getText();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
        events.call(index, id, function, arguments);
    }

    private static void usage(JsonParser json, BareEvents events) throws IOException {
        int prompt = 0;
        int completion = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("prompt_tokens")) {
                prompt = json.getIntValue();
            } else if (name.equals("completion_tokens")) {
                completion = json.getIntValue();
            } else {
                json.skipChildren();
            }
        }
        events.usage(prompt, completion);
    }
}
