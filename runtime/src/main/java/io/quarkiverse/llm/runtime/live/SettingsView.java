package io.quarkiverse.llm.runtime.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.quarkiverse.llm.LlmProviderSettings;
import io.quarkiverse.llm.LlmProviderSettings.Setting;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.ProviderKeys;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.config.SettingOrigin;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.smallrye.config.ConfigValue;

/** Shows people what a provider works with, and where it comes from. */
final class SettingsView {

    private static final String NOT_SENT = "not sent: it was given for another server";

    private final LiveSettings settings;
    private final SettingNames names;

    SettingsView(LiveSettings settings, SettingNames names) {
        this.settings = settings;
        this.names = names;
    }

    LlmProviderSettings of(ProviderSettings provider) {
        SortedMap<String, Setting> shown = new TreeMap<>();
        configured(provider).forEach((key, value) -> shown.put(key,
                new Setting(key, shown(provider, key, value), SettingOrigin.of(value))));
        for (Setting known : known(provider)) {
            shown.putIfAbsent(known.key(), known);
        }
        return new LlmProviderSettings(provider.name(), Optional.of(provider.endpoint().toString()),
                List.copyOf(shown.values()));
    }

    private Map<String, ConfigValue> configured(ProviderSettings provider) {
        return ProviderKeys.of(settings.config(), provider.name()).values(names);
    }

    private String shown(ProviderSettings provider, String key, ConfigValue value) {
        if (names.isOfServer(key) && settings.resolver().isWithheld(provider.name(), key)) {
            return NOT_SENT;
        } else if (names.isSecret(key)) {
            return Secret.MASK;
        }
        // may have secrets in its query
        return key.equals("base-url") ? provider.endpoint().toString() : value.getValue();
    }

    /** What is not configured. */
    private List<Setting> known(ProviderSettings provider) {
        Preset preset = settings.resolver().preset(provider.name());
        String source = "preset " + preset.configName();
        List<Setting> known = new ArrayList<>();
        known.add(new Setting("preset", preset.configName(), "host of the base URL"));
        known.add(new Setting("base-url", provider.endpoint().toString(),
                settings.resolver().variableOfUrl(provider.name()).map(SettingsView::variable).orElse(source)));
        settings.resolver().variableOfKey(provider.name())
                .ifPresent(name -> known.add(new Setting("api-key", Secret.MASK, variable(name))));
        for (Quirk<?> quirk : Quirk.ALL) {
            known.add(new Setting(quirk.member(), Quirk.written(provider.quirks().get(quirk)), source));
        }
        return known;
    }

    private static String variable(String name) {
        return "environment variable " + name;
    }
}
