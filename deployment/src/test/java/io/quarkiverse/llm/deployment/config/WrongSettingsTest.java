package io.quarkiverse.llm.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.test.QuarkusUnitTest;

class WrongSettingsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.llm.base-url", "localhost:8080")
            .overrideConfigKey("quarkus.llm.gpt.preset", "openai")
            .assertException(failure -> assertThat(Failure.messages(failure))
                    .contains("quarkus.llm.base-url: 'localhost:8080' must begin with http:// or https://")
                    .contains("Provider 'gpt' (api.openai.com) has no API key: set quarkus.llm.gpt.api-key or the environment "
                            + "variable QUARKUS_LLM_GPT_API_KEY"));

    @Test
    void theStartFailsWithASentenceForEachProvider() {
        fail("The application must not start");
    }
}
