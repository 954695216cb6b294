package io.quarkiverse.llm.runtime;

import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkiverse.llm.runtime.conflict.ConfigurationFacts;
import io.quarkiverse.llm.runtime.conflict.ConflictCheck;
import io.quarkiverse.llm.runtime.conflict.ConflictReport;
import io.quarkiverse.llm.runtime.live.SettingsCheck;
import io.smallrye.config.SmallRyeConfig;

/** Looks for conflicts before settings change. What was not there before is reported, when the change is made. */
final class ConflictsOfChange implements SettingsCheck {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");

    private final ConflictCheck check;
    private volatile Set<String> reported;

    /**
     * @param atStart what the start has reported
     */
    ConflictsOfChange(ConflictCheck check, ConflictReport atStart) {
        this.check = check;
        this.reported = atStart.ids();
    }

    @Override
    public Finding check(SmallRyeConfig config, SettingsResolver resolver) {
        ConflictReport report = check.of(ConfigurationFacts.of(config, resolver)).orFail();
        return new Finding(report.absent(), () -> report(report));
    }

    private void report(ConflictReport report) {
        report.without(reported).log(LOG);
        reported = report.ids();
    }
}
