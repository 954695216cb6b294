package io.quarkiverse.llm.gateway.runtime.access;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The models that a caller may ask for, by the names that clients say.
 *
 * @param names a {@code *} at the end of one stands for anything; all models when empty
 */
public record AllowedModels(Optional<Set<String>> names) implements Predicate<String> {

    /** Whatever there is. */
    public static final AllowedModels ALL = new AllowedModels(Optional.empty());

    private static final String WILDCARD = "*";

    public AllowedModels {
        names = names.map(Set::copyOf);
    }

    @Override
    public boolean test(String model) {
        return names.isEmpty() || names.get().contains(model) || names.get().stream().anyMatch(name -> name.endsWith(WILDCARD)
                && model.startsWith(name.substring(0, name.length() - WILDCARD.length())));
    }
}
