package io.quarkiverse.llm.runtime.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;

/**
 * Turns what the application says into the settings of the providers that exist. A provider exists when it has a base URL or
 * a preset; the default provider also when {@code OPENAI_BASE_URL} is set or there is nothing but a key, which means OpenAI.
 */
public final class SettingsResolver {

    /** Headers that authenticate a request as well as an API key does; {@code api-key} is Azure's. */
    private static final Set<String> KEY_HEADERS = Set.of("authorization", "api-key", "x-api-key");

    private final Map<String, LlmProviderConfig> providers;
    private final OpenAiEnvironment environment;
    private final Withheld withheld;

    /**
     * @param environment what of it is honoured
     */
    public SettingsResolver(LlmRuntimeConfig config, OpenAiEnvironment environment) {
        this(config, environment, Withheld.NOTHING);
    }

    /**
     * @param environment what of it is honoured
     * @param withheld secrets that count as not configured
     */
    public SettingsResolver(LlmRuntimeConfig config, OpenAiEnvironment environment, Withheld withheld) {
        this.providers = config.providers();
        this.environment = environment;
        this.withheld = withheld;
    }

    /**
     * @param config knows the mapping of the providers
     * @param mode decides about the environment
     * @param withheld secrets that count as not configured, besides those that are an extension's
     */
    public static SettingsResolver of(SmallRyeConfig config, LaunchMode mode, Withheld withheld) {
        LlmRuntimeConfig mapping = config.getConfigMapping(LlmRuntimeConfig.class);
        return new SettingsResolver(mapping, OpenAiEnvironment.of(config, mapping.openaiEnvironment(), mode),
                new ContributedSecrets(config).or(withheld));
    }

    /** The keys of the provider map without reserved names. */
    public SortedSet<String> keys() {
        return ReservedNames.without(providers.keySet());
    }

    /** Reserved names that somebody tries to give a provider: there are a base URL or a preset for them. */
    public SortedSet<String> reservedNames() {
        SortedSet<String> names = new TreeSet<>(providers.keySet());
        names.removeIf(name -> !ReservedNames.contains(name) || providers.get(name).baseUrl().isEmpty()
                && providers.get(name).preset().isEmpty());
        return names;
    }

    /** What in the environment decides about the default provider, as a sentence; empty when nothing does. */
    public Optional<String> environmentNotice() {
        LlmProviderConfig provider = providers.get(LlmClient.DEFAULT);
        if (environment.isEmpty() || !names().contains(LlmClient.DEFAULT) || provider.baseUrl().isPresent()) {
            return Optional.empty();
        }
        Endpoint endpoint = endpoint(LlmClient.DEFAULT, provider);
        if (usesEnvironmentUrl(LlmClient.DEFAULT, provider)) {
            return Optional.of(fromEnvironment(OpenAiEnvironment.BASE_URL, endpoint));
        } else if (provider.apiKey().isPresent() || environmentKey(LlmClient.DEFAULT, provider, endpoint).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(provider.preset().isEmpty() ? fromEnvironment(OpenAiEnvironment.API_KEY, endpoint)
                : "The default provider (" + endpoint.origin() + ") has its key from the environment: "
                        + OpenAiEnvironment.API_KEY);
    }

    private static String fromEnvironment(String variable, Endpoint endpoint) {
        return "The default provider comes from the environment: " + variable + " makes it " + endpoint.origin();
    }

    /** The names of the providers that exist. */
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(keys());
        names.removeIf(name -> !exists(name, providers.get(name)));
        return names;
    }

    private boolean exists(String name, LlmProviderConfig provider) {
        return provider.baseUrl().isPresent() || provider.preset().isPresent()
                || name.equals(LlmClient.DEFAULT) && (provider.apiKey().isPresent() || !environment.isEmpty());
    }

    /**
     * The settings of those of the given providers that exist.
     *
     * @throws ConfigurationException with a sentence for each provider whose settings are wrong
     */
    public SortedMap<String, ProviderSettings> resolve(Set<String> names) {
        SortedMap<String, ProviderSettings> settings = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            try {
                settings.put(name, settings(name));
            } catch (ConfigurationException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(String.join("\n", problems));
        }
        return settings;
    }

