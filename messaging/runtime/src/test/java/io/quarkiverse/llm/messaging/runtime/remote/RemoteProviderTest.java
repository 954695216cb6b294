package io.quarkiverse.llm.messaging.runtime.remote;

import static io.quarkiverse.llm.messaging.runtime.remote.Pool.completed;
import static io.quarkiverse.llm.messaging.runtime.remote.Pool.itemStarted;
import static io.quarkiverse.llm.messaging.runtime.remote.Pool.started;
import static io.quarkiverse.llm.messaging.runtime.remote.Pool.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Multi;

class RemoteProviderTest {

    @Test
    void eventsOfTheWorkerAreTheEventsOfTheStream() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt().send(started(1), itemStarted(), text("Ray"), text("leigh"), completed("Rayleigh"));
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.events).containsExactly(started(1), itemStarted(), text("Ray"), text("leigh"),
                completed("Rayleigh"));
        assertThat(pool.cancels).isEmpty();
    }

    @Test
    void theWholeAnswerComesByTheSameWay() {
        Pool pool = new Pool();
        CompletableFuture<String> answer = pool.provider.complete(Pool.REQUEST).map(response -> response.text())
                .subscribeAsCompletionStage();
        await().until(() -> !pool.requests.isEmpty());
        pool.attempt().answer("Ray", "leigh");
        assertThat(answer).succeedsWithin(Pool.patience()).isEqualTo("Rayleigh");
    }

    @Test
    void nothingIsSentBeforeTheSubscriptionAndEachIsARequestOfItsOwn() {
        Pool pool = new Pool();
        Multi<LlmEvent> stream = pool.provider.stream(Pool.REQUEST);
        assertThat(pool.requests).isEmpty();
        stream.subscribe(new Listener());
        stream.subscribe(new Listener());
        await().until(() -> pool.requests.size() == 2);
        assertThat(pool.requests).extracting(request -> request.headers().correlationId()).doesNotHaveDuplicates();
    }

    @Test
    void aFailureOfTheWorkerIsTheSameFailureHereAndBelongsToTheRemoteProvider() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt().send(started(1), itemStarted()).fail(new LlmRateLimitException("slow down", LlmErrorDetails.builder()
                .provider("openai").httpStatus(429).retryAfter(Duration.ofSeconds(7)).code("rate").build()));
        LlmRateLimitException failure = listener.failure(LlmRateLimitException.class);
        assertThat(failure).hasMessage("slow down");
        assertThat(failure.httpStatus()).hasValue(429);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure.provider()).contains("pool");
        assertThat(listener.events).isEmpty();
        assertThat(pool.cancels).isEmpty();
    }

    @Test
    void whatCannotBeReadIsAFailure() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        LlmMessage.Event event = new LlmMessage.Event(pool.requests.get(0).headers().withSequence(0), text("a"));
        pool.provider.events().onNext(pool.mapper.write(Pool.EVENTS, event).withPayload("{\"type\":7}".getBytes()));
        assertThat(listener.failure(LlmDecodeException.class).raw()).isEqualTo("{\"type\":7}");
        assertThat(pool.cancels).hasSize(1);
    }

    @Test
    void aHeaderThatThrowsIsAFailureAndNotSilence() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        Map<String, Object> headers = Map.of("llm-correlation-id", pool.requests.get(0).headers().correlationId(),
                "llm-version", "1", "llm-type", "event", "llm-sequence", 0);
        pool.provider.events().onNext(Message.of("{}".getBytes(), Metadata.of(new CastingMapping.Headers(headers))));
        pool.attempt().answer("a");
        assertThat(listener.failure(LlmDecodeException.class)).hasMessageContaining("pool-events")
                .hasMessageContaining("ClassCastException");
        assertThat(pool.cancels).hasSize(1);
    }

    @Test
    void headersMayComeInThePayload() {
        Pool pool = new Pool();
        MessageMapper envelopes = new MessageMapper(channel -> Optional.of("carrier-pigeon"), List.of());
        Listener listener = pool.subscribe();
        MessageHeaders headers = pool.requests.get(0).headers().withAttempt(1, "worker");
        List<LlmEvent> events = List.of(started(1), text("a"), completed("a"));
        for (int i = 0; i < events.size(); i++) {
            LlmMessage.Event event = new LlmMessage.Event(headers.withSequence(i), events.get(i));
            pool.provider.events().onNext(Message.of(envelopes.write(Pool.EVENTS, event).getPayload()));
        }
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.events).isEqualTo(events);
    }

    @Test
    void messagesOfOthersAreAcknowledgedAndLeftAlone() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        LlmMessage.Event event = new LlmMessage.Event(MessageHeaders.of("of another process").withSequence(0), text("a"));
        pool.receive(event);
        pool.attempt().answer("mine");
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.text()).isEqualTo("mine");
        assertThat(pool.acknowledged()).hasSize(4);
    }

    @Test
    void aChannelThatFailsFailsAllWhoWaitAndWhoCome() {
        Pool pool = new Pool();
        Listener waiting = pool.subscribe();
        pool.provider.events().onError(new IllegalStateException("gone"));
        assertThat(waiting.failure(LlmTransportException.class)).hasMessageContaining("pool-events");
        assertThat(pool.subscribe().failure(LlmTransportException.class)).hasMessageContaining("gone");
    }

    @Test
    void modelsAreTheConfiguredOnes() {
        assertThat(new Pool(Map.of("models", "small,large")).provider.models().await().indefinitely())
                .extracting(LlmModel::id).containsExactly("small", "large");
        assertThatThrownBy(() -> new Pool().provider.models().await().indefinitely())
                .isInstanceOf(LlmUnsupportedException.class)
                .hasMessageContaining("quarkus.llm-messaging.remotes.pool.models");
    }

    @Test
    void settingsThatMakeNoSenseNameTheirKey() {
        for (String member : List.of("timeout", "first-event-timeout", "idle-timeout", "max-waiting-size",
                "max-waiting-requests")) {
            assertThatThrownBy(() -> new Pool(Map.of(member, "0"))).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("quarkus.llm-messaging.remotes.pool." + member + " must be");
        }
        assertThat(Optional.of(new Pool().provider.capabilities())).isPresent();
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> new Pool(Map.of("timeout", "0", "max-waiting-size", "0", "max-waiting-requests", "-1")))
                .isInstanceOf(ConfigurationException.class).hasMessage("""
                        quarkus.llm-messaging.remotes.pool.timeout must be longer than 0s, such as 30s, not 0ms
                        quarkus.llm-messaging.remotes.pool.max-waiting-size must be larger than 0, not 0
                        quarkus.llm-messaging.remotes.pool.max-waiting-requests must be larger than 0, not -1""");
    }
}
