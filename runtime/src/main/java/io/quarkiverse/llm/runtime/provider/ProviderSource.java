package io.quarkiverse.llm.runtime.provider;

import java.util.Map;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmProvider;

/**
 * A bean by which another of our modules brings providers along whose names only the start of the application knows. What the
 * build knows of goes before.
 */
public interface ProviderSource {

    /**
     * By name, each asked once, when the provider is first used. Called once, when the application starts.
     */
    Map<String, Supplier<LlmProvider>> providers();
}
