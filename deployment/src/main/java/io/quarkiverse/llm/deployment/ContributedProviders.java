package io.quarkiverse.llm.deployment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.runtime.config.ReservedNames;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.conflict.NameClaim;

/** What extensions bring along, and who of them goes first. */
final class ContributedProviders {

    private static final Comparator<LlmProviderBuildItem> FIRST = Comparator.comparing(LlmProviderBuildItem::getPriority)
            .reversed().thenComparing(LlmProviderBuildItem::getSource);

    private final List<LlmProviderBuildItem> items;

    ContributedProviders(List<LlmProviderBuildItem> items) {
        this.items = items.stream().sorted(Comparator.comparing(LlmProviderBuildItem::getName).thenComparing(FIRST)).toList();
    }

    /**
     * @throws IllegalStateException with a sentence for each mistake of an extension
     */
    ContributedProviders validated(SettingNames settings) {
        List<String> problems = new ArrayList<>();
        for (LlmProviderBuildItem item : items) {
            if (item.getName().isBlank()) {
                problems.add(item.getSource() + ": the name of a provider must not be empty");
            } else if (ReservedNames.contains(item.getName())) {
                problems.add(item.getSource() + ": " + ReservedNames.sentence(item.getName()));
            }
            item.getSettings().keySet().stream().filter(member -> !settings.isOfProvider(member)).sorted()
                    .forEach(member -> problems.add(item.getSource() + ": there is no setting "
                            + new SettingKey(item.getName(), member)));
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems));
        }
        return this;
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        items.forEach(item -> names.add(item.getName()));
        return names;
    }

    List<NameClaim> claims() {
        return items.stream().map(ContributedProviders::claim).toList();
    }

    private static NameClaim claim(LlmProviderBuildItem item) {
        boolean brings = !item.getSettings().isEmpty() || item.getProvider().isPresent();
        Map<String, String> server = new LinkedHashMap<>(item.getSettings());
        // nothing that may be secret
        server.keySet().retainAll(Set.of("base-url", "preset"));
        return NameClaim.ofExtension(item.getName(), brings ? NameClaim.Kind.EXTENSION : NameClaim.Kind.NAME, item.getSource(),
                item.getPriority(), server);
    }

    /** By key, of those that go first. */
    Map<String, String> settings(Set<String> beans) {
        Map<String, String> settings = new LinkedHashMap<>();
        first(beans).forEach(item -> item.getSettings().forEach(
                (member, value) -> settings.put(new SettingKey(item.getName(), member).property(), value)));
        return settings;
    }

    /** By name, of those that go first. */
    Map<String, Supplier<LlmProvider>> providers(Set<String> beans) {
        Map<String, Supplier<LlmProvider>> providers = new LinkedHashMap<>();
        first(beans).forEach(item -> item.getProvider().ifPresent(provider -> providers.put(item.getName(), provider)));
        return providers;
    }

    private Iterable<LlmProviderBuildItem> first(Set<String> beans) {
        Map<String, LlmProviderBuildItem> first = new LinkedHashMap<>();
        items.stream().filter(item -> !beans.contains(item.getName()) && claim(item).kind() == NameClaim.Kind.EXTENSION)
                .forEach(item -> first.putIfAbsent(item.getName(), item));
        return first.values();
    }
}