    /**
     * @param name of a provider that exists
     * @throws ConfigurationException with a sentence that names the key and the mend
     */
    public ProviderSettings settings(String name) {
        LlmProviderConfig provider = providers.get(name);
        SettingChecks checks = new SettingChecks(name);
        checks.omittedFields(provider.quirks());
        Endpoint endpoint = endpoint(name, provider);
        Map<String, Secret> headers = checks.headers(goingAlong(name, "headers", provider.headers()));
        Optional<Secret> apiKey = checks.apiKey(goingAlong(name, "api-key", provider.apiKey())
                .or(() -> environmentKey(name, provider, endpoint)));
        if (Preset.ofHost(endpoint.host()).keyRequired() && apiKey.isEmpty()
                && headers.keySet().stream().noneMatch(header -> KEY_HEADERS.contains(header.toLowerCase(Locale.ROOT)))) {
            throw new ConfigurationException(noKey(name, provider, endpoint));
        }
        Preset preset = preset(provider, endpoint);
        return new ProviderSettings(name, endpoint, apiKey, goingAlong(name, "organization", provider.organization()),
                goingAlong(name, "project", provider.project()), provider.model(),
                headers, extraBody(name, checks.extraBody(provider.extraBody())), checks.options(provider),
                wire(provider, preset, checks), checks.quirks(preset.quirks().with(provider.quirks(), provider.includeUsage())),
                KnownCapabilities.best(KnownCapabilities.configured(provider.capabilities()), preset.capabilities()),
                checks.timeLimits(provider), checks.sizeLimits(provider), checks.connections(provider),
                checks.webSocket(provider.websocket()),
                provider.logRequests(), provider.logResponses(), checks.recordDirectory(provider.record().directory()));
    }

    /**
     * What kind of server it is, said or seen from its host.
     *
     * @param name of a provider that exists
     */
    public Preset preset(String name) {
        return preset(providers.get(name), endpoint(name));
    }

    private static Preset preset(LlmProviderConfig provider, Endpoint endpoint) {
        return provider.preset().orElseGet(() -> Preset.ofHost(endpoint.host()));
    }

    /** The environment variable that says where a provider is, if one does. */
    public Optional<String> variableOfUrl(String name) {
        return usesEnvironmentUrl(name, providers.get(name)) ? Optional.of(OpenAiEnvironment.BASE_URL) : Optional.empty();
    }

    /** The environment variable that a provider has its key from, if it is one. */
    public Optional<String> variableOfKey(String name) {
        LlmProviderConfig provider = providers.get(name);
        return provider.apiKey().isEmpty() && environmentKey(name, provider, endpoint(name)).isPresent()
                ? Optional.of(OpenAiEnvironment.API_KEY)
                : Optional.empty();
    }

    /**
     * Where a provider is.
     *
     * @param name of a provider that exists
     * @throws ConfigurationException with a sentence that names the key and the mend
     */
    public Endpoint endpoint(String name) {
        return endpoint(name, providers.get(name));
    }

    private Endpoint endpoint(String name, LlmProviderConfig provider) {
        Location location = location(name, provider);
        return new SettingChecks(name).endpoint(location.key(), location.url(),
                goingAlong(name, "query-parameters", provider.queryParameters()), provider.preset());
    }

    /**
     * Whether a setting does not go to the server, because it was meant for another one.
     *
     * @param key of a secret or of what names an account: {@code api-key}, {@code organization}
     */
    public boolean isWithheld(String name, String key) {
        return withheld.test(name, key);
    }

    private <T> Optional<T> goingAlong(String name, String key, Optional<T> value) {
        return value.isPresent() && withheld.test(name, key) ? Optional.empty() : value;
    }

    private Map<String, Secret> goingAlong(String name, String map, Map<String, Secret> values) {
        Map<String, Secret> kept = new LinkedHashMap<>(values);
        kept.keySet().removeIf(key -> withheld.test(name, map + "." + key));
        return kept;
    }

