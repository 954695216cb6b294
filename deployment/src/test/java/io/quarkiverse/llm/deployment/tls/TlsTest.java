package io.quarkiverse.llm.deployment.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkus.test.QuarkusUnitTest;

/** A server whose certificate only the TLS registry knows. */
class TlsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(SecureServer.class))
            .overrideConfigKey("quarkus.tls.inhouse.trust-store.pem.certs", SecureServer.certificatePath())
            .overrideConfigKey("quarkus.llm.trusted.base-url", SecureServer.baseUrl())
            .overrideConfigKey("quarkus.llm.trusted.tls-configuration-name", "inhouse")
            .overrideConfigKey("quarkus.llm.old.base-url", SecureServer.baseUrl())
            .overrideConfigKey("quarkus.llm.old.tls-configuration-name", "inhouse")
            .overrideConfigKey("quarkus.llm.old.http2", "false")
            .overrideConfigKey("quarkus.llm.strange.base-url", SecureServer.baseUrl());

    @Inject
    @LlmClient("trusted")
    LlmProvider trusted;

    @Inject
    @LlmClient("old")
    LlmProvider old;

    @Inject
    @LlmClient("strange")
    LlmProvider strange;

    @Test
    void aCertificateOfTheRegistryIsTrustedAndHttp2Negotiated() {
        assertThat(ask(trusted)).isEqualTo("h2");
    }

    @Test
    void http2CanBeSwitchedOff() {
        assertThat(ask(old)).isEqualTo("http/1.1");
    }

    @Test
    void withoutItTheConnectionFails() {
        assertThatExceptionOfType(LlmTransportException.class).isThrownBy(() -> ask(strange));
    }

    private static String ask(LlmProvider provider) {
        return provider.completeAndAwait(LlmRequest.of("hello").toBuilder().model("any").build()).text();
    }
}
