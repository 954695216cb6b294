package io.quarkiverse.llm.deployment.dev;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.quarkus.dev.console.DevConsoleManager;

/** The running application, behind the door that it opens in dev mode. */
class Application {

    private static final Logger LOG = Logger.getLogger(Application.class);

    private static final String DOOR = "io.quarkiverse.llm.";

    /** How it took new settings. */
    enum Outcome {
        /** They hold for the next request. */
        APPLIED,
        /** They make no difference. */
        UNCHANGED,
        /** They are invalid: it keeps the old ones, and has said why in the log. */
        REFUSED,
        /** It can only take them when it starts anew. */
        RESTART,
        /** It does not run. */
        ABSENT
    }

    /** Hands over the properties files as they are now. */
    Outcome reload(List<Path> files) {
        String paths = files.stream().map(path -> path.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        try {
            Map<String, String> answer = DevConsoleManager.invoke(DOOR + "reload", Map.of("files", paths));
            return outcome(answer);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The application does not take new settings now", e);
            return Outcome.ABSENT;
        }
    }

    private static Outcome outcome(Map<String, String> answer) {
        if (answer == null) {
            return Outcome.ABSENT;
        }
        return switch (answer.get("outcome")) {
            case "applied" -> Outcome.APPLIED;
            case "unchanged" -> Outcome.UNCHANGED;
            case "refused" -> Outcome.REFUSED;
            default -> Outcome.RESTART;
        };
    }

    /** What it says to a command of the console, in lines. */
    List<String> lines(String command, Map<String, String> parameters) {
        try {
            List<String> lines = DevConsoleManager.invoke(DOOR + command, parameters);
            return lines == null ? List.of("The application does not run.") : lines;
        } catch (RuntimeException e) {
            LOG.debugf(e, "The application does not answer to '%s'", command);
            return List.of("The application does not run.");
        }
    }

    /** The names of its providers; none when it does not run. */
    List<String> names() {
        try {
            List<String> names = DevConsoleManager.invoke(DOOR + "names", Map.of());
            return names == null ? List.of() : names;
        } catch (RuntimeException e) {
            return List.of();
        }
    }
}
