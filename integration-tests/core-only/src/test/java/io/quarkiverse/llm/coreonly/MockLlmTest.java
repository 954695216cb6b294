package io.quarkiverse.llm.coreonly;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.test.MockLlm;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** The mock of the test kit, installed for one provider and a bean for another. */
@QuarkusTest
@TestProfile(MockLlmTest.PoliteMock.class)
class MockLlmTest {

    @Alternative
    @ApplicationScoped
    @LlmClient("polite")
    static class Polite extends MockLlm {

        Polite() {
            super("polite");
        }
    }

    public static class PoliteMock implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Polite.class);
        }
    }

    private final MockLlm llm = new MockLlm();

    @Inject
    @LlmClient("polite")
    Polite polite;

    @Inject
    LlmProviders providers;

    @Inject
    Greeter greeter;

    @BeforeEach
    void install() {
        polite.reset();
        QuarkusMock.installMockForType(llm, LlmProvider.class, LlmClient.Literal.of(LlmClient.DEFAULT));
    }

    @Test
    void anInstalledMockTakesThePlaceOfAProvider() {
        llm.enqueue(Answer.text("Hi ", "Ada"));

        assertThat(greeter.greet("Ada").collect().asList().await().indefinitely()).containsExactly("Hi ", "Ada");
        assertThat(llm.lastRequest()).hasUserMessage("Greet Ada");
    }

    @Test
    void aMockThatIsABeanTakesThePlaceOfAProvider() {
        polite.enqueue(Answer.text("Farewell, Ada"));

        assertThat(greeter.farewell("Ada")).isEqualTo("Farewell, Ada");
        assertThat(polite.lastRequest()).hasUserMessage("Say goodbye to Ada");
    }

    @Test
    void theRegistryHandsOutTheBeanToo() {
        polite.enqueue(Answer.text("Farewell"));

        assertThat(providers.get("polite").stream(LlmRequest.of("Bye"))).completes().hasText("Farewell").endsCompleted();
    }
}
