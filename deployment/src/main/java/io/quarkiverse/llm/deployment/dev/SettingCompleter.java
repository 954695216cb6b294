package io.quarkiverse.llm.deployment.dev;

import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkus.deployment.console.SetCompleter;

/** Completes the names of the providers, and of the settings that they have. */
public final class SettingCompleter extends SetCompleter {

    @Override
    protected Set<String> allOptions(String soFar) {
        Set<String> all = new TreeSet<>(SettingNames.ofMappings().values());
        all.addAll(new Application().names());
        return all;
    }
}
