package io.quarkiverse.llm.runtime.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

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

    /** The sources with the files in the place of those that were read from their copies. */
    static List<ConfigSource> replace(List<ConfigSource> sources, Collection<RereadFile> files) {
        return sources.stream().filter(source -> !source.getName().contains(RECORDED))
                .map(source -> files.stream().filter(file -> file.isCopy(source)).findFirst()
                        .map(file -> file.read(source.getOrdinal())).orElse(source))
                .toList();
    }

    /** A file of that name in a folder of classes; {@code config/application.properties} is another one. */
    private boolean isCopy(ConfigSource source) {
        return source.getName().contains("[source=file:") && source.getName().contains("/" + path.getFileName() + "]")
                && !source.getName().contains("/config/" + path.getFileName() + "]");
    }

    private ConfigSource read(int ordinal) {
        try {
            return new PropertiesConfigSource(path.toUri().toURL(), ordinal);
        } catch (IOException e) {
            throw new ConfigurationException(path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
