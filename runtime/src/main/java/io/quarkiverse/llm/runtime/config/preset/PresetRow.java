package io.quarkiverse.llm.runtime.config.preset;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities.Support;

/** One row of the table of servers, while it is written down. What it does not say holds as in the row it begins with. */
final class PresetRow {

    private static final String USUAL_PATH = "/v1";

    final Map<Quirk<?>, PresetFact> quirks = new LinkedHashMap<>();
    final Map<Capability, PresetFact> capabilities = new LinkedHashMap<>();
    List<String> hosts = List.of();
    String path = USUAL_PATH;
    Optional<PresetFact> baseUrl = Optional.empty();
    final Map<WireApi, PresetFact> repairs = new EnumMap<>(WireApi.class);
    PresetFact wireApi;

    /** Nothing is said yet. */
    static PresetRow empty() {
        return new PresetRow();
    }

    /** Another kind of server, of which the same holds unless it is said otherwise. */
    static PresetRow like(Preset other) {
        PresetRow row = new PresetRow();
        row.quirks.putAll(other.quirkFacts());
        row.capabilities.putAll(other.capabilityFacts());
        row.wireApi = other.wireApiFact();
        return row;
    }

    /** There is one such server only, or one usual place for it. */
    PresetRow at(String url, String source) {
        baseUrl = Optional.of(new PresetFact(url, source));
        return this;
    }

    /** Hosts, and domains with a leading dot, that nobody else uses; all of them want a key. */
    PresetRow hosts(String... names) {
        hosts = List.of(names);
        return this;
    }

    /** The path where the APIs usually are. */
    PresetRow path(String usual) {
        path = usual;
        return this;
    }

    /** What requests go out in that both wire APIs can carry. */
    PresetRow wireApi(WireApi usual, String source) {
        wireApi = new PresetFact(usual, source);
        return this;
    }

    /**
     * What has to be repaired in its answers over that wire API. It is not taken over by rows that begin with this one.
     *
     * @param what a clause: "its events say no place"
     */
    PresetRow repairs(WireApi api, String what, String source) {
        repairs.put(api, new PresetFact(what, source));
        return this;
    }

    <T> PresetRow quirk(Quirk<T> quirk, T value, String source) {
        quirks.put(quirk, new PresetFact(value, source));
        return this;
    }

    PresetRow yes(String source, Capability... there) {
        return all(Support.YES, source, there);
    }

    PresetRow no(String source, Capability... missing) {
        return all(Support.NO, source, missing);
    }

    private PresetRow all(Support support, String source, Capability... which) {
        for (Capability capability : which) {
            capabilities.put(capability, new PresetFact(support, source));
        }
        return this;
    }

    <K> Map<K, Object> values(Function<PresetRow, Map<K, PresetFact>> facts) {
        Map<K, Object> values = new LinkedHashMap<>();
        facts.apply(this).forEach((key, fact) -> values.put(key, fact.value()));
        return values;
    }
}
