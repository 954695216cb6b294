package io.quarkiverse.llm.runtime.provider;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;

/** Reads an answer as the word that a response was deleted: a server may have nothing to say, but no page for people. */
final class ReadingDeletion implements WholeAnswer.Reading<Void> {

    private final String provider;

    ReadingDeletion(String provider) {
        this.provider = provider;
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        body(data, offset, length);
    }

    /** @throws JsonShapeException when it is no JSON object */
    @Override
    public void body(byte[] data, int offset, int length) {
        String text = new String(data, offset, length, StandardCharsets.UTF_8);
        if (!text.isBlank() && !JsonFields.of(text).bool("deleted").orElse(true)) {
            throw new LlmException(SettingKey.subject(provider) + " did not delete the response", LlmErrorDetails.of(provider));
        }
    }

    @Override
    public Void end() {
        return null;
    }
}
