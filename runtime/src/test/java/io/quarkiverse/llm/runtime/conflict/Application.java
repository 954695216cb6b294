package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.runtime.config.ConflictMode;
import io.quarkiverse.llm.runtime.config.LlmBuildConfig;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.OpenAiEnvironment;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.MapBackedConfigSource;

/** An application as rules see it: its configuration, its beans and what it injects. Uses every provider unless said. */
final class Application {

    private static final SettingNames SETTINGS = SettingNames.ofMappings();

    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> dotEnv = new LinkedHashMap<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final List<NameClaim> claims = new ArrayList<>();
    private final Set<String> injected = new HashSet<>();
    private final Set<String> ignored = new HashSet<>();
    private ConflictMode mode = ConflictMode.WARN;
    private boolean allUsed = true;
    private boolean devService;

    /** With the provider {@code local}, so that there is one. */
    static Application withLocal() {
        return new Application().with("quarkus.llm.local.base-url", "http://host");
    }

    Application with(String key, String value) {
        properties.put(key, value);
        return this;
    }

    Application environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** In a file {@code .env}. */
    Application dotEnv(String variable, String value) {
        dotEnv.put(variable, value);
        return this;
    }

    /** As an extension hands its settings over. */
    Application byDefault(String key, String value) {
        defaults.put(key, value);
        return this;
    }

    Application bean(String name, String type, boolean chosen) {
        claims.add(NameClaim.ofBean(name, type, chosen, false));
        return this;
    }

    Application alternative(String name, String type) {
        claims.add(NameClaim.ofBean(name, type, true, true));
        return this;
    }

    Application extension(String name, String source, int priority, Map<String, String> settings) {
        claims.add(NameClaim.ofExtension(name, NameClaim.Kind.EXTENSION, source, priority, settings));
        return this;
    }

    Application name(String name) {
        claims.add(NameClaim.ofExtension(name, NameClaim.Kind.NAME, "an extension", 0, Map.of()));
        return this;
    }

    Application injects(String... names) {
        allUsed = false;
        injected.addAll(List.of(names));
        return this;
    }

    /** The simulated provider stands behind the default one. */
    Application devService() {
        devService = true;
        return this;
    }

    Application mode(ConflictMode mode) {
        this.mode = mode;
        return this;
    }

    Application ignoring(String id) {
        ignored.add(id);
        return this;
    }

    /** At start. */
    ConflictReport report() {
        return check().of(configuration());
    }

    ConflictReport reportOfBuild() {
        return check().ofBuild(configuration());
    }

    List<String> ids() {
        return report().conflicts().stream().map(Conflict::id).toList();
    }

    /** The one that it has. */
    Conflict conflict() {
        List<Conflict> conflicts = report().conflicts();
        if (conflicts.size() != 1) {
            throw new AssertionError("Expected one conflict: " + conflicts);
        }
        return conflicts.get(0);
    }

    private ConflictCheck check() {
        return ConflictCheck.of(new ApplicationFacts(claims, injected, allUsed, SETTINGS),
                new ConflictPolicy(mode, ignored), new RegistryNames("inhouse"::equals, "outside"::equals), List.of());
    }

    private ConfigurationFacts configuration() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "file:/app/application.properties", 250))
                .withSources(new EnvConfigSource(environment, 300))
                .withSources(new DotEnv(dotEnv))
                .withMapping(LlmRuntimeConfig.class)
                .withMapping(LlmBuildConfig.class)
                // as Quarkus, which warns of keys that it does not know
                .withMappingIgnore("quarkus.**");
        if (devService) {
            builder.withSources(new MapBackedConfigSource("DevServicesConfigSource",
                    Map.of("quarkus.llm.base-url", "http://simulated"), 290) {
                private static final long serialVersionUID = 1L;
            });
        }
        defaults.forEach(builder::withDefaultValue);
        SmallRyeConfig config = builder.build();
        return ConfigurationFacts.of(config,
                new SettingsResolver(config.getConfigMapping(LlmRuntimeConfig.class), OpenAiEnvironment.NONE));
    }

    /** As Quarkus reads and names it. */
    private static final class DotEnv extends EnvConfigSource {

        private static final long serialVersionUID = 1L;

        DotEnv(Map<String, String> variables) {
            super(variables, 295);
        }

        @Override
        public String getName() {
            return super.getName() + "[source=file:/app/.env]";
        }
    }
}
