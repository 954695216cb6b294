package io.quarkiverse.llm.runtime.provider;

import java.util.Arrays;
import java.util.List;

import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.runtime.wire.ModelList;

/** Reads an answer as a list of models. */
final class ReadingModels implements WholeAnswer.Reading<List<LlmModel>> {

    private static final byte[] NOTHING = {};

    private final String provider;
    private List<LlmModel> models;

    ReadingModels(String provider) {
        this.provider = provider;
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        body(data, offset, length);
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        models = ModelList.decode(provider, Arrays.copyOfRange(data, offset, offset + length));
    }

    @Override
    public List<LlmModel> end() {
        if (models == null) {
            body(NOTHING, 0, 0);
        }
        return models;
    }
}
