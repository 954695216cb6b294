package io.quarkiverse.llm.floors;

import java.util.List;

/**
 * One or more packages, and which others they know beside the API of the core, which all may know.
 *
 * @param name of the package below {@code runtime}, followed by {@code ..} if those inside belong to it; or one of the
 *        constants of {@link House}
 * @param below names of floors of the same module
 * @param ofCore packages below {@code runtime} in the core, with {@code ..} like names
 */
public record Floor(String name, List<String> below, List<String> ofCore) {

    /** One that knows nothing. */
    public static Floor floor(String name) {
        return new Floor(name, List.of(), List.of());
    }

    public Floor knows(String... floors) {
        return new Floor(name, List.of(floors), ofCore);
    }

    public Floor knowsOfCore(String... packages) {
        return new Floor(name, below, List.of(packages));
    }
}
