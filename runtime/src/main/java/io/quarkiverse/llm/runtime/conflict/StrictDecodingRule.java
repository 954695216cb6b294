package io.quarkiverse.llm.runtime.conflict;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.runtime.config.Decoding;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.PresetFact;
import io.quarkiverse.llm.runtime.config.preset.WireApi;

/** Answers shall not be repaired, but such servers are known to send some that must be. */
final class StrictDecodingRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        return facts.configured().stream().flatMap(name -> conflict(name, facts.configuration()).stream()).toList();
    }

    private static Optional<Conflict> conflict(String name, ConfigurationFacts configuration) {
        ProviderSettings settings = configuration.resolved().get(name);
        if (settings == null || settings.wire().decoding() != Decoding.STRICT) {
            return Optional.empty();
        }
        Preset preset = configuration.provider(name).preset().orElseGet(() -> Preset.ofHost(settings.endpoint().host()));
        WireApi api = settings.wire().api() == WireApi.AUTO ? settings.wire().usual() : settings.wire().api();
        return preset.repairs(api).map(fact -> conflict(name, preset, api, fact, configuration));
    }

    private static Conflict conflict(String name, Preset preset, WireApi api, PresetFact fact,
            ConfigurationFacts configuration) {
        return Conflict.warn("strict-decoding", Conflict.subject(name))
                .what(SettingKey.subject(name) + " decodes strictly, but a server of the kind '" + preset.configName()
                        + "' needs repairs over " + api.title())
                .sides(configuration.side(name, "decoding").stream().toList())
                .sides(configuration.side(name, "preset").stream().toList())
                .outcome("Answers fail that could be understood: " + fact.value() + " (" + fact.source() + ")")
                .mend("Remove " + new SettingKey(name, "decoding") + " unless you test the server");
    }
}
