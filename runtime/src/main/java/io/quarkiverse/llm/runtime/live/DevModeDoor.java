package io.quarkiverse.llm.runtime.live;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkus.dev.console.DevConsoleManager;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * What the build of the development mode, which does not end, can ask of the application: by names and in types of the JDK
 * alone, since it has other copies of all our classes. While no application runs, nothing is answered.
 */
public final class DevModeDoor {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");
    private static final String PREFIX = "io.quarkiverse.llm.";

    private final LiveProviders providers;
    private final ProviderListing listing;
    private final Executor executor;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final List<String> names = new ArrayList<>();

    private DevModeDoor(LiveProviders providers, Executor executor) {
        this.providers = providers;
        this.executor = executor;
        this.listing = new ProviderListing(providers);
    }

    /**
     * Opens it until the application ends; what was changed before a restart holds again. To be called on a thread with the
     * class loader of the application.
     *
     * @param executor of the application
     */
    public static void open(LiveProviders providers, Executor executor, ShutdownContext shutdown) {
        restore(providers);
        DevModeDoor door = new DevModeDoor(providers, executor);
        door.register("reload", door::reload);
        door.register("names", params -> providers.names().stream().map(ProviderListing::shown).toList());
        door.register("list", params -> said(door.listing::all));
        door.register("show", params -> said(() -> door.listing.settings(name(params))));
        door.register("use", params -> said(() -> door.use(name(params))));
        door.register("set", params -> said(() -> door.set(name(params), params.get("key"), params.get("value"))));
        door.register("reset", params -> said(() -> door.reset(params)));
        shutdown.addShutdownTask(door::close);
    }

    private static void restore(LiveProviders providers) {
        try {
            List<String> keys = providers.restore();
            if (!keys.isEmpty()) {
                LOG.infof("Changed in this session, and still so: %s. The console command 'llm reset' undoes it",
                        String.join(", ", keys));
            }
        } catch (RuntimeException e) {
            LOG.warn("What was changed in this session does not hold any more: " + e.getMessage());
        }
    }

    private void register(String name, Function<Map<String, String>, ?> function) {
        DevConsoleManager.register(PREFIX + name, params -> inApplication(() -> function.apply(params)));
        names.add(name);
    }

    /**
     * Whoever asks has a class loader of the build, in which the application's code finds neither configuration nor classes.
     */
    private <T> T inApplication(Supplier<T> answer) {
        Thread thread = Thread.currentThread();
        ClassLoader outside = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return answer.get();
        } finally {
            thread.setContextClassLoader(outside);
        }
    }

    private void close() {
        names.forEach(name -> DevConsoleManager.register(PREFIX + name, params -> null));
    }

    private static String name(Map<String, String> params) {
        return ProviderListing.typed(params.get("name"));
    }

    /** The lines to print; what is wrong is said in them, too. */
    private static List<String> said(Supplier<List<String>> command) {
        try {
            return command.get();
        } catch (IllegalArgumentException e) {
            return e.getMessage().lines().toList();
        } catch (RuntimeException e) {
            LOG.error("The command failed", e);
            return List.of("The command failed: " + e);
        }
    }

    private List<String> use(String name) {
        providers.activate(name);
        return listing.all();
    }

    private List<String> set(String name, String key, String value) {
        providers.update(name, LlmProviderUpdate.of(key, value));
        return listing.all();
    }

    private List<String> reset(Map<String, String> params) {
        if (params.get("name") == null) {
            providers.reset();
        } else {
            providers.reset(name(params));
        }
        return listing.all();
    }

    private Map<String, String> reload(Map<String, String> params) {
        List<RereadFile> files = Stream.of(params.get("files").split(File.pathSeparator)).map(Path::of).map(RereadFile::new)
                .toList();
        try {
            return Map.of("outcome", switch (providers.reload(files, executor)) {
                case APPLIED -> "applied";
                case UNCHANGED -> "unchanged";
                case OTHER_PROVIDERS -> "restart";
            });
        } catch (ConfigurationException e) {
            LOG.warn("The settings of the providers stay as they were: " + e.getMessage());
            return Map.of("outcome", "refused", "message", e.getMessage());
        }
    }
}
