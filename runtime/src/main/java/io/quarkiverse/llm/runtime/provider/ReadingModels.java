package io.quarkiverse.llm.runtime.provider;

import java.util.Arrays;
import java.util.List;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.runtime.wire.ModelList;

/** Reads an answer as a list of models. */
final class ReadingModels implements WholeAnswer.Reading<List<LlmModel>> {

    private static final byte[] NOTHING = {};

    private final ProviderFailures failures;
    private List<LlmModel> models;

    ReadingModels(ProviderFailures failures) {
        this.failures = failures;
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        body(data, offset, length);
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        try {
            models = ModelList.decode(failures.provider(), Arrays.copyOfRange(data, offset, offset + length));
        } catch (LlmDecodeException e) {
            throw failures.unreadable("no list of models", data, offset, length, e);
        }
    }

    @Override
    public boolean isOfThePath() {
        return true;
    }

    @Override
    public List<LlmModel> end() {
        if (models == null) {
            body(NOTHING, 0, 0);
        }
        return models;
    }
}
