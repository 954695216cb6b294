package io.quarkiverse.llm.runtime.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.WireApi;

/**
 * What a server was found to speak, by model: some servers have a wire API for some of their models only. Of the models used
 * last, so many that nobody runs out of memory by making names up. Thread-safe.
 */
final class WireFindings {

    private static final int MOST = 1_000;

    /**
     * The server has one wire API and not the other.
     *
     * @param missing the one that it was found not to have
     * @param sign how it showed that, with the server as the subject: {@code answered 404}
     */
    record Finding(WireApi missing, String sign) {

        /** The one that answered. */
        WireApi there() {
            return other(missing);
        }
    }

    private final Map<String, Finding> byModel = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Finding> eldest) {
            return size() > MOST;
        }
    });
    private volatile Finding latest;

    /** The wire API that is not this one. */
    static WireApi other(WireApi api) {
        return api == WireApi.RESPONSES ? WireApi.CHAT_COMPLETIONS : WireApi.RESPONSES;
    }

    static Capability capability(WireApi api) {
        return api == WireApi.RESPONSES ? Capability.RESPONSES_API : Capability.CHAT_COMPLETIONS_API;
    }

    /** What was found of this model; empty for nothing. */
    Optional<Finding> of(String model) {
        return latest == null ? Optional.empty() : Optional.ofNullable(byModel.get(model));
    }

    /** @return whether that is news */
    boolean remember(String model, Finding finding) {
        latest = finding;
        Finding before = byModel.put(model, finding);
        return before == null || before.missing() != finding.missing();
    }

    void rememberAll(WireFindings others) {
        synchronized (others.byModel) {
            byModel.putAll(others.byModel);
        }
        latest = others.latest;
    }

    /**
     * @param model the one that is meant; the latest that was found of any without it
     */
    LlmCapabilities capabilities(Optional<String> model) {
        return model.map(this::of).orElse(Optional.ofNullable(latest)).map(WireFindings::capabilities)
                .orElse(LlmCapabilities.UNKNOWN);
    }

    private static LlmCapabilities capabilities(Finding finding) {
        return KnownCapabilities.of(Map.of(capability(finding.missing()), Support.NO, capability(finding.there()), Support.YES),
                Source.FOUND);
    }
}
