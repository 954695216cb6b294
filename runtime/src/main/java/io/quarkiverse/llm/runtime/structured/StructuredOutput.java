package io.quarkiverse.llm.runtime.structured;

import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.llm.OutputType;

/**
 * The service behind {@link OutputType}. While an application runs, it works with the application's {@code ObjectMapper}
 * and the schemas that the build made; without one, in a plain unit test, with a mapper of all modules on the class path.
 */
public final class StructuredOutput implements OutputType.Factory {

    private static final TypeCatalog WITHOUT_APPLICATION = new TypeCatalog(TypeCatalog::plainMapper, Map.of());

    private static volatile TypeCatalog current = WITHOUT_APPLICATION;

    /**
     * An application starts.
     *
     * @param mapper asked once, when it is needed
     * @param known the schemas that the build made, by the name of their class
     */
    public static void start(Supplier<ObjectMapper> mapper, Map<String, OutputSchema> known) {
        current = new TypeCatalog(mapper, known);
    }

    /** The application stops; nothing of it is kept. */
    public static void stop() {
        current = WITHOUT_APPLICATION;
    }

    @Override
    public <T> OutputType<T> of(Class<T> type) {
        return current.of(type);
    }
}
