package io.quarkiverse.llm.runtime.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;

/**
 * A file of properties that was changed in development mode: the application has read a copy of it.
 *
 * @param path {@code src/main/resources/application.properties}
 */
record RereadFile(Path path) {

    /** What the build has recorded of the configuration: values of then, of keys that may be gone by now. */
    private static final String RECORDED = "Runtime Values";

    /**
     * The sources with the files in the place of those that were read from their copies.
     *
     * @param loader of the application: has the copies
     */
    static List<ConfigSource> replace(List<ConfigSource> sources, Collection<RereadFile> files, ClassLoader loader) {
        Map<String, RereadFile> copies = new HashMap<>();
        files.forEach(file -> file.copies(loader).forEach(url -> copies.put("[source=" + url + "]", file)));
        return sources.stream().filter(source -> !source.getName().contains(RECORDED))
                .map(source -> copies.entrySet().stream().filter(copy -> source.getName().endsWith(copy.getKey())).findFirst()
                        .map(copy -> copy.getValue().read(source.getOrdinal())).orElse(source))
                .toList();
    }

    /** Those in a folder of classes; a library may have a file of that name in its archive. */
    private List<URL> copies(ClassLoader loader) {
        try {
            return Collections.list(loader.getResources(path.getFileName().toString())).stream()
                    .filter(url -> url.getProtocol().equals("file")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigSource read(int ordinal) {
        try {
            return new PropertiesConfigSource(path.toUri().toURL(), ordinal);
        } catch (IOException e) {
            throw new ConfigurationException(path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
