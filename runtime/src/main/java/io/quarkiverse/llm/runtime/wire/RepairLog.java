package io.quarkiverse.llm.runtime.wire;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.config.Decoding;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** Counts what is repaired in one answer; where nothing may be repaired, the first repair is a failure. */
public final class RepairLog {

    private static final Repair[] KINDS = Repair.values();

    private final String provider;
    private final boolean strict;
    private final Set<Repair> expected;
    private final Supplier<String> received;
    private final int[] counts = new int[KINDS.length];
    private boolean any;

    /**
     * @param received what is being decoded right now, for the failure
     */
    public RepairLog(ProviderSettings settings, Supplier<String> received) {
        this(settings, Set.of(), received);
    }

    /**
     * @param expected what is no departure in this answer: it neither counts nor fails
     * @param received what is being decoded right now, for the failure
     */
    public RepairLog(ProviderSettings settings, Set<Repair> expected, Supplier<String> received) {
        this.expected = expected;
        this.provider = settings.name();
        this.strict = settings.wire().decoding() == Decoding.STRICT;
        this.received = Objects.requireNonNull(received, "received");
    }

    /**
     * Something is repaired.
     *
     * @param where the event or object that departs from the wire API
     * @param what how it does, a predicate that completes a sentence
     * @throws LlmDecodeException when answers are decoded strictly
     */
    public void add(Repair repair, String where, String what) {
        if (expected.contains(repair)) {
            return;
        }
        if (strict) {
            throw new LlmDecodeException(SettingKey.subject(provider) + " departed from its wire API (" + repair.wireName()
                    + "): " + where + " " + what + ". Set " + new SettingKey(provider, "decoding")
                    + "=lenient to have that repaired", received.get(), LlmErrorDetails.of(provider), null);
        }
        counts[repair.ordinal()]++;
        any = true;
    }

    /** How often each kind was met; empty when none was. */
    public Map<Repair, Integer> counts() {
        if (!any) {
            return Map.of();
        }
        Map<Repair, Integer> met = new EnumMap<>(Repair.class);
        for (Repair repair : KINDS) {
            if (counts[repair.ordinal()] > 0) {
                met.put(repair, counts[repair.ordinal()]);
            }
        }
        return met;
    }
}
