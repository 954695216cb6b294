package io.quarkiverse.llm.quickstart;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

/**
 * What a machine must have for the tests in the browser. Nothing is downloaded.
 *
 * @param node the Node.js that runs Playwright's driver; empty when the driver brings its own
 */
record BrowserTools(Path chromium, Optional<Path> node) {

    private static final List<String> CHROMIUMS = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final int NODE_MAJOR = 20;

    /**
     * @param environment the environment variables; {@code CHROMIUM} and {@code NODE} name what is not on the {@code PATH}
     * @throws TestAbortedException if something is missing
     * @throws AssertionError if something is missing and {@code CI} is {@code true}, where nobody would notice the gap
     */
    static BrowserTools find(Map<String, String> environment, boolean bundledNode) {
        Path chromium = program(environment, "CHROMIUM", CHROMIUMS).findFirst().orElseThrow(() -> missing(environment,
                "Chromium, Debian's package chromium. Install it, or set CHROMIUM to its path"));
        if (bundledNode) {
            return new BrowserTools(chromium, Optional.empty());
        }
        Path node = program(environment, "NODE", List.of("node", "nodejs")).filter(BrowserTools::isRecent).findFirst()
                .orElseThrow(() -> missing(environment, "Node.js " + NODE_MAJOR
                        + " or later. Install it, set NODE to its path, or build with -Pbundled-node"));
        return new BrowserTools(chromium, Optional.of(node));
    }

    private static Stream<Path> program(Map<String, String> environment, String variable, List<String> names) {
        if (environment.containsKey(variable)) {
            return Stream.of(Path.of(environment.get(variable))).filter(Files::isExecutable);
        }
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isRegularFile).filter(Files::isExecutable);
    }

    private static boolean isRecent(Path node) {
        try {
            Process process = new ProcessBuilder(node.toString(), "--version").redirectErrorStream(true).start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher major = Pattern.compile("v(\\d+)\\..*").matcher(version.strip());
            return major.matches() && Integer.parseInt(major.group(1)) >= NODE_MAJOR;
        } catch (IOException e) {
            return false;
        }
    }

    private static RuntimeException missing(Map<String, String> environment, String what) {
        String message = "The tests in the browser need " + what;
        if ("true".equals(environment.get("CI"))) {
            throw new AssertionError(message);
        }
        return new TestAbortedException(message);
    }
}
