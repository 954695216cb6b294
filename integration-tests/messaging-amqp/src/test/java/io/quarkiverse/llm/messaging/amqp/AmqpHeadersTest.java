package io.quarkiverse.llm.messaging.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;

/** The same, with a mapping of headers of the application's own. */
@QuarkusTest
@TestProfile(AmqpHeadersTest.Mapped.class)
@QuarkusTestResource(Broker.class)
class AmqpHeadersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public static final class Mapped implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(AmqpHeaders.class);
        }
    }

    @Inject
    @LlmClient("north")
    LlmProvider north;
    @Inject
    @LlmClient("south")
    LlmProvider south;
    @Inject
    OtherClient otherClient;
    @Inject
    HealthCenter health;

    @BeforeEach
    void everyoneIsConnected() {
        await().atMost(PATIENCE).until(() -> health.getReadiness().isOk());
    }

    @Test
    void oneWorkerHasAConversationWhoeverAsks() {
        Map<String, Uni<List<LlmResponse>>> conversations = new LinkedHashMap<>();
        for (String id : List.of("a", "b", "c", "d")) {
            conversations.put(id, Uni.join().all(IntStream.range(0, 6)
                    .mapToObj(i -> (i % 2 == 0 ? north : south)
                            .complete(LlmRequest.builder().user(id + i).conversation(id).build()))
                    .toList()).andFailFast());
        }
        conversations.forEach((id, answers) -> {
            List<LlmResponse> all = answers.await().atMost(PATIENCE);
            assertThat(all).extracting(LlmResponse::text)
                    .containsExactlyElementsOf(IntStream.range(0, 6).mapToObj(i -> id + i).toList());
            assertThat(all).extracting(LlmResponse::model).containsOnly(all.get(0).model());
        });
    }

    @Test
    void thePayloadIsTheResponseAlone() {
        north.complete(LlmRequest.of("Hello")).await().atMost(PATIENCE);

        await().atMost(PATIENCE).until(() -> otherClient.answers().stream()
                .anyMatch(answer -> answer.encode().contains("\"Hello\"")));
        assertThat(otherClient.answers()).noneMatch(answer -> answer.containsKey("headers"));
    }
}
