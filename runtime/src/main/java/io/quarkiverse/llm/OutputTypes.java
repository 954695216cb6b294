package io.quarkiverse.llm;

import java.util.ServiceLoader;

/** The service behind {@link OutputType}. */
final class OutputTypes {

    static final OutputType.Factory FACTORY = ServiceLoader.load(OutputType.Factory.class, OutputType.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("The jar of Quarkus LLM has lost its file META-INF/services/"
                    + OutputType.Factory.class.getName() + ": keep it when jars are merged"));

    private OutputTypes() {
    }
}
