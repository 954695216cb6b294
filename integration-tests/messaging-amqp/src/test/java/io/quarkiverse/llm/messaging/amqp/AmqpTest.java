package io.quarkiverse.llm.messaging.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
import io.vertx.core.json.JsonObject;

/** Two remote providers and two workers with nothing but an AMQP broker between them. */
@QuarkusTest
@QuarkusTestResource(Broker.class)
class AmqpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    @LlmClient("north")
    LlmProvider north;
    @Inject
    @LlmClient("south")
    LlmProvider south;
    @Inject
    @LlmClient("first")
    First first;
    @Inject
    @LlmClient("second")
    Second second;
    @Inject
    OtherClient otherClient;
    @Inject
    HealthCenter health;

    /** What is sent to a topic before somebody reads it is gone. */
    @BeforeEach
    void everyoneIsConnected() {
        await().atMost(PATIENCE).until(() -> health.getReadiness().isOk());
    }

    @Test
    void eachCallerGetsItsOwnAnswersAsTheyStream() {
        List<Uni<List<LlmEvent>>> answers = Stream.of(north, south).flatMap(remote -> IntStream.range(0, 10)
                .mapToObj(i -> remote.stream(LlmRequest.of(remote.name() + i)).collect().asList())).toList();

        List<List<LlmEvent>> all = Uni.join().all(answers).andFailFast().await().atMost(PATIENCE);

        assertThat(all).allSatisfy(events -> assertThat(events).hasSize(3));
        assertThat(all).extracting(events -> ((LlmEvent.TextDelta) events.get(1)).delta()).containsExactlyElementsOf(
                Stream.of("north", "south").flatMap(name -> IntStream.range(0, 10).mapToObj(i -> name + i)).toList());
        assertThat(all).extracting(events -> ((LlmEvent.ResponseCompleted) events.get(2)).response().model())
                .contains("first", "second");
    }

    @Test
    void aCancelReachesTheWorkerThatHasTheRequest() {
        List<LlmEvent> seen = new CopyOnWriteArrayList<>();
        List<Cancellable> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add((i % 2 == 0 ? north : south).stream(LlmRequest.of(Talker.FOREVER)).subscribe().with(seen::add));
        }
        // their beginnings are there, while the answers have no end
        await().atMost(PATIENCE).until(() -> seen.size() == 8);
        assertThat(first.open()).isPositive();
        assertThat(second.open()).isPositive();

        calls.forEach(Cancellable::cancel);

        await().atMost(PATIENCE).until(() -> first.open() + second.open() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/json", "application/octet-stream", "text/plain" })
    void anyClientMayAskInJson(String contentType) {
        otherClient.send("""
                {"headers": {"llm-version": "1", "llm-type": "request", "llm-correlation-id": "%s", "llm-attempt": "1"},
                 "body": {"input": [{"type": "message", "role": "user",
                                     "content": [{"type": "input_text", "text": "Hello"}]}]}}
                """.formatted(contentType), contentType);

        await().atMost(PATIENCE).until(() -> otherClient.answers().stream().anyMatch(answer -> isOf(contentType, answer)));
        assertThat(otherClient.answers()).filteredOn(answer -> isOf(contentType, answer)).singleElement()
                .satisfies(answer -> assertThat(answer.getJsonObject("headers").getString("llm-type")).isEqualTo("response"))
                .satisfies(answer -> assertThat(answer.getJsonObject("body").encode()).contains("\"Hello\""));
    }

    private static boolean isOf(String correlationId, JsonObject message) {
        return correlationId.equals(message.getJsonObject("headers").getString("llm-correlation-id"));
    }

    @Test
    void aQueueKeepsWhatComesBeforeItsFirstReader() {
        otherClient.sendEarly("Anybody there?").await().atMost(PATIENCE);

        assertThat(otherClient.takeLate().await().atMost(PATIENCE)).isEqualTo("Anybody there?");
    }

    @Test
    void whatIsRefusedComesAgainAndIsCounted() {
        otherClient.offer("Once more");

        await().atMost(PATIENCE).until(() -> otherClient.deliveries().equals(List.of(0, 1)));
    }

    @Test
    void whatIsNoRequestIsADeadLetterWithTheReason() {
        otherClient.send("Hello?", "text/plain");

        await().atMost(PATIENCE).until(() -> !otherClient.letters().isEmpty());
        assertThat(otherClient.letters()).singleElement()
                .satisfies(letter -> assertThat(letter.getJsonObject("headers").getString("llm-reason"))
                        .contains("no headers of the contract"))
                .satisfies(letter -> assertThat(Base64.getDecoder().decode(letter.getString("body_base64")))
                        .asString().isEqualTo("Hello?"));
    }
}
