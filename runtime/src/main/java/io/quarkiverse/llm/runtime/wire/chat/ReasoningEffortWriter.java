package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;

import io.quarkiverse.llm.runtime.config.preset.ReasoningEffortForm;
import io.quarkiverse.llm.runtime.wire.BodyWriter;

/** Says how much to think, in the form of the server. */
record ReasoningEffortWriter(ReasoningEffortForm form) {

    private static final String FIELD = "reasoning_effort";
    private static final String NO_THINKING = "none";

    void write(String effort, BodyWriter body) throws IOException {
        boolean thinks = !effort.equals(NO_THINKING);
        switch (form) {
            case REASONING_EFFORT -> writeText(FIELD, effort, body);
            case REASONING -> {
                if (body.begins("reasoning")) {
                    writeObject("effort", effort, body);
                }
            }
            case THINKING -> {
                if (body.begins("thinking")) {
                    writeObject("type", thinks ? "enabled" : "disabled", body);
                }
                if (thinks) {
                    writeText(FIELD, effort, body);
                }
            }
            case ENABLE_THINKING -> {
                if (body.begins("chat_template_kwargs")) {
                    body.json().writeStartObject();
                    body.json().writeBooleanField("enable_thinking", thinks);
                    body.json().writeEndObject();
                }
            }
            case NONE -> {
                // nothing that the server would understand
            }
        }
    }

    private static void writeText(String field, String value, BodyWriter body) throws IOException {
        if (body.begins(field)) {
            body.json().writeString(value);
        }
    }

    private static void writeObject(String field, String value, BodyWriter body) throws IOException {
        body.json().writeStartObject();
        body.json().writeStringField(field, value);
        body.json().writeEndObject();
    }
}
