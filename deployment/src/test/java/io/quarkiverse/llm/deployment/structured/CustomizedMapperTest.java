package io.quarkiverse.llm.deployment.structured;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.test.QuarkusUnitTest;

class CustomizedMapperTest {

    record Person(String firstName) {
    }

    @Singleton
    static class SnakeCase implements ObjectMapperCustomizer {

        @Override
        public void customize(ObjectMapper mapper) {
            mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        }
    }

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Echo.class));

    @Inject
    LlmProvider llm;

    @Inject
    Echo echo;

    @Test
    void schemaAndAnswerHaveTheNamesOfTheApplicationsMapper() {
        assertThat(llm.parseAndAwait(LlmRequest.of("{\"first_name\": \"Ada\"}"), Person.class)).isEqualTo(new Person("Ada"));
        assertThat(echo.schema()).contains("\"first_name\"").doesNotContain("firstName");
    }
}
