package io.quarkiverse.llm.deployment.dev;

import java.util.Optional;
import java.util.SortedSet;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.deployment.dev.Application.Outcome;

/**
 * Decides what a change of the properties files needs, and makes it where the application can take it while it runs.
 * Thread-safe.
 */
final class SettingsWatch {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");

    private final Application application;

    private LiveRules rules;
    /** What the application runs with. */
    private SettingsFiles applied;
    /** What was last decided about. */
    private SettingsFiles judged;
    private boolean restart;
    private boolean waiting;

    SettingsWatch(Application application, LiveRules rules, SettingsFiles files) {
        this.application = application;
        begin(rules, files);
    }

    /** The application starts anew, with these files. */
    synchronized void begin(LiveRules rules, SettingsFiles files) {
        this.rules = rules;
        this.applied = files;
        judge(files, false);
    }

    /**
     * @param now the files as they are now
     * @return whether the application must start anew to have them
     */
    synchronized boolean needsRestart(SettingsFiles now) {
        if (now.equals(judged)) {
            return restart;
        }
        Optional<SortedSet<String>> changed = applied.differences(now);
        if (changed.isEmpty()) {
            return judge(now, true);
        }
        if (!rules.allow(changed.get(), now)) {
            return leaveToRestart(changed.get(), now);
        }
        return !changed.get().isEmpty() ? apply(changed.get(), now) : judge(now, false);
    }

    /** Whether the last decision was put off, because no application was there to take the change. */
    synchronized boolean isWaiting() {
        return waiting;
    }

    private boolean apply(SortedSet<String> changed, SettingsFiles now) {
        Outcome outcome = application.reload(now.paths());
        switch (outcome) {
            case APPLIED -> LOG.infof("Changed without a restart: %s", String.join(", ", changed));
            case UNCHANGED -> LOG.debugf("Makes no difference: %s", changed);
            case REFUSED -> {
                // the application has said why; what it runs with stays what a later change is compared with
                return judge(now, false);
            }
            case RESTART -> {
                return leaveToRestart(changed, now);
            }
            case ABSENT -> {
                // it may be starting, and is asked again in a moment
                waiting = true;
                return true;
            }
        }
        applied = now;
        return judge(now, false);
    }

    private boolean leaveToRestart(SortedSet<String> changed, SettingsFiles now) {
        if (changed.stream().allMatch(key -> key.startsWith(LiveKeys.PREFIX))) {
            LOG.infof("Needs a restart, with the next request or the key s: %s", String.join(", ", changed));
        }
        return judge(now, true);
    }

    private boolean judge(SettingsFiles files, boolean needsRestart) {
        judged = files;
        restart = needsRestart;
        waiting = false;
        return needsRestart;
    }
}
