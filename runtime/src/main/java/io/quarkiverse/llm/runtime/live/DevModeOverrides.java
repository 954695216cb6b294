package io.quarkiverse.llm.runtime.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.llm.Secret;
import io.quarkus.dev.console.DevConsoleManager;

/**
 * Keeps what was changed for as long as the development mode runs. In types of the JDK alone: each start of the application may
 * have its own copies of all other classes.
 */
final class DevModeOverrides implements OverridesStore {

    private static final String GLOBAL = "io.quarkiverse.llm.overrides";

    @Override
    public Overrides load() {
        List<List<String>> rows = DevConsoleManager.getGlobal(GLOBAL);
        Overrides overrides = Overrides.NONE;
        for (List<String> row : rows == null ? List.<List<String>> of() : rows) {
            overrides = row.size() == 1 ? overrides.withActive(row.get(0))
                    : overrides.with(row.get(0), row.get(3), new TreeMap<>(Map.of(row.get(1), Secret.of(row.get(2)))));
        }
        return overrides;
    }

    @Override
    public void save(Overrides overrides) {
        List<List<String>> rows = new ArrayList<>();
        overrides.active().ifPresent(name -> rows.add(List.of(name)));
        overrides.values().forEach((provider, values) -> values.forEach((key, override) -> rows
                .add(List.of(provider, key, override.value().reveal(), override.origin()))));
        DevConsoleManager.setGlobal(GLOBAL, rows);
    }
}
