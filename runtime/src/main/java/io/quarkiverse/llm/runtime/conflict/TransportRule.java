package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities.Finding;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.runtime.config.CapabilitiesConfig;
import io.quarkiverse.llm.runtime.config.LlmProviderConfig;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;

/** WebSockets are wanted where the server is said or known to have none, or where Chat Completions leaves no room for them. */
final class TransportRule implements ConflictRule {

    private static final Finding KNOWN_MISSING = new Finding(Support.NO, Source.PRESET);
    private static final String TRANSPORT = "transport";
    private static final String WIRE_API = "wire-api";
    private static final String RESPONSES = "capabilities.responses-api";
    private static final String WEBSOCKET = "capabilities.websocket";

    @Override
    public List<Conflict> conflicts(Facts facts) {
        List<Conflict> conflicts = new ArrayList<>();
        for (String name : facts.configured()) {
            LlmProviderConfig provider = facts.configuration().provider(name);
            CapabilitiesConfig can = provider.capabilities();
            if (provider.transport() == StreamTransport.WEBSOCKET) {
                withoutResponses(name, provider, facts).ifPresent(conflicts::add);
                if (is(can.websocket(), false)) {
                    conflicts.add(conflict("pinned-transport-missing", name, facts, List.of(TRANSPORT, WEBSOCKET))
                            .what(SettingKey.subject(name) + " takes WebSockets alone, which its server is said not to have")
                            .outcome("All requests try WebSockets nevertheless")
                            .mend("Remove " + new SettingKey(name, TRANSPORT) + " or " + new SettingKey(name, WEBSOCKET)));
                } else {
                    withoutWebSockets(name, provider, facts).ifPresent(conflicts::add);
                }
            } else if (provider.transport() == StreamTransport.AUTO && provider.wireApi() == WireApi.CHAT_COMPLETIONS
                    && is(can.websocket(), true)) {
                conflicts.add(conflict("websocket-without-responses", name, facts, List.of(WIRE_API, WEBSOCKET))
                        .what(SettingKey.subject(name) + " speaks Chat Completions alone, but WebSockets carry the Responses "
                                + "API alone")
                        .outcome("WebSockets are not used")
                        .mend("Remove " + new SettingKey(name, WIRE_API) + " or " + new SettingKey(name, WEBSOCKET)));
            }
        }
        return conflicts;
    }

    /** As the preset knows, which is not asked where the configuration says something. */
    private static Optional<Conflict> withoutWebSockets(String name, LlmProviderConfig provider, Facts facts) {
        ProviderSettings settings = facts.configuration().resolved().get(name);
        if (settings == null || !settings.capabilities().of(Capability.WEBSOCKET).equals(KNOWN_MISSING)) {
            return Optional.empty();
        }
        Preset preset = provider.preset().orElseGet(() -> Preset.ofHost(settings.endpoint().host()));
        return Optional.of(conflict("pinned-transport-missing", name, facts, List.of(TRANSPORT, "preset"))
                .what(SettingKey.subject(name) + " takes WebSockets alone, which a server of the kind '" + preset.configName()
                        + "' is known not to have (" + preset.capabilityFacts().get(Capability.WEBSOCKET).source() + ")")
                .outcome("All requests try WebSockets nevertheless")
                .mend("Remove " + new SettingKey(name, TRANSPORT) + ", or set " + new SettingKey(name, WEBSOCKET)
                        + "=true if this server has them"));
    }

    private static Optional<Conflict> withoutResponses(String name, LlmProviderConfig provider, Facts facts) {
        List<String> against = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        if (provider.wireApi() == WireApi.CHAT_COMPLETIONS) {
            against.add(WIRE_API);
            reasons.add("is told to speak Chat Completions");
        }
        if (is(provider.capabilities().responsesApi(), false)) {
            against.add(RESPONSES);
            reasons.add("is said not to have the Responses API");
        }
        if (against.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(conflict("websocket-without-responses", name, facts,
                Stream.concat(Stream.of(TRANSPORT), against.stream()).toList())
                .what(SettingKey.subject(name) + " takes WebSockets alone, which carry the Responses API alone, and "
                        + String.join(" and ", reasons))
                .outcome("The transport is used: all requests go out over WebSockets, in the Responses API")
                .mend("Remove " + new SettingKey(name, TRANSPORT) + ", or else " + against.stream()
                        .map(member -> new SettingKey(name, member).toString()).collect(Collectors.joining(" and "))));
    }

    private static Conflict.Builder conflict(String kind, String name, Facts facts, List<String> members) {
        return Conflict.warn(kind, Conflict.subject(name)).sides(members.stream()
                .flatMap(member -> facts.configuration().side(name, member).stream()).toList());
    }

    private static boolean is(Optional<Boolean> said, boolean value) {
        return said.isPresent() && said.get() == value;
    }
}
