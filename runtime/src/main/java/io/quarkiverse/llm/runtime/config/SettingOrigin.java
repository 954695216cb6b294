package io.quarkiverse.llm.runtime.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.smallrye.config.ConfigValue;

/** Where the value of a configuration key comes from, as messages and views say it. */
public final class SettingOrigin {

    /**
     * What the name of a source of a file looks like: {@code PropertiesConfigSource[source=file:/app/application.properties]}.
     */
    private static final Pattern FILE = Pattern.compile("\\w+\\[source=(.*[/!])?([^/\\]]+)].*");

    private SettingOrigin() {
    }

    /** {@code application.properties:12}, {@code environment variable QUARKUS_LLM_API_KEY}, {@code default value}. */
    public static String of(ConfigValue value) {
        String source = value.getConfigSourceName();
        if (source == null || value.isDefault()) {
            return "default value";
        }
        Matcher file = FILE.matcher(source);
        if (file.matches()) {
            return file.group(2) + (value.getLineNumber() > 0 ? ":" + value.getLineNumber() : "");
        }
        return switch (source) {
            case "EnvConfigSource" -> "environment variable " + environmentVariable(value.getName());
            case "SysPropConfigSource" -> "system property " + value.getName();
            default -> source;
        };
    }

    /** The rule of MicroProfile Config 3.1, section on environment variables. */
    static String environmentVariable(String property) {
        return property.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
