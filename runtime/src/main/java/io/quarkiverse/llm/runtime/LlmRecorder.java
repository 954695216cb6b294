package io.quarkiverse.llm.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Any;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmListener;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.MissingProvider;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.Withheld;
import io.quarkiverse.llm.runtime.conflict.ConflictCheck;
import io.quarkiverse.llm.runtime.conflict.ConflictReport;
import io.quarkiverse.llm.runtime.live.DevModeDoor;
import io.quarkiverse.llm.runtime.live.LiveProviders;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkiverse.llm.runtime.provider.Once;
import io.quarkiverse.llm.runtime.provider.ProviderSnapshot;
import io.quarkiverse.llm.runtime.provider.ProviderSource;
import io.quarkiverse.llm.runtime.provider.ResponsesBounds;
import io.quarkiverse.llm.runtime.provider.Transports;
import io.quarkiverse.llm.runtime.provider.WireProvider;
import io.quarkiverse.llm.runtime.structured.OutputSchema;
import io.quarkiverse.llm.runtime.structured.StructuredOutput;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkus.arc.ActiveResult;
import io.quarkus.arc.Arc;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.runtime.ExecutorRecorder;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;

/** Puts the parts together when the application starts. */
@Recorder
public class LlmRecorder {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");

    private final RuntimeValue<LlmRuntimeConfig> config;

    public LlmRecorder(RuntimeValue<LlmRuntimeConfig> config) {
        this.config = config;
    }

    /** Reads the settings of all providers. */
    static SettingsResolver resolver() {
        return SettingsResolver.of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), LaunchMode.current(),
                Withheld.NOTHING);
    }

    /**
     * @param conflicts says which providers are not there because of one
     * @param beanNames names of the providers that are beans of the application
     * @param contributed providers that extensions bring along, where nothing is configured under their names
     */
    public RuntimeValue<LlmRegistry> registry(RuntimeValue<ConflictReport> conflicts, Set<String> beanNames,
            Map<String, Supplier<LlmProvider>> contributed, RuntimeValue<Vertx> vertx,
            Supplier<TlsConfigurationRegistry> tls, Supplier<ProxyConfigurationRegistry> proxies, ShutdownContext shutdown) {
        LlmRuntimeConfig runtime = config.getValue();
        SettingsResolver resolver = resolver();
        if (runtime.active().isEmpty()) {
            resolver.environmentNotice().ifPresent(LOG::info);
        }
        Map<String, Supplier<LlmProvider>> brought = new TreeMap<>();
        sources().forEach(source -> brought.putAll(source.providers()));
        brought.putAll(contributed);
        SortedSet<String> configured = resolver.names();
        brought.keySet().removeAll(configured);
        configured.removeAll(beanNames);
        if (runtime.active().isPresent()) {
            configured.remove(LlmClient.DEFAULT);
            brought.remove(LlmClient.DEFAULT);
        }
        configured.removeAll(conflicts.getValue().absent().keySet());
        Set<String> others = new TreeSet<>(beanNames);
        others.addAll(brought.keySet());
        ConnectionOptions options = new ConnectionOptions(tls.get(), proxies.get());
        Supplier<List<LlmListener>> listeners = new Once<>(LlmRecorder::listeners);
        LlmRegistry registry = LlmRegistry.create(resolver.resolve(configured).values(),
                settings -> snapshot(settings, vertx.getValue(), options, listeners), others,
                name -> brought.containsKey(name) ? brought.get(name).get() : bean(name), runtime.active());
        shutdown.addShutdownTask(registry::close);
        return new RuntimeValue<>(registry);
    }

    private static List<ProviderSource> sources() {
        return Arc.container().select(ProviderSource.class, Any.Literal.INSTANCE).listActive();
    }

    private static ProviderSnapshot snapshot(ProviderSettings settings, Vertx vertx, ConnectionOptions options,
            Supplier<List<LlmListener>> listeners) {
        Transports transport = new Transports(new HttpTransport(settings, vertx, options.of(settings)),
                webSocket(settings, vertx, options));
        List<WireCodec> codecs = List.of(new ChatCodec(settings), new ResponsesCodec(settings));
        return new ProviderSnapshot(new WireProvider(settings, codecs, transport, vertx, listeners), transport);
    }

    private static Optional<WebSocketTransport> webSocket(ProviderSettings settings, Vertx vertx, ConnectionOptions options) {
        return settings.wire().transport() == StreamTransport.SSE ? Optional.empty()
                : Optional.of(new WebSocketTransport(settings, vertx, new ResponsesBounds(), options.of(settings)));
    }

    /** When one is needed: they may inject providers, which must be there before. */
    private static List<LlmListener> listeners() {
        return Arc.container().select(LlmListener.class, Any.Literal.INSTANCE).listActive();
    }

    private static LlmProvider bean(String name) {
        return Arc.container().select(LlmProvider.class, LlmClient.Literal.of(name)).get();
    }

    /**
     * @param schemas of the types that the build has found, by the name of the class
     */
    public void structuredOutput(Map<String, OutputSchema> schemas, ShutdownContext shutdown) {
        StructuredOutput.start(() -> Arc.container().instance(ObjectMapper.class).get(), schemas);
        shutdown.addShutdownTask(StructuredOutput::stop);
    }

    /** Whether the provider is there; why not, otherwise. */
    public Supplier<ActiveResult> checkActive(RuntimeValue<LlmRegistry> registry, RuntimeValue<ConflictReport> conflicts,
            String name) {
        return () -> registry.getValue().find(name).isPresent() ? ActiveResult.active()
                : ActiveResult.inactive(Optional.ofNullable(conflicts.getValue().absent().get(name))
                        .orElseGet(() -> MissingProvider.notConfigured(name, registry.getValue().names())));
    }

    public Function<SyntheticCreationalContext<LlmProvider>, LlmProvider> provider(RuntimeValue<LlmRegistry> registry,
            String name) {
        return context -> registry.getValue().find(name).orElseThrow();
    }

    /**
     * The door to all providers.
     *
     * @param found by the start
     * @param names of all settings there are
     */
    public RuntimeValue<LlmProviders> providers(RuntimeValue<LlmRegistry> registry, RuntimeValue<ConflictCheck> conflicts,
            RuntimeValue<ConflictReport> found, SettingNames names, ShutdownContext shutdown) {
        SmallRyeConfig configured = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        boolean development = LaunchMode.current() == LaunchMode.DEVELOPMENT;
        LiveProviders providers = LiveProviders.create(registry.getValue(), configured, names,
                new ConflictsOfChange(conflicts.getValue(), found.getValue()), ProviderEvents::fire, development);
        if (development) {
            DevModeDoor.open(providers, ExecutorRecorder.getCurrent(), shutdown);
        }
        return new RuntimeValue<>(providers);
    }
}
