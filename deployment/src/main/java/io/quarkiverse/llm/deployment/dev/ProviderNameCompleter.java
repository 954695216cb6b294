package io.quarkiverse.llm.deployment.dev;

import java.util.Set;
import java.util.TreeSet;

import io.quarkus.deployment.console.SetCompleter;

/** Completes the names of the providers of the running application. */
public final class ProviderNameCompleter extends SetCompleter {

    @Override
    protected Set<String> allOptions(String soFar) {
        return new TreeSet<>(new Application().names());
    }
}
