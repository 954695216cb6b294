package io.quarkiverse.llm.gateway.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.MultiMap;

class KeyAccessTest {

    static LlmGatewayRuntimeConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        settings.forEach((key, value) -> all.put("quarkus.llm-gateway." + key, value));
        return new SmallRyeConfigBuilder().addDiscoveredConverters().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(all, "application.properties", 250))
                .withMapping(LlmGatewayRuntimeConfig.class).build().getConfigMapping(LlmGatewayRuntimeConfig.class);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "authorization, Bearer secret-of-alice, secret-of-alice",
            "authorization, bearer secret-of-alice, secret-of-alice",
            "authorization, BEARER   secret-of-alice, secret-of-alice",
            "api-key, secret-of-alice, secret-of-alice",
            "authorization, Basic secret-of-alice, -",
            "authorization, secret-of-alice, -",
            "authorization, Bearer, -",
            "api-key, '', -" })
    void aKeyIsInOneOfTwoHeaders(String header, String value, String key) {
        assertThat(SentKey.of(MultiMap.caseInsensitiveMultiMap().add(header, value)))
                .isEqualTo(Optional.ofNullable(key).map(Secret::of));
    }

    @Test
    void aKeyHasWhatIsConfiguredForIt() {
        KeyAccess access = KeyAccess.of(config(Map.of("keys.alice.value", "secret-of-alice", "keys.alice.admin", "true",
                "keys.alice.models", "fast,gpt-*", "keys.alice.limits.tokens-per-minute", "500",
                "limits.tokens-per-minute", "100", "limits.requests-per-minute", "10", "keys.\"bob b.\".value",
                "secret-of-bob")));

        Caller alice = access.known("secret-of-alice");
        assertThat(alice.name()).isEqualTo("alice");
        assertThat(alice.admin()).isTrue();
        assertThat(alice.limits().tokensPerMinute()).hasValue(500);
        assertThat(alice.limits().requestsPerMinute()).hasValue(10);
        assertThat(Set.of("fast", "gpt-5", "gpt-")).allMatch(alice.models());
        assertThat(Set.of("faster", "gpt", "", "FAST")).noneMatch(alice.models());

        Caller bob = access.known("secret-of-bob");
        assertThat(bob.name()).isEqualTo("bob b.");
        assertThat(bob.admin()).isFalse();
        assertThat(bob.models().test("anything")).isTrue();
        assertThat(bob.limits().tokensPerMinute()).hasValue(100);
    }

    @ParameterizedTest
    @ValueSource(strings = { "secret-of-alic", "secret-of-alice2", "alice", "Secret-of-alice" })
    void noOtherKeyIsKnown(String key) {
        KeyAccess access = KeyAccess.of(config(Map.of("keys.alice.value", "secret-of-alice")));
        assertThatThrownBy(() -> access.known(key)).isInstanceOf(UnauthorizedException.class)
                .hasMessage("The API key is not known here.");
    }

    @Test
    void whatIsKeptBelongsToTheNameOfAKeyWhateverItsValue() {
        Caller before = KeyAccess.of(config(Map.of("keys.alice.value", "first-secret"))).known("first-secret");
        Caller after = KeyAccess.of(config(Map.of("keys.alice.value", "second-secret"))).known("second-secret");
        assertThat(before.owner()).isEqualTo(after.owner());
    }

    @Test
    void noTwoHaveTheSameOwnerWhateverTheirNames() {
        Set<String> owners = Set.of(Callers.key("alice", Callers.NO_LIMITS).owner(),
                Callers.user("alice", Callers.NO_LIMITS).owner(), Callers.ownKey("alice").owner(),
                Callers.key("Alice", Callers.NO_LIMITS).owner(), Callers.key("anyone", Callers.NO_LIMITS).owner(),
                Callers.user("\uD83E\uDD99 / ..", Callers.NO_LIMITS).owner(), Caller.anyone(Callers.NO_LIMITS).owner());
        assertThat(owners).hasSize(7).allMatch(owner -> owner.matches("[a-z0-9:-]{1,80}"));
    }

    @Test
    void aKeyOfTheClientsOwnIsShownNowhere() {
        Caller caller = Callers.ownKey("sk-very-secret");
        assertThat(caller.toString()).doesNotContain("sk-very");
        assertThat(caller.name()).matches("client-[0-9a-f]{12}");
        assertThat(caller.ownKey()).contains(Secret.of("sk-very-secret"));
    }
}