    private static WireSettings wire(LlmProviderConfig provider, Preset preset, SettingChecks checks) {
        return new WireSettings(wireApi(provider), preset.wireApi(), provider.transport(), provider.decoding(),
                checks.path("chat-completions-path", provider.chatCompletionsPath()),
                checks.path("responses-path", provider.responsesPath()), checks.path("models-path", provider.modelsPath()));
    }

    /** WebSockets carry the Responses API alone. */
    private static WireApi wireApi(LlmProviderConfig provider) {
        return provider.transport() == StreamTransport.WEBSOCKET ? WireApi.RESPONSES : provider.wireApi();
    }

    /** A base URL and what it was read from, for messages. */
    private record Location(String key, String url) {
    }

    private Location location(String name, LlmProviderConfig provider) {
        String key = new SettingKey(name, "base-url").property();
        if (provider.baseUrl().isPresent()) {
            return new Location(key, provider.baseUrl().get());
        } else if (usesEnvironmentUrl(name, provider)) {
            return new Location(OpenAiEnvironment.BASE_URL, environment.baseUrl().get());
        }
        Preset preset = provider.preset().orElse(Preset.OPENAI);
        String url = preset.baseUrl().orElseThrow(() -> new ConfigurationException(SettingKey.subject(name)
                + " has no base URL, and the preset '" + preset.configName()
                + "' does not know one: set " + key));
        return new Location(key, url);
    }

    /** Not where a key or a preset is configured: those say already whose server it is, and the key must not go to another. */
    private boolean usesEnvironmentUrl(String name, LlmProviderConfig provider) {
        return name.equals(LlmClient.DEFAULT) && provider.baseUrl().isEmpty() && provider.apiKey().isEmpty()
                && provider.preset().isEmpty() && environment.baseUrl().isPresent();
    }

    private Optional<Secret> environmentKey(String name, LlmProviderConfig provider, Endpoint endpoint) {
        return takesEnvironmentKey(name, provider, endpoint) ? environment.apiKey() : Optional.empty();
    }

    private boolean takesEnvironmentKey(String name, LlmProviderConfig provider, Endpoint endpoint) {
        return name.equals(LlmClient.DEFAULT) && provider.baseUrl().isEmpty()
                && (usesEnvironmentUrl(name, provider) || isOpenAi(endpoint));
    }

    private static boolean isOpenAi(Endpoint endpoint) {
        return Preset.ofHost(endpoint.host()) == Preset.OPENAI;
    }

    private String unusedKey(String name, LlmProviderConfig provider, Endpoint endpoint) {
        boolean unused = name.equals(LlmClient.DEFAULT) && provider.baseUrl().isPresent() && isOpenAi(endpoint)
                && environment.apiKey().isPresent();
        return unused ? "; " + OpenAiEnvironment.API_KEY + " is set, but goes to no configured base URL: remove "
                + new SettingKey(name, "base-url") + " to use it" : "";
    }

    private String noKey(String name, LlmProviderConfig provider, Endpoint endpoint) {
        SettingKey key = new SettingKey(name, "api-key");
        return SettingKey.subject(name) + " (" + endpoint.host() + ") has no API key: set " + key
                + " or the environment variable " + key.environmentVariable()
                + (takesEnvironmentKey(name, provider, endpoint) ? " or " + OpenAiEnvironment.API_KEY : "")
                + (provider.apiKey().isPresent() ? "; the one there is was given for another server" : "")
                + unusedKey(name, provider, endpoint);
    }

    /** Most of it is no secret, and stays. */
    private SortedMap<String, RawJson> extraBody(String name, Map<String, Secret> fields) {
        SortedMap<String, RawJson> body = new TreeMap<>();
        fields.forEach((field, value) -> body.put(field, SettingChecks.json(value.reveal())));
        body.entrySet().removeIf(field -> !BodySecrets.of(field.getValue()).isEmpty()
                && withheld.test(name, "extra-body." + field.getKey()));
        return body;
    }
}
