package io.quarkiverse.llm.runtime.provider;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** Tells from a failure whether the server does not count the tokens of inputs at all. */
final class MissingCount {

    private static final String FEATURE = "counting input tokens";

    private MissingCount() {
    }

    /** That the server does not count, when the failure says so; else the failure itself. */
    static LlmException orElse(LlmException failure) {
        return failure instanceof LlmUnsupportedException ? failure
                : MissingApi.signOfPath(failure).<LlmException> map(sign -> unsupported(failure, sign)).orElse(failure);
    }

    private static LlmUnsupportedException unsupported(LlmException failure, String sign) {
        return new LlmUnsupportedException(FEATURE, SettingKey.subject(failure.provider().orElse(LlmClient.DEFAULT))
                + " does not support " + FEATURE + ": asked for POST /responses/input_tokens, which OpenAI and llama.cpp have, "
                + "the server " + sign, failure);
    }
}
