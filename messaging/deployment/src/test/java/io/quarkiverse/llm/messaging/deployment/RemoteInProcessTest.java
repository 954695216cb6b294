package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;

/** A remote provider and its worker in one application, which only configuration ties together. */
class RemoteInProcessTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Echo.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.llm.active", "pool")
            .overrideConfigKey("quarkus.llm-messaging.workers.pool.provider", "echo")
            .overrideConfigKey("quarkus.llm-messaging.remotes.pool.enabled", "true");

    @Inject
    @LlmClient("pool")
    LlmProvider pool;

    @Inject
    LlmProvider active;

    @Inject
    LlmProviders providers;

    @Inject
    KafkaClientService clients;

    @Test
    void itIsInjectedByItsName() {
        List<LlmEvent> events = pool.stream(LlmRequest.of("Hello")).collect().asList().await().atMost(Duration.ofSeconds(20));
        assertThat(events).hasSize(3);
        assertThat(events.get(1)).isEqualTo(new LlmEvent.TextDelta("item", 0, 0, "Hello", java.util.Optional.empty()));
        assertThat(pool.name()).isEqualTo("pool");
    }

    @Test
    void aDuplicateOfWhatWasAnsweredIsAFailureAndNotSilence() {
        LlmRequest request = LlmRequest.builder().user("Once").extraHeader("Idempotency-Key", "key-1").build();
        assertThat(pool.complete(request).await().atMost(Duration.ofSeconds(20)).text()).isEqualTo("Once");
        assertThatThrownBy(() -> pool.complete(request).await().atMost(Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(LlmBadRequestException.class,
                        duplicate -> assertThat(duplicate.code()).contains(LlmMessage.Failure.DUPLICATE))
                .hasMessageContaining("'key-1' was answered before");
    }

    @Test
    void itStandsBehindTheDefaultProviderWhenItIsActive() {
        assertThat(active.complete(LlmRequest.of("Hi")).await().atMost(Duration.ofSeconds(20)).text()).isEqualTo("Hi");
    }

    @Test
    void itIsAmongAllProviders() {
        assertThat(providers.names()).contains("pool");
        assertThat(providers.find("pool").orElseThrow().complete(LlmRequest.of("Hey")).await().atMost(Duration.ofSeconds(20))
                .text()).isEqualTo("Hey");
    }

    @Test
    void itsChannelsNeedNoBrokerThoughKafkaIsThere() {
        assertThat(clients.getConsumerChannels()).isEmpty();
        assertThat(clients.getProducerChannels()).isEmpty();
    }
}
