package io.quarkiverse.llm.deployment.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

import io.quarkus.deployment.builditem.CuratedApplicationShutdownBuildItem;
import io.quarkus.deployment.builditem.HotDeploymentWatchedFileBuildItem;
import io.quarkus.deployment.dev.RuntimeUpdatesProcessor;
import io.quarkus.dev.spi.DevModeType;

/**
 * Takes the properties files out of what Quarkus restarts for, and decides about them itself. The one place that uses the
 * inside of Quarkus, which has no interface for that; where it is not what we know, every change restarts as without us.
 */
public final class QuarkusLiveReload {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");

    /** Stays over restarts, as the class does. */
    private static QuarkusLiveReload current;

    private final RuntimeUpdatesProcessor quarkus;
    private final Scan scan;
    private final SettingsWatch watch;
    private volatile List<Path> files;

    private QuarkusLiveReload(RuntimeUpdatesProcessor quarkus, Scan scan, LiveRules rules, List<Path> files,
            SettingsFiles now) {
        this.quarkus = quarkus;
        this.scan = scan;
        this.files = files;
        this.watch = new SettingsWatch(new Application(), rules, now);
    }

    /**
     * To be called in each build, after Quarkus has set what it watches.
     *
     * @param profiles that are active
     * @param watched what all extensions watch
     * @param closer ends it with dev mode
     */
    public static synchronized void begin(LiveRules rules, Collection<String> profiles,
            List<HotDeploymentWatchedFileBuildItem> watched, CuratedApplicationShutdownBuildItem closer) {
        try {
            RuntimeUpdatesProcessor quarkus = RuntimeUpdatesProcessor.INSTANCE;
            // of the two sides of remote development, one has the files and the other the application
            if (quarkus != null && quarkus.getDevModeType() == DevModeType.LOCAL) {
                begin(quarkus, rules, profiles, watched, closer);
            }
        } catch (LinkageError e) {
            LOG.info("Changes of quarkus.llm.* restart the application: this version of Quarkus cannot do without");
            LOG.debug("Missing in Quarkus", e);
        } catch (IOException e) {
            LOG.infof("Changes of quarkus.llm.* restart the application: %s", e);
        }
    }

    private static void begin(RuntimeUpdatesProcessor quarkus, LiveRules rules, Collection<String> profiles,
            List<HotDeploymentWatchedFileBuildItem> watched, CuratedApplicationShutdownBuildItem closer) throws IOException {
        List<String> names = fileNames(profiles);
        List<Path> files = files(quarkus.getResourcesDir(), names);
        SettingsFiles now = SettingsFiles.read(files);
        // what is not there shows here, before anything is changed that would need it
        Scan scan = quarkus::doScan;
        Consumer<Consumer<Set<String>>> noRestart = quarkus::consumeNoRestartChanges;
        keepFromRestarting(quarkus, names, watched);
        if (current == null || current.quarkus != quarkus) {
            QuarkusLiveReload started = new QuarkusLiveReload(quarkus, scan, rules, files, now);
            noRestart.accept(started::changed);
            SettingsPoll poll = new SettingsPoll(() -> started.files, started::decided);
            closer.addCloseTask(poll::close, true);
            poll.start();
            current = started;
        } else {
            current.files = files;
            current.watch.begin(rules, now);
        }
    }

    /** Looks for changes, and restarts. */
    private interface Scan {

        boolean run(boolean userInitiated, boolean forceRestart);
    }

    private static List<String> fileNames(Collection<String> profiles) {
        List<String> names = new ArrayList<>(List.of("application.properties"));
        profiles.forEach(profile -> names.add("application-" + profile + ".properties"));
        return names;
    }

    private static List<Path> files(List<Path> directories, List<String> names) {
        return directories.stream().flatMap(directory -> names.stream().map(directory::resolve)).toList();
    }

    /** A file that is not there yet restarts when it comes, for the application has not loaded it. */
    private static void keepFromRestarting(RuntimeUpdatesProcessor quarkus, List<String> names,
            List<HotDeploymentWatchedFileBuildItem> watched) {
        Map<String, Boolean> paths = new HashMap<>();
        List<Entry<Predicate<String>, Boolean>> predicates = new ArrayList<>();
        for (HotDeploymentWatchedFileBuildItem item : watched) {
            if (item.hasLocation()) {
                paths.merge(item.getLocation(), item.isRestartNeeded(), Boolean::logicalOr);
            } else {
                predicates.add(Map.entry(item.getLocationPredicate(), item.isRestartNeeded()));
            }
        }
        for (String name : names) {
            if (files(quarkus.getResourcesDir(), List.of(name)).stream().anyMatch(Files::exists)) {
                paths.put(name, false);
            }
        }
        quarkus.setWatchedFilePaths(paths, predicates, false);
    }

    /** Quarkus has found that nothing changed but files that do not restart. */
    private void changed(Set<String> any) {
        if (needsRestart()) {
            LOG.info("Restarting because of changes in application.properties.");
            scan.run(false, true);
        }
    }

    private boolean needsRestart() {
        try {
            return watch.needsRestart(SettingsFiles.read(files));
        } catch (IOException e) {
            // the start says what is wrong with the file
            LOG.debug("The settings cannot be read", e);
            return true;
        }
    }

    private boolean decided() {
        return !quarkus.isLiveReloadEnabled() || !needsRestart() || !watch.isWaiting();
    }
}
