package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.llm.runtime.config.CapabilitiesConfig;
import io.quarkiverse.llm.runtime.config.LlmProviderConfig;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.preset.WireApi;

/** The wire API is pinned to one that the server is said not to have, or the server is said to have none. */
final class WireApiRule implements ConflictRule {

    private static final String WIRE_API = "wire-api";
    private static final String CHAT = "capabilities.chat-completions-api";
    private static final String RESPONSES = "capabilities.responses-api";

    @Override
    public List<Conflict> conflicts(Facts facts) {
        List<Conflict> conflicts = new ArrayList<>();
        for (String name : facts.configured()) {
            LlmProviderConfig provider = facts.configuration().provider(name);
            if (provider.transport() == StreamTransport.WEBSOCKET) {
                // decides the wire API, and has a rule of its own
                continue;
            }
            CapabilitiesConfig can = provider.capabilities();
            WireApi pinned = provider.wireApi();
            if (pinned == WireApi.CHAT_COMPLETIONS && is(can.chatCompletionsApi(), false)) {
                conflicts.add(missing(name, pinned, facts, CHAT));
            } else if (pinned == WireApi.RESPONSES && is(can.responsesApi(), false)) {
                conflicts.add(missing(name, pinned, facts, RESPONSES));
            } else if (pinned == WireApi.AUTO && is(can.chatCompletionsApi(), false) && is(can.responsesApi(), false)) {
                conflicts.add(conflict("no-wire-api", name, facts, CHAT, RESPONSES)
                        .what(SettingKey.subject(name) + " is said to have neither wire API")
                        .outcome("No request can be answered")
                        .mend("Remove one of the two keys"));
            }
        }
        return conflicts;
    }

    private static Conflict missing(String name, WireApi pinned, Facts facts, String capability) {
        return conflict("pinned-api-missing", name, facts, WIRE_API, capability)
                .what(SettingKey.subject(name) + " speaks " + pinned.title() + " alone, which it is said not to have")
                .outcome("All requests go out in it nevertheless")
                .mend("Remove " + new SettingKey(name, WIRE_API) + " or " + new SettingKey(name, capability));
    }

    private static Conflict.Builder conflict(String kind, String name, Facts facts, String... members) {
        return Conflict.warn(kind, Conflict.subject(name)).sides(Stream.of(members)
                .flatMap(member -> facts.configuration().side(name, member).stream()).toList());
    }

    private static boolean is(Optional<Boolean> said, boolean value) {
        return said.isPresent() && said.get() == value;
    }
}
