package io.quarkiverse.llm.runtime.provider;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.WireCodec;

/**
 * Decides in which wire API a request goes out: the configured one; else the only one that can carry it; else the one that the
 * server was found to have; else the usual one of such servers. Thread-safe.
 */
final class WireChoice {

    private final ProviderSettings settings;
    private final WireFindings findings;
    private final Map<WireApi, WireCodec> codecs = new EnumMap<>(WireApi.class);
    private final boolean pinned;

    /**
     * @param all the wire APIs there are
     * @throws IllegalArgumentException when the configured one is not among them
     */
    WireChoice(ProviderSettings settings, Collection<? extends WireCodec> all, WireFindings findings) {
        this.settings = settings;
        this.findings = findings;
        WireApi configured = settings.wire().api();
        this.pinned = configured != WireApi.AUTO;
        for (WireCodec codec : all) {
            if (!pinned || codec.api() == configured) {
                codecs.put(codec.api(), codec);
            }
        }
        if (codecs.isEmpty()) {
            throw new IllegalArgumentException("There is no codec for " + configured);
        }
    }

    /** The model that a request is for; empty when neither it nor the configuration names one. */
    String model(LlmRequest request) {
        return request.model().or(settings::model).orElse("");
    }

    /**
     * The wire API to begin with.
     *
     * @throws LlmUnsupportedException when none can carry the request, or only one that the server does not have
     */
    WireCodec first(LlmRequest request) {
        if (codecs.size() == 1) {
            return only(codecs.values().iterator().next(), request);
        }
        WireCodec usual = usual(request);
        Optional<String> lacking = usual.unsupported(request);
        if (lacking.isEmpty()) {
            return usual;
        }
        WireCodec other = codecs.get(WireFindings.other(usual.api()));
        Optional<String> otherLacking = other.unsupported(request);
        if (otherLacking.isPresent()) {
            throw neither(usual.api(), lacking.get(), otherLacking.get());
        }
        whyMissing(other.api(), request).ifPresent(reason -> {
            throw unsupported(lacking.get(), "only " + other.api().title() + " supports " + lacking.get() + ", and " + reason);
        });
        return other;
    }

    /** Another wire API that the request could go out in, where it is open which one the server has. */
    Optional<WireCodec> insteadOf(WireApi api, LlmRequest request) {
        WireApi other = WireFindings.other(api);
        // what was found before does not count: it has just been proven wrong
        return isKnownMissing(other) ? Optional.empty()
                : Optional.ofNullable(codecs.get(other)).filter(candidate -> candidate.unsupported(request).isEmpty());
    }

    private WireCodec only(WireCodec codec, LlmRequest request) {
        if (pinned) {
            codec.unsupported(request).ifPresent(feature -> {
                throw refused(codec.api(), feature);
            });
        }
        return codec;
    }

    private WireCodec usual(LlmRequest request) {
        WireApi usual = findings.of(model(request)).map(WireFindings.Finding::there).orElse(settings.wire().usual());
        return codecs.get(isKnownMissing(usual) && !isKnownMissing(WireFindings.other(usual)) ? WireFindings.other(usual)
                : usual);
    }

    /** By configuration or preset. */
    private boolean isKnownMissing(WireApi api) {
        return settings.capabilities().of(WireFindings.capability(api)).support() == Support.NO;
    }

    private LlmUnsupportedException refused(WireApi api, String feature) {
        SettingKey key = new SettingKey(settings.name(), "wire-api");
        return unsupported(feature, api.title() + " does not support " + feature + ", and " + key + "=" + api.configName()
                + " allows nothing else: remove that setting, or do without " + feature);
    }

    private LlmUnsupportedException neither(WireApi api, String lacking, String otherLacking) {
        if (lacking.equals(otherLacking)) {
            return unsupported(lacking, "no wire API supports " + lacking);
        }
        return unsupported(lacking + " together with " + otherLacking, api.title() + " does not support " + lacking + ", and "
                + WireFindings.other(api).title() + " does not support " + otherLacking);
    }

    /**
     * Why the server does not have the wire API, as a sentence; empty when it may have it. What was found a while ago is no
     * reason: nothing but such a request could show that it is not so any more.
     */
    private Optional<String> whyMissing(WireApi api, LlmRequest request) {
        LlmCapabilities.Finding known = settings.capabilities().of(WireFindings.capability(api));
        String key = capabilityKey(api);
        if (known.source() == Source.CONFIGURED) {
            return known.support() == Support.NO ? Optional.of(key + "=false says that the server does not have it")
                    : Optional.empty();
        }
        Optional<String> found = foundMissing(api, request);
        return found.isPresent() || known.support() != Support.NO ? found
                : Optional.of("such servers do not have it. If this one does, set " + key + "=true");
    }

    /** The same, as far as a request has shown it lately, and where nothing is configured of it. */
    Optional<String> foundMissing(WireApi api, LlmRequest request) {
        if (pinned || settings.capabilities().of(WireFindings.capability(api)).source() == Source.CONFIGURED) {
            return Optional.empty();
        }
        return findings.fresh(model(request)).filter(finding -> finding.missing() == api)
                .map(finding -> "the server does not have it: it " + finding.sign()
                        + " less than a minute ago. If it has it by now, set " + capabilityKey(api) + "=true");
    }

    private String capabilityKey(WireApi api) {
        return new SettingKey(settings.name(), "capabilities." + (api == WireApi.RESPONSES ? "responses-api"
                : "chat-completions-api")).property();
    }

    private LlmUnsupportedException unsupported(String feature, String sentence) {
        return new LlmUnsupportedException(settings.name(), feature, SettingKey.subject(settings.name()) + ": " + sentence);
    }
}
