package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Secret;

class SecretMaskTest {

    private static SecretMask of(Map<String, String> members) {
        Map<String, String> properties = new HashMap<>(Map.of("quarkus.llm.local.base-url", "http://localhost"));
        members.forEach((member, value) -> properties.put("quarkus.llm.local." + member, value));
        return SecretMask.of(Configuration.of(properties).settings("local"));
    }

    @Test
    void keysAndHeadersAreMasked() {
        SecretMask mask = of(Map.of("api-key", "sk-12345", "headers.Authorization", "Bearer sk-67890"));

        assertThat(mask.mask("no such keys: sk-12345, sk-67890")).isEqualTo("no such keys: ***, ***");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "tenant-secret-4711                           | unknown tenant tenant-secret-4711",
            "\"40404040\"                                 | unknown tenant 40404040",
            "{\"id\":[{\"of\":\"tenant-secret-4711\"}]}   | unknown tenant tenant-secret-4711",
            "{\"id\":[\"correct-horse-battery-staple\"]}  | unknown tenant correct-horse-battery-staple" })
    void stringsOfTheBodyAreMaskedHoweverDeepTheyAre(String value, String text) {
        assertThat(of(Map.of("extra-body.tenant", value)).mask(text)).isEqualTo("unknown tenant ***");
    }

    @Test
    void whatTheBodyHasOfNumbersAndPlainWordsIsNotMasked() {
        SecretMask mask = of(Map.of("extra-body.thinking", "{\"type\":\"enabled\",\"budget_tokens\":123456,\"keep\":true}",
                "extra-body.format", "json_object"));

        assertThat(mask.secrets()).isEmpty();
    }

    @Test
    void aParameterIsMaskedAsItIsSentAndAsItIsMeant() {
        SecretMask mask = of(
                Map.of("base-url", "http://localhost/v1?sig=a%2Fb%3Dcde+fgh", "query-parameters.code", "u v/w=xyz"));

        assertThat(mask.mask("a%2Fb%3Dcde+fgh a/b=cde+fgh a/b=cde fgh")).isEqualTo("*** *** ***");
        assertThat(mask.mask("u%20v%2Fw%3Dxyz u v/w=xyz")).isEqualTo("*** ***");
    }

    @Test
    void aSecretIsMaskedWhereItStandsInJson() {
        SecretMask mask = of(Map.of("headers.X-Team", "say \"blue\" \\o/")).with(Optional.of(Secret.of("sk-\"quoted\"")));

        assertThat(mask.mask("say \"blue\" \\o/ {\"a\":\"say \\\"blue\\\" \\\\o/\",\"b\":\"sk-\\\"quoted\\\"\"}"))
                .isEqualTo("*** {\"a\":\"***\",\"b\":\"***\"}");
    }

    @Test
    void shortValuesStandInTooManyWords() {
        assertThat(of(Map.of("api-key", "none", "query-parameters.v", "1")).mask("none of 1")).isEqualTo("none of 1");
    }

    @Test
    void itSaysNothingOfWhatItHides() {
        assertThat(of(Map.of("api-key", "sk-12345"))).hasToString("SecretMask[1]");
    }
}
