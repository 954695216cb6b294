package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.Optional;

/** What a client calls a tool. */
record ToolKey(Optional<String> namespace, String name) {

    @Override
    public String toString() {
        return namespace.map(space -> space + ".").orElse("") + name;
    }
}
