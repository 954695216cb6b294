package io.quarkiverse.llm.runtime;

import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.conflict.RegistryNames;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;

/** What the TLS and proxy registries say of the connections of a provider. */
record ConnectionOptions(TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies) {

    /**
     * @throws ConfigurationException when a registry does not know the name that the provider's settings give
     */
    Consumer<ClientOptionsBase> of(ProviderSettings settings) {
        Optional<TlsConfiguration> certificates = tls(settings);
        Optional<ProxyConfiguration> proxy = proxy(settings);
        return options -> {
            // would encrypt what is meant to be clear text
            if (settings.endpoint().tls()) {
                certificates.ifPresent(configuration -> configure(options, configuration));
            }
            proxy.ifPresent(configuration -> configure(options, configuration));
        };
    }

    /** The names that can be configured. */
    RegistryNames names() {
        return new RegistryNames(name -> tls.get(name).isPresent(), name -> {
            try {
                return name.equals(ProxyConfigurationRegistry.NONE) || proxies.get(Optional.of(name)).isPresent();
            } catch (IllegalStateException e) {
                // what the registry does with a name that it does not know
                return false;
            }
        });
    }

    private Optional<TlsConfiguration> tls(ProviderSettings settings) {
        Optional<String> name = settings.connections().tlsConfiguration();
        Optional<TlsConfiguration> known = name.flatMap(tls::get);
        if (name.isPresent() && known.isEmpty()) {
            throw unknown(settings, "tls-configuration-name", name.get(), "TLS configuration: set quarkus.tls." + name.get()
                    + ".*");
        }
        return known;
    }

    private Optional<ProxyConfiguration> proxy(ProviderSettings settings) {
        Optional<String> name = settings.connections().proxyConfiguration();
        if (name.filter(ProxyConfigurationRegistry.NONE::equals).isPresent()) {
            return Optional.empty();
        }
        try {
            return proxies.get(name);
        } catch (IllegalStateException e) {
            throw unknown(settings, "proxy-configuration-name", name.orElse(""), "proxy configuration: set quarkus.proxy."
                    + name.orElse("") + ".host, or 'none' for no proxy");
        }
    }

    private static ConfigurationException unknown(ProviderSettings settings, String member, String name, String mend) {
        return new ConfigurationException(new SettingKey(settings.name(), member) + " is '" + name
                + "', but there is no such " + mend);
    }

    /** Each kind of client has options of its own on top of those in common. */
    private static void configure(ClientOptionsBase options, TlsConfiguration tls) {
        if (options instanceof HttpClientOptions http) {
            TlsConfigUtils.configure(http, tls);
        } else if (options instanceof WebSocketClientOptions webSocket) {
            TlsConfigUtils.configure(webSocket, tls);
        } else {
            TlsConfigUtils.configure(options, tls);
        }
    }

    private static void configure(ClientOptionsBase options, ProxyConfiguration proxy) {
        ProxyOptions target = new ProxyOptions().setHost(proxy.host()).setPort(proxy.port())
                .setType(ProxyType.valueOf(proxy.type().name()));
        proxy.username().ifPresent(target::setUsername);
        proxy.password().ifPresent(target::setPassword);
        proxy.proxyConnectTimeout().ifPresent(target::setConnectTimeout);
        options.setProxyOptions(target);
        proxy.nonProxyHosts().ifPresent(options::setNonProxyHosts);
    }
}
