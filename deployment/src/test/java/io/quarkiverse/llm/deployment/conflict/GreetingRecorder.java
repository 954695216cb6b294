package io.quarkiverse.llm.deployment.conflict;

import java.util.function.Supplier;

import io.quarkiverse.llm.LlmProvider;
import io.quarkus.runtime.annotations.Recorder;

/** The recorder of an extension that has a provider of its own. */
@Recorder
public class GreetingRecorder {

    public Supplier<LlmProvider> provider(String text) {
        return () -> new Named(text);
    }
}
