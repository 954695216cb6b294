package io.quarkiverse.llm.runtime.provider;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.preset.WireApi;

/**
 * What a server was found to speak, by model: some servers have a wire API for some of their models only. Of the models used
 * last, so many that nobody runs out of memory by making names up. Thread-safe.
 */
final class WireFindings {

    private static final int MOST = 1_000;
    /** How long a finding may keep a request from being sent: a proxy answers 404 while a server starts anew. */
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

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

    private record Dated(Finding finding, long since) {
    }

    private final LongSupplier nanoClock;
    private final Map<String, Dated> byModel = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Dated> eldest) {
            return size() > MOST;
        }
    });
    private volatile Finding latest;

    WireFindings() {
        this(System::nanoTime);
    }

    WireFindings(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** The wire API that is not this one. */
    static WireApi other(WireApi api) {
        return api == WireApi.RESPONSES ? WireApi.CHAT_COMPLETIONS : WireApi.RESPONSES;
    }

    static Capability capability(WireApi api) {
        return api == WireApi.RESPONSES ? Capability.RESPONSES_API : Capability.CHAT_COMPLETIONS_API;
    }

    /** What was found of this model; empty for nothing. */
    Optional<Finding> of(String model) {
        return dated(model).map(Dated::finding);
    }

    /** The same, when it was found within the last minute: what is older may have changed. */
    Optional<Finding> fresh(String model) {
        return dated(model).filter(dated -> nanoClock.getAsLong() - dated.since() < FRESH_NANOS).map(Dated::finding);
    }

    private Optional<Dated> dated(String model) {
        return Optional.ofNullable(byModel.get(model));
    }

    /** The server has answered over this wire API: it is not missing, or not any more. */
    void answered(String model, WireApi api) {
        Optional<Finding> wrong = of(model).filter(finding -> finding.missing() == api);
        if (wrong.isPresent()) {
            byModel.remove(model);
            if (latest == wrong.get()) {
                latest = null;
            }
        }
    }

    /** @return whether that is news */
    boolean remember(String model, Finding finding) {
        latest = finding;
        Dated before = byModel.put(model, new Dated(finding, nanoClock.getAsLong()));
        return before == null || before.finding().missing() != finding.missing();
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
        Map<Capability, Support> found = new EnumMap<>(Capability.class);
        found.put(capability(finding.there()), Support.YES);
        found.put(capability(finding.missing()), Support.NO);
        if (finding.missing() == WireApi.RESPONSES) {
            // they are of that wire API
            found.put(Capability.STORED_RESPONSES, Support.NO);
            found.put(Capability.WEBSOCKET, Support.NO);
        }
        return KnownCapabilities.of(found, Source.FOUND);
    }
}
