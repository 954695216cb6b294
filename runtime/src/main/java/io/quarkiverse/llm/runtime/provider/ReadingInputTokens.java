package io.quarkiverse.llm.runtime.provider;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.ErrorResponses;

/** Reads an answer as the number of tokens that an input has. */
final class ReadingInputTokens implements WholeAnswer.Reading<Long> {

    private static final String COUNT = "input_tokens";
    private static final byte[] NOTHING = {};

    private final ProviderFailures failures;
    private Long count;

    ReadingInputTokens(ProviderFailures failures) {
        this.failures = failures;
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        body(data, offset, length);
    }

    /** @throws JsonShapeException when there is no such number in it */
    @Override
    public void body(byte[] data, int offset, int length) {
        String text = new String(data, offset, length, StandardCharsets.UTF_8);
        JsonFields answer = JsonFields.of(text);
        if (!answer.has(COUNT) && (answer.has("error") || ErrorResponses.isError(text))) {
            throw ErrorResponses.ofAnswer(failures.provider(), failures.secrets().mask(text));
        }
        JsonValue told = answer.required(COUNT);
        if (told.longInteger() < 0) {
            throw told.wrong("must not be negative");
        }
        count = told.longInteger();
    }

    @Override
    public Long end() {
        if (count == null) {
            body(NOTHING, 0, 0);
        }
        return count;
    }
}
