package io.quarkiverse.llm.gateway.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.LlmClient;
import io.quarkus.runtime.configuration.ConfigurationException;

class RoutesCheckTest {

    private final TestProviders test = new TestProviders().provider(LlmClient.DEFAULT).provider("local");

    @AfterEach
    void close() {
        test.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fast        | local:qwen3:4b
            fast        | local
            fast        | default:small
            gpt-*       | local:openai/gpt-*
            gpt-*       | local:one
            *           | local
            org/Model:4 | local:org/Model:4
            """)
    void whatLeadsSomewhereIsFine(String key, String value) {
        new RoutesCheck(test.registry()).check(Map.of(key, value));

        assertThat(Routes.of(Map.of(key, value)).wildcard("gpt-5").isPresent()).isEqualTo(key.endsWith("*"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fast  | lcoal:qwen | is 'lcoal:qwen', but there is no provider 'lcoal'; did you mean 'local'?
            fast  | qwen3:4b   | is 'qwen3:4b', but there is no provider 'qwen3'; there are: default, local
            fast  | ''         | is empty: set it to PROVIDER:MODEL
            fast  | local:     | is 'local:', without a model after the colon: name one
            g*t-* | local      | has more than one *: a name may have one, at its end
            *-gpt | local      | has a * that is not at its end: write *
            fast  | local:*    | is 'local:*', whose * nothing stands for: end the name of the route in *
            gpt-* | local:*-*  | is 'local:*-*', with more than one *: only one is replaced
            """)
    void whatLeadsNowhereIsASentenceWithTheKeyAndTheMend(String key, String value, String fault) {
        assertThatThrownBy(() -> new RoutesCheck(test.registry()).check(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("quarkus.llm-gateway.routes.\"" + key + "\" " + fault);
    }

    @Test
    void withoutAnyProviderItSaysHowToMakeOne() {
        try (TestProviders none = new TestProviders()) {
            assertThatThrownBy(() -> new RoutesCheck(none.registry()).check(Map.of("fast", "default:x")))
                    .hasMessage("quarkus.llm-gateway.routes.\"fast\" is 'default:x', but there is no provider 'default'; "
                            + "there are none: set quarkus.llm.base-url or quarkus.llm.preset");
        }
    }
}
