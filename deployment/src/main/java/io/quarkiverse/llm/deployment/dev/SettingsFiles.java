package io.quarkiverse.llm.deployment.dev;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What stands in the properties files of the application, at one moment.
 *
 * @param contents the keys and values as they are written, by file, in the order in which the files were given
 */
record SettingsFiles(Map<Path, Map<String, String>> contents) {

    /**
     * @param files those that do not exist are left out
     * @throws IOException when a file cannot be read or is no properties file
     */
    static SettingsFiles read(Collection<Path> files) throws IOException {
        Map<Path, Map<String, String>> contents = new LinkedHashMap<>();
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                contents.put(file, properties(file));
            }
        }
        return new SettingsFiles(contents);
    }

    private static Map<String, String> properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no properties file", e);
        }
        Map<String, String> content = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(key -> content.put(key, properties.getProperty(key)));
        return content;
    }

    List<Path> paths() {
        return List.copyOf(contents.keySet());
    }

    /** Whether two of them have one name, as with several modules: then the name does not tell which one was loaded where. */
    boolean hasNamesakes() {
        return contents.keySet().stream().map(Path::getFileName).distinct().count() < contents.size();
    }

    /**
     * The keys, without profile, that are written otherwise in the other files than in these, in whatever profile.
     *
     * @return empty when these are not even the same files
     */
    Optional<SortedSet<String>> differences(SettingsFiles other) {
        if (!paths().equals(other.paths())) {
            return Optional.empty();
        }
        SortedSet<String> keys = new TreeSet<>();
        contents.forEach((file, mine) -> {
            Map<String, String> theirs = other.contents.get(file);
            SortedSet<String> all = new TreeSet<>(mine.keySet());
            all.addAll(theirs.keySet());
            all.removeIf(key -> Objects.equals(mine.get(key), theirs.get(key)));
            all.forEach(key -> keys.add(ProfiledKey.of(key).key()));
        });
        return Optional.of(keys);
    }
}
