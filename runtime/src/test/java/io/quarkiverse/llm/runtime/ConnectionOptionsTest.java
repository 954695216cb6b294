package io.quarkiverse.llm.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.conflict.RegistryNames;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SSLOptions;

class ConnectionOptionsTest {

    private static final ProxyConfiguration PROXY = new Proxy("proxy", 3128, Optional.of("me"), Optional.of("hush"),
            Optional.of(List.of("localhost")), Optional.of(Duration.ofSeconds(3)), io.quarkus.proxy.ProxyType.SOCKS5);

    @Test
    void nothingNamedChangesNothing() {
        HttpClientOptions options = options("https://host", Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(options.isTrustAll()).isFalse();
        assertThat(options.getProxyOptions()).isNull();
    }

    @Test
    void aTlsConfigurationHoldsWhereTheServerIsReachedOverTls() {
        assertThat(options("https://host", Optional.of("inhouse"), Optional.empty(), Optional.empty()).isTrustAll()).isTrue();

        HttpClientOptions clearText = options("http://host", Optional.of("inhouse"), Optional.empty(), Optional.empty());
        assertThat(clearText.isTrustAll()).isFalse();
        assertThat(clearText.isSsl()).isFalse();
    }

    @Test
    void anUnknownTlsConfigurationFails() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> options("https://host", Optional.of("other"), Optional.empty(), Optional.empty()))
                .withMessage("quarkus.llm.local.tls-configuration-name is 'other', but there is no such TLS configuration: set "
                        + "quarkus.tls.other.*");
    }

    @Test
    void aNamedProxyIsUsed() {
        HttpClientOptions options = options("http://host", Optional.empty(), Optional.of("outside"), Optional.empty());

        assertThat(options.getProxyOptions().getHost()).isEqualTo("proxy");
        assertThat(options.getProxyOptions().getPort()).isEqualTo(3128);
        assertThat(options.getProxyOptions().getType()).isEqualTo(ProxyType.SOCKS5);
        assertThat(options.getProxyOptions().getUsername()).isEqualTo("me");
        assertThat(options.getProxyOptions().getPassword()).isEqualTo("hush");
        assertThat(options.getProxyOptions().getConnectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.getNonProxyHosts()).containsExactly("localhost");
    }

    @Test
    void theRegistriesHoldForWebSocketsToo() {
        WebSocketClientOptions options = new WebSocketClientOptions();

        new ConnectionOptions(new TrustingRegistry(), proxies(Optional.empty()))
                .of(settings("https://host", Optional.of("inhouse"), Optional.of("outside"))).accept(options);

        assertThat(options.isTrustAll()).isTrue();
        assertThat(options.getProxyOptions().getHost()).isEqualTo("proxy");
    }

    @Test
    void theDefaultProxyHoldsUnlessItIsRefused() {
        assertThat(options("http://host", Optional.empty(), Optional.empty(), Optional.of(PROXY)).getProxyOptions())
                .isNotNull();
        assertThat(options("http://host", Optional.empty(), Optional.of("none"), Optional.of(PROXY)).getProxyOptions())
                .isNull();
    }

    @Test
    void anUnknownProxyFails() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> options("http://host", Optional.empty(), Optional.of("other"), Optional.empty()))
                .withMessage("quarkus.llm.local.proxy-configuration-name is 'other', but there is no such proxy configuration: "
                        + "set quarkus.proxy.other.host, or 'none' for no proxy");
    }

    @Test
    void theNamesThatTheRegistriesKnowAreTold() {
        RegistryNames names = new ConnectionOptions(new TrustingRegistry(), proxies(Optional.empty())).names();

        assertThat(names.tls()).accepts("inhouse").rejects("other");
        assertThat(names.proxies()).accepts("outside", "none").rejects("other");
    }

    private static HttpClientOptions options(String baseUrl, Optional<String> tls, Optional<String> proxy,
            Optional<ProxyConfiguration> defaultProxy) {
        HttpClientOptions options = new HttpClientOptions();
        new ConnectionOptions(new TrustingRegistry(), proxies(defaultProxy)).of(settings(baseUrl, tls, proxy)).accept(options);
        return options;
    }

    /** Knows a proxy {@code outside}. */
    private static ProxyConfigurationRegistry proxies(Optional<ProxyConfiguration> defaultProxy) {
        return name -> {
            if (name.isEmpty()) {
                return defaultProxy;
            } else if (name.get().equals("outside")) {
                return Optional.of(PROXY);
            }
            throw new IllegalStateException("unknown");
        };
    }

    private static ProviderSettings settings(String baseUrl, Optional<String> tls, Optional<String> proxy) {
        return TestSettings.of(baseUrl).name("local").registries(tls, proxy).build();
    }

    private record Proxy(String host, int port, Optional<String> username, Optional<String> password,
            Optional<List<String>> nonProxyHosts, Optional<Duration> proxyConnectTimeout,
            io.quarkus.proxy.ProxyType type) implements ProxyConfiguration {
    }

    /** Knows a configuration {@code inhouse}, which trusts everybody. */
    private static final class TrustingRegistry implements TlsConfigurationRegistry {

        @Override
        public Optional<TlsConfiguration> get(String name) {
            return name.equals("inhouse") ? Optional.of(new BaseTlsConfiguration() {
                @Override
                public boolean isTrustAll() {
                    return true;
                }

                @Override
                public SSLOptions getSSLOptions() {
                    return new SSLOptions();
                }
            }) : Optional.empty();
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.empty();
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {
            throw new UnsupportedOperationException();
        }
    }
}
